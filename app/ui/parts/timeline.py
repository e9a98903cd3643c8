"""What happened to an order, the newest first."""

import flet as ft

from app.shop.reads.history import EventRow
from app.shop.reads.order import OrderDetails
from app.ui import theme
from app.ui.parts.frame import Section
from app.ui.parts.order_card import by_whom
from app.ui.parts.words import Body, Small, Strong
from app.ui.texts import moment, reason_text, t

_DOT = 10


def Timeline(details: OrderDetails, zone: str, now: int) -> ft.Control:
    """The events of the order along a line."""
    newest = details.events[-1].n if details.events else 0
    rows = [
        _event(event, details.role, zone, now, newest=event.n == newest) for event in reversed(details.events)
    ]
    return Section(ft.Column(rows, spacing=0), title=t("timeline"))


def _event(event: EventRow, viewer: str, zone: str, now: int, *, newest: bool) -> ft.Control:
    parts = (by_whom(event.role, viewer), reason_text(event.reason) if event.reason else "", event.note or "")
    what = t(f"event.{event.action}")
    beside = " · ".join((moment(event.at, zone, now), *filter(None, parts)))
    words = ft.Column([Strong(what) if newest else Body(what), Small(beside)], spacing=0, tight=True)
    along = ft.Border.only(left=ft.BorderSide(2, theme.HAIRLINE)) if event.n > 1 else None
    return ft.Stack(
        [
            ft.Container(
                words,
                border=along,
                margin=ft.Margin.only(left=_DOT // 2 - 1, top=6),
                padding=ft.Padding.only(left=20, bottom=theme.MARGIN),
            ),
            ft.Icon(ft.Icons.CIRCLE, size=_DOT, color=theme.ACCENT if newest else theme.EDGE, top=4),
        ]
    )
