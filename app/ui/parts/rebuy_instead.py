"""The way to another order in place of this one, and the ways between the two afterwards."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.order import OrderDetails
from app.ui import theme
from app.ui.parts.tap import Tap
from app.ui.parts.words import Small, Strong
from app.ui.texts import t


def RebuyInstead(on_tap: Callable[[], object]) -> ft.Control:
    """What one may have wanted instead of a cancel: buying it anew, with all that was had."""
    return _way("start-rebuy", t("rebuy"), t("rebuy_how"), on_tap)


def Bound(state: ft.Control, details: OrderDetails, on_open: Callable[[int], object]) -> ft.Control:
    """Where an order stands, and the orders before and after it."""
    bound = (("replaced-by", details.replaced_by), ("replaces", details.replaces))
    ways = [
        _way(
            name,
            t(name.replace("-", "_")),
            t("order_number", number=number),
            lambda _, n=number: on_open(n),
            link=True,
        )
        for name, number in bound
        if number is not None
    ]
    return ft.Column([state, *ways], spacing=theme.GAP) if ways else state


def _way(name: str, title: str, how: str, on_tap: Callable[..., object], *, link: bool = False) -> ft.Control:
    words = ft.Column([Strong(title), Small(how)], spacing=2, tight=True, expand=True)
    return Tap(
        name,
        ft.Row(
            [
                ft.Icon(ft.Icons.SWAP_HORIZ, color=theme.MUTED),
                words,
                ft.Icon(ft.Icons.CHEVRON_RIGHT, color=theme.MUTED),
            ],
            spacing=theme.GAP,
        ),
        on_tap,
        link=link,
        padding=theme.GAP,
        bgcolor=theme.CARD,
        border_radius=theme.BUTTON_RADIUS,
        border=ft.Border.all(1, theme.HAIRLINE),
    )
