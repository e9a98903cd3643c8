"""Which screens menu, settings and the platform's page list, and for whom."""

from dataclasses import dataclass

from app.ui import routes


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen that is listed: `label` is the code of its text, `identifier` its name for other programs."""

    path: str
    label: str
    identifier: str
    in_menu: bool
    in_settings: bool
    group: str = ""
    """What it stands together with in the settings."""
    for_members: bool = False
    """Whether only members of a shop have it."""
    staff: bool = False
    """Whether it is there for the platform's staff alone."""
    real: bool = False
    """Whether it leads out of a practice, and is left out of one."""
    guarded: bool | None = None
    """Whether it is there only where one has to sign in, or only where one has not."""


ENTRIES = (
    Entry(routes.SETTINGS, "settings_and_privacy", "go-settings", in_menu=True, in_settings=False),
    Entry(routes.ORDERS, "orders", "go-orders", in_menu=True, in_settings=True, group="orders"),
    Entry(routes.INBOX, "inbox", "inbox", in_menu=True, in_settings=False),
    Entry(routes.SHOP, "shop", "go-shop", in_menu=False, in_settings=False),
    Entry(
        routes.SELLER,
        "shop_requests",
        "go-seller",
        in_menu=True,
        in_settings=True,
        group="orders",
        for_members=True,
    ),
    Entry(routes.INSIGHTS, "insights", "go-insights", in_menu=True, in_settings=False, for_members=True),
    Entry(routes.TOUR, "guided_tour", "go-tour", in_menu=True, in_settings=False, real=True),
    Entry(
        routes.ACCOUNTS,
        "switch_account",
        "switch-account",
        in_menu=True,
        in_settings=True,
        group="orders",
        real=True,
        guarded=False,
    ),
    Entry(routes.ADDRESSES, "addresses", "go-addresses", in_menu=False, in_settings=True, group="orders"),
    Entry(
        routes.PLATFORM,
        "platform",
        "go-platform",
        in_menu=True,
        in_settings=True,
        group="platform",
        staff=True,
    ),
    Entry(routes.LANGUAGE, "language", "go-language", in_menu=False, in_settings=True, group="app"),
    Entry(routes.APPEARANCE, "appearance", "go-appearance", in_menu=False, in_settings=True, group="app"),
    Entry(routes.POLICY, "policy", "go-policy", in_menu=False, in_settings=True, group="rules"),
    Entry(routes.IMPORT, "import", "go-import", in_menu=False, in_settings=True, group="rules", real=True),
    Entry(routes.MY_DATA, "my_data", "go-my-data", in_menu=False, in_settings=True, group="rules", real=True),
    Entry(
        routes.MOVE,
        "move_store",
        "go-move",
        in_menu=False,
        in_settings=True,
        group="rules",
        real=True,
        guarded=False,
    ),
    Entry(routes.TOUR, "guided_tour", "go-tour", in_menu=False, in_settings=True, group="rules", real=True),
    Entry(routes.ABOUT, "about", "go-about", in_menu=False, in_settings=True, group="rules"),
    Entry(
        routes.SIGN_INS,
        "sign_ins",
        "go-sign-ins",
        in_menu=False,
        in_settings=True,
        group="account",
        real=True,
        guarded=True,
    ),
    Entry(
        routes.MEMBERS,
        "members",
        "go-members",
        in_menu=False,
        in_settings=True,
        group="account",
        for_members=True,
        real=True,
        guarded=True,
    ),
    Entry(
        routes.DELETE,
        "delete_account",
        "go-delete",
        in_menu=False,
        in_settings=True,
        group="account",
        real=True,
    ),
)
"""What can be listed: the entry of a screen stands here from the day the screen exists."""


def _of_platform(path: str, label: str, identifier: str, *, guarded: bool | None = None) -> Entry:
    return Entry(path, label, identifier, in_menu=False, in_settings=False, staff=True, guarded=guarded)


PLATFORM_ENTRIES = (
    _of_platform(routes.PLATFORM_REQUESTS, "platform_requests", "go-platform-requests"),
    _of_platform(routes.PLATFORM_POLICY, "platform_policy", "go-platform-policy"),
    _of_platform(routes.PLATFORM_SHOPS, "platform_shops", "go-platform-shops"),
    _of_platform(routes.PLATFORM_REASONS, "platform_reasons", "go-platform-reasons"),
    _of_platform(routes.PLATFORM_AUDIT, "platform_audit", "go-platform-audit"),
    _of_platform(routes.PLATFORM_PEOPLE, "platform_people", "go-platform-people", guarded=True),
)
"""What the platform's page lists."""


def entries(
    *, member: bool, staff: bool, practising: bool = False, guarded: bool = False
) -> tuple[Entry, ...]:
    """What can be listed for who is, or is not, a `member` of a shop, or of the platform's `staff`.

    `guarded`: whether they had to sign in.
    """
    return tuple(
        entry
        for entry in ENTRIES
        if (member or not entry.for_members)
        and (staff or not entry.staff)
        and not (practising and entry.real)
        and entry.guarded in (None, guarded)
    )
