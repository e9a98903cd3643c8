"""App: the table of screens, and how the stack of an address is laid out."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import flet as ft

from app.shop.rules.errors import Invalid
from app.shop.rules.items import Items, items_from
from app.shop.rules.tallies import RANGES
from app.ui import routes
from app.ui.dialogs.asked import forms, use_asked_dialog
from app.ui.entries import ENTRIES, PLATFORM_ENTRIES
from app.ui.stack import Route, path_of, stack
from app.ui.state import use_window
from app.ui.views import PhoneView, WideView
from app.ui.window import Window

_ANY = "[0-9]{1,18}"
_NUMBER = f"(?P<number>{_ANY})"
_HANDLE = r"(?P<handle>[^/]{1,80})"
_ITEMS, _FIND = routes.ADDING


def _number(match: Any, _query: Any) -> tuple[int]:
    return (int(match["number"]),)


def _handle(match: Any, _query: Any) -> tuple[str]:
    return (unquote(match["handle"]),)


def _token(match: Any, _query: Any) -> tuple[str]:
    return (match["token"],)


def _audited(_match: Any, query: dict[str, str]) -> tuple[str, str, str, int]:
    days = query.get("days", "")
    span = int(days) if days.isascii() and days.isdecimal() and len(days) < 6 else 0
    return query.get("q", ""), query.get("action", ""), query.get("reason", ""), span


def _listed(_match: Any, query: dict[str, str]) -> tuple[str | None, str]:
    return query.get("tab"), query.get("q", "")


def _for_sale(_match: Any, query: dict[str, str]) -> tuple[str | None, str, bool]:
    return query.get("category"), query.get("q", ""), query.get("currency") == "all"


def _queued(_match: Any, query: dict[str, str]) -> tuple[str | None, str, str]:
    return query.get("queue"), query.get("reason", ""), query.get("q", "")


def _insights(_match: Any, query: dict[str, str]) -> tuple[str | None, int]:
    days = query.get("days", "")
    return query.get("shop"), next((one for one in RANGES if str(one) == days), RANGES[0])


def _items(_match: Any, query: dict[str, str]) -> tuple[Items]:
    try:
        return (items_from(query.get(_ITEMS, "").split(",")),)
    except Invalid:
        return ((),)


def _beside(match: Any, query: dict[str, str]) -> tuple[Items, str]:
    return (*_items(match, query), query.get(_FIND, ""))


def _added(match: Any, query: dict[str, str]) -> tuple[int, Items]:
    return (*_number(match, query), *_items(match, query))


def _checkout(below: str = "") -> tuple[Route, ...]:
    """The checkout, opened from the page `below` it, if from one, and what can be added above it."""
    path = f"{below}{routes.CHECKOUT}"
    return (
        Route(path, "checkout:CheckoutScreen", _items, alone=True, own=(_ITEMS,)),
        Route(f"{path}{routes.ADD}", "shop:AddScreen", _beside, stays=True, own=(_FIND,)),
        Route(f"{path}{routes.ADD}/{_NUMBER}", "product:ProductScreen", _added),
    )


_IMPORT = (
    Route(routes.IMPORT, "files:ImportScreen"),
    Route(f"{routes.IMPORT}/(?P<number>[0-9]{{1,6}})", "import_report:ImportReportScreen", _number),
)
ROUTES = (
    Route(routes.PROFILE, "profile:ProfileScreen"),
    Route(routes.ORDERS, "orders:OrdersScreen", _listed, lists=True),
    Route(f"{routes.ORDERS}/{_NUMBER}", "order:OrderScreen", _number),
    Route(f"{routes.ORDERS}/{_NUMBER}/cancel", "cancel:CancelScreen", _number),
    Route(f"{routes.ORDERS}/{_NUMBER}/contact", "contact:ContactScreen", _number),
    Route(f"{routes.ORDERS}/{_NUMBER}/pay", "pay:PayScreen", _number),
    Route(routes.INBOX, "inbox:InboxScreen", lists=True),
    Route(f"{routes.INBOX}/{_NUMBER}", "order:OrderScreen", _number),
    Route(f"{routes.INBOX}/{_NUMBER}/contact", "contact:ContactScreen", _number),
    Route(f"{routes.INBOX}/{_NUMBER}/pay", "pay:PayScreen", _number),
    Route(f"{routes.INBOX}/requests/{_NUMBER}", "request:RequestScreen", _number),
    Route(routes.SHOP, "shop:ShopScreen", _for_sale, stays=True),
    Route(f"{routes.SHOP}/{_NUMBER}", "product:ProductScreen", _number),
    Route(routes.SELLER, "queue:QueueScreen", _queued, lists=True),
    Route(f"{routes.SELLER}/requests/{_NUMBER}", "request:RequestScreen", _number),
    Route(routes.INSIGHTS, "insights:InsightsScreen", _insights),
    *_checkout(),
    *(one for list_ in (routes.SHOP, routes.ORDERS, routes.INBOX) for one in _checkout(f"{list_}/{_ANY}")),
    Route(routes.ACCOUNTS, "accounts:AccountsScreen"),
    Route(routes.SETTINGS, "settings:SettingsScreen", lists=True),
    Route(routes.ADDRESSES, "addresses:AddressesScreen"),
    Route(routes.LANGUAGE, "language:LanguageScreen"),
    Route(routes.APPEARANCE, "appearance:AppearanceScreen"),
    Route(routes.POLICY, "policy:PolicyScreen"),
    *_IMPORT,
    Route(routes.MY_DATA, "my_data:MyDataScreen"),
    Route(routes.MOVE, "move:MoveScreen"),
    Route(routes.SIGN_INS, "sign_ins:SignInsScreen"),
    Route(routes.MEMBERS, "members:MembersScreen"),
    Route(routes.DELETE, "delete_account:DeleteAccountScreen"),
    Route(routes.TOUR, "tour:TourScreen"),
    Route(routes.ABOUT, "about:AboutScreen"),
    Route(routes.PLATFORM, "platform:PlatformScreen", lists=True),
    Route(routes.PLATFORM_REQUESTS, "escalations:EscalationsScreen"),
    Route(f"{routes.PLATFORM_REQUESTS}/{_NUMBER}", "request:RequestScreen", _number),
    Route(routes.PLATFORM_POLICY, "platform_policy:PlatformPolicyScreen"),
    Route(
        f"{routes.PLATFORM_POLICY}/{_HANDLE}", "platform_policy:PlatformPolicyScreen", _handle, by_path=True
    ),
    Route(routes.PLATFORM_SHOPS, "platform:PlatformShopsScreen"),
    Route(routes.PLATFORM_REASONS, "platform_reasons:PlatformReasonsScreen"),
    Route(routes.PLATFORM_AUDIT, "platform_audit:PlatformAuditScreen", _audited, by_path=True),
    Route(routes.PLATFORM_PEOPLE, "platform_people:PlatformPeopleScreen"),
    Route(f"/seller/policy/{_HANDLE}", "platform_policy:PlatformPolicyScreen", _handle),
)
FIRST = (
    Route("/", "start:StartScreen"),
    *_IMPORT,
    Route(routes.MOVE, "move:MoveScreen"),
    Route(routes.TOUR, "tour:TourScreen"),
)
"""What there is before anybody is in the store."""
_REAL = {entry.path for entry in ENTRIES if entry.real}
PRACTICE = tuple(route for route in ROUTES if route.pattern not in _REAL and route not in _IMPORT)
"""What there is while one practises: nothing that leads to the real orders, or to other people."""
FIRST_OPENED = (routes.IMPORT, routes.MOVE, routes.TOUR)
MISSING = Route("", "missing:MissingScreen")


_LISTED = (*ENTRIES, *PLATFORM_ENTRIES)
_ALONE, _SIGNED = ({entry.path for entry in _LISTED if entry.guarded is guarded} for guarded in (False, True))
SERVED = (
    *(route for route in ROUTES if route.pattern not in _ALONE),
    Route(
        routes.join(r"(?P<token>[A-Za-z0-9_-]{1,100})"),
        "join:JoinScreen",
        lambda match, _query: (match["token"],),
    ),
)
"""What there is for who signed in: nothing of other people."""
OWN = tuple(route for route in ROUTES if route.pattern not in _SIGNED)
"""What there is on a device of one's own."""
SHUT = (Route("/", "entrance:EntranceScreen"),)
"""What there is before somebody has signed in."""


def screens() -> Iterator[Callable[..., Any]]:
    """Every screen and every form of the dialog above them; to take one imports it."""
    yield from (route.screen for route in (*ROUTES, *FIRST, *SERVED, *SHUT, MISSING))
    yield from forms()


def _known(window: Window) -> tuple[Route, ...]:
    if window.shut:
        return SHUT
    if window.practising:
        return PRACTICE
    if window.gate is not None:
        return SERVED
    return OWN if window.actor else FIRST


@ft.component
def App() -> list[ft.Control]:
    """The screens of who looks; where there is nobody yet, only the way to somebody."""
    window = use_window()
    here = window.navigation
    address, show = ft.use_state(here.address)
    wide = use_asked_dialog()
    ft.use_effect(lambda: here.attend(show), [])
    # Who looks is another app's (see Root). Drawn once more before it goes, this one stays what it is: Flet's
    # patch of a list into which screens come, while one behind them changes, cannot be applied.
    known = ft.use_memo(lambda: _known(window), [])
    asked = address
    if known is SHUT or (known is FIRST and not path_of(address).startswith(FIRST_OPENED)):
        asked = "/"
    stops = stack(asked, known, MISSING)
    here.below = stops[-2].address if len(stops) > 1 else None
    here.on_list = stops[-1].route.lists or stops[-1].route.stays
    here.beside_list = window.wide and len(stops) > 1 and stops[-2].route.lists
    if wide and known not in (FIRST, SHUT):
        return [WideView(stops)]
    view: Any = PhoneView  # the decorator takes `key`
    return [view(stops[: depth + 1], stop is stops[-1], key=stop.path) for depth, stop in enumerate(stops)]
