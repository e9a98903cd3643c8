"""Profile: who looks, how their orders stand, and the three-line way to everything else."""

from collections.abc import Callable, Mapping

import flet as ft

from app.shop.reads.inbox import unread
from app.shop.reads.orders import tab_counts
from app.shop.reads.people import Profile, profile_of
from app.shop.rules.orders import Tab
from app.ui import routes, theme
from app.ui.dialogs.menu import use_menu
from app.ui.hooks import use_query
from app.ui.parts.badge import CountBadge
from app.ui.parts.bars import BottomBar, TopBar
from app.ui.parts.faces import Loading, Trouble
from app.ui.parts.frame import Frame, Scroll, Section
from app.ui.parts.picture import Avatar
from app.ui.parts.tap import IconTap, Plain, Tap
from app.ui.parts.words import Body, Heading, Label, Quiet, Small, Title
from app.ui.state import use_window
from app.ui.texts import count, t

STRIP = {
    Tab.PENDING_PAYMENT: ft.Icons.SCHEDULE,
    Tab.TO_SHIP: ft.Icons.INVENTORY_2_OUTLINED,
    Tab.TO_RECEIVE: ft.Icons.LOCAL_SHIPPING_OUTLINED,
    Tab.CANCELLED: ft.Icons.CANCEL_OUTLINED,
}
"""The tabs one looks for most, straight from the profile."""

OnGo = Callable[[str], None]


@ft.component
def ProfileScreen() -> ft.View:
    """The first screen."""
    window = use_window()
    profile, counts, news = use_query(profile_of), use_query(tab_counts), use_query(unread)
    open_menu, drawer = use_menu()
    content: ft.Control = Loading(72, 140)
    if profile.value is not None:
        content = ProfileBody(profile.value, counts.value or {}, window.page.navigate)
    elif profile.error is not None:
        content = Trouble(profile.error, window.draw_again)
    return Frame(
        ft.use_view_path(),
        Scroll(content),
        wide=window.wide,
        top=TopBar("", IconTap("menu", t("menu"), ft.Icons.MENU, open_menu)),
        foot=BottomBar(routes.PROFILE, news.value or 0, window.page.navigate, wide=window.wide),
        drawer=drawer,
    )


def ProfileBody(profile: Profile, counts: Mapping[Tab, int], on_go: OnGo) -> ft.Control:
    """Name, numbers, bio, and the strip of orders."""
    return ft.Column(
        [
            _who(profile),
            *([Body(profile.bio)] if profile.bio else []),
            *([Quiet(t("member_of", shops=", ".join(profile.shops)))] if profile.shops else []),
            _strip(counts, on_go),
        ],
        spacing=theme.MARGIN,
    )


def _who(profile: Profile) -> ft.Control:
    name = profile.name or profile.handle
    return ft.Row(
        [
            Avatar(name, 36),
            ft.Column([Title(name), Quiet(f"@{profile.handle}")], spacing=0, expand=True),
            *_number(profile.orders, "orders_count"),
        ],
        spacing=theme.MARGIN,
    )


def _number(number: int, code: str) -> list[ft.Control]:
    if not number:
        return []
    return [
        ft.Column(
            [Heading(count(number)), Small(t(code, count=number))],
            spacing=0,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        )
    ]


def _strip(counts: Mapping[Tab, int], on_go: OnGo) -> ft.Control:
    ways = [_way(tab, icon, counts.get(tab, 0), on_go) for tab, icon in STRIP.items()]
    head = ft.Row(
        [Heading(t("orders")), Plain("all-orders", t("all_orders"), lambda: on_go(routes.orders()))],
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
    )
    return Section(head, ft.Row(ways, spacing=0, vertical_alignment=ft.CrossAxisAlignment.START))


def _way(tab: Tab, icon: ft.IconData, number: int, on_go: OnGo) -> ft.Control:
    return Tap(
        f"strip-{tab}",
        ft.Column(
            [
                ft.Icon(icon, badge=CountBadge(number)),
                Label(t(f"tab.{tab}"), text_align=ft.TextAlign.CENTER, max_lines=2),
            ],
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            spacing=8,
        ),
        lambda: on_go(routes.orders(tab)),
        expand=True,
        padding=ft.Padding.symmetric(vertical=theme.GAP),
        border_radius=theme.BUTTON_RADIUS,
    )
