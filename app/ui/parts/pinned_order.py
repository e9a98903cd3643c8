"""The order that a page is about, in one row that stays above the rest."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.shop.reads.cards import OrderSummary
from app.ui import theme
from app.ui.parts.picture import ProductPicture
from app.ui.parts.status_badge import StatusBadge
from app.ui.parts.tap import Tap
from app.ui.parts.words import Small, Strong
from app.ui.texts import money, t

SIZE = 52


@ft.component
def _PinnedOrder(order: OrderSummary, on_open: Callable[[], None]) -> ft.Control:
    first = order.lines[0] if order.lines else None
    title = first.title if first else t("order_number", number=order.outside_number or order.number)
    price = money(order.total_minor, order.currency)
    more = t("more_items", count=order.line_count - 1) if order.line_count > 1 else ""
    about = " · ".join(part for part in (first.variant if first else "", more, price) if part)
    words = ft.Column(
        [
            Strong(title, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS),
            Small(about, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS),
            ft.Row(list(StatusBadge(order.status, asked=order.asked)), spacing=theme.SPACE),
        ],
        spacing=2,
        tight=True,
        expand=True,
    )
    picture = ProductPicture(first.picture if first else None, first.product_id if first else 0, SIZE)
    way = ft.Icon(ft.Icons.CHEVRON_RIGHT, color=theme.MUTED, size=20)
    card = Tap(
        "pinned-order",
        ft.Row([picture, words, way], spacing=theme.GAP),
        on_open,
        padding=theme.GAP,
    )
    margin = ft.Padding.only(left=theme.MARGIN, right=theme.MARGIN, bottom=theme.SPACE)
    return ft.Container(ft.Card(card), padding=margin)


_memo: Any = ft.memo
PinnedOrder = _memo(_PinnedOrder)
"""Drawn again only where the order has changed."""
