"""Profile: who looks, how their orders stand, and the three-line way to everything else."""

from collections.abc import Mapping, Sequence
from typing import Any

import flet as ft

from app.shop.reads.cards import OrderSummary
from app.shop.reads.orders import orders_of, tab_counts
from app.shop.reads.people import Profile, profile_of
from app.shop.rules.orders import Tab
from app.ui import routes, theme
from app.ui.coming import use_coming
from app.ui.dialogs.menu import use_menu
from app.ui.hooks import use_query
from app.ui.parts.badge import CountBadge
from app.ui.parts.faces import Loading, Trouble
from app.ui.parts.frame import Pane, Scroll, Section
from app.ui.parts.picture import Avatar, ProductPicture
from app.ui.parts.status_badge import look, status_word
from app.ui.parts.tap import IconTap, Plain, Tap
from app.ui.parts.words import Body, Heading, Label, Quiet, Small, Title
from app.ui.state import go, use_window
from app.ui.texts import count, t

STRIP = {
    Tab.PENDING_PAYMENT: ft.Icons.ACCOUNT_BALANCE_WALLET_OUTLINED,
    Tab.TO_SHIP: ft.Icons.INVENTORY_2_OUTLINED,
    Tab.TO_RECEIVE: ft.Icons.LOCAL_SHIPPING_OUTLINED,
    Tab.CANCELLED: ft.Icons.ASSIGNMENT_RETURN_OUTLINED,
}
"""The tabs one looks for most, straight from the profile."""
LATEST, TILE = 6, 112
"""How many of the latest orders stand there as pictures, and how wide each."""


@ft.component
def ProfileScreen(_back: str | None) -> ft.Control:
    """The first screen."""
    window = use_window()
    profile, counts = use_query(profile_of), use_query(tab_counts)
    latest = use_query(orders_of, limit=LATEST)
    orders = use_coming(latest.value or ())
    open_menu = use_menu()
    content: ft.Control = Loading(96, 160, still=window.still)
    if profile.value is not None:
        content = ProfileBody(profile.value, counts.value or {}, orders)
    elif profile.error is not None:
        content = Trouble(profile.error, window.draw_again)
    menu = IconTap("menu", t("menu"), ft.Icons.MENU, open_menu)
    return Pane("", Scroll(content), actions=[menu])


def ProfileBody(profile: Profile, counts: Mapping[Tab, int], latest: Sequence[OrderSummary]) -> ft.Control:
    """Avatar, name, numbers, bio, the strip of orders, and the latest of them."""
    name = profile.name or profile.handle
    middle, centred = ft.CrossAxisAlignment.CENTER, ft.TextAlign.CENTER
    who: list[ft.Control] = [
        Avatar(name, 44),
        ft.Column(
            [
                ft.Semantics(header=True, content=Title(name, text_align=centred)),
                Quiet(f"@{profile.handle}", text_align=centred),
            ],
            spacing=0,
            horizontal_alignment=middle,
        ),
        ft.Row(
            [
                _number(profile.orders, "orders_count"),
                _number(counts.get(Tab.TO_RECEIVE, 0), "on_their_way"),
                _number(counts.get(Tab.COMPLETED, 0), "completed_count"),
            ],
            alignment=ft.MainAxisAlignment.CENTER,
            vertical_alignment=ft.CrossAxisAlignment.START,
        ),
    ]
    if profile.bio:
        who.append(Body(profile.bio, text_align=centred))
    if profile.shops:
        who.append(Quiet(t("member_of", shops=", ".join(profile.shops)), text_align=centred))
    head = ft.Column(who, spacing=theme.GAP, horizontal_alignment=middle)
    return ft.Column(
        [head, Strip(counts), *([_latest(latest)] if latest else [])],
        spacing=theme.WIDE_MARGIN,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _number(number: int, code: str) -> ft.Control:
    return ft.Column(
        [Heading(count(number)), Small(t(code, count=number), text_align=ft.TextAlign.CENTER)],
        spacing=0,
        width=104,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )


@ft.component
def _Strip(counts: Mapping[Tab, int]) -> ft.Control:
    ways = [_way(tab, icon, counts.get(tab, 0)) for tab, icon in STRIP.items()]
    title = ft.Semantics(header=True, content=Heading(t("orders")), expand=True)
    head = ft.Row([title, Plain("all-orders", t("all_orders"), lambda: go(routes.ORDERS))])
    return Section(head, ft.Row(ways, spacing=0, vertical_alignment=ft.CrossAxisAlignment.START))


def _way(tab: Tab, icon: ft.IconData, number: int) -> ft.Control:
    word = Label(
        t(f"tab.{tab}"), text_align=ft.TextAlign.CENTER, max_lines=2, overflow=ft.TextOverflow.ELLIPSIS
    )
    return Tap(
        f"strip-{tab}",
        ft.Column(
            [ft.Icon(icon, size=28, badge=CountBadge(number)), word],
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            spacing=8,
        ),
        lambda: go(routes.orders(tab)),
        expand=True,
        padding=ft.Padding.symmetric(vertical=theme.GAP),
        border_radius=theme.BUTTON_RADIUS,
    )


def _latest(orders: Sequence[OrderSummary]) -> ft.Control:
    tiles: list[ft.Control] = [Tile(order, key=order.number) for order in orders if order.lines]
    return ft.Column(
        [
            ft.Semantics(header=True, content=Heading(t("latest"))),
            ft.Row(
                tiles,
                spacing=theme.GAP,
                scroll=ft.ScrollMode.HIDDEN,
                vertical_alignment=ft.CrossAxisAlignment.START,
            ),
        ],
        spacing=theme.GAP,
    )


@ft.component
def _Tile(order: OrderSummary) -> ft.Control:
    first = order.lines[0]
    icon, tone = look(order.status, asked=order.asked)
    word = status_word(order.status, asked=order.asked)
    return Tap(
        f"latest-{order.number}",
        ft.Column(
            [
                ProductPicture(first.picture, first.product_id, TILE),
                Label(first.title, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS),
                ft.Row(
                    [ft.Icon(icon, size=14, color=tone.ink), Label(word, color=tone.ink, expand=True)],
                    spacing=theme.SPACE,
                ),
            ],
            spacing=theme.SPACE,
        ),
        lambda: go(routes.order(order.number)),
        width=TILE,
        border_radius=theme.PICTURE_RADIUS,
    )


_memo: Any = ft.memo
Strip, Tile = _memo(_Strip), _memo(_Tile)
"""Drawn again only where what they show has changed: the profile stays below most other screens."""
