"""The lines of an order as rows to tick, and what cancelling the ticked ones comes to."""

from collections.abc import Callable, Sequence

import flet as ft

from app.shop.reads.cards import LineSummary
from app.shop.reads.lines import Parted
from app.ui import theme
from app.ui.parts.caution import Caution
from app.ui.parts.frame import Pair
from app.ui.parts.order_card import about
from app.ui.parts.picture import ProductPicture
from app.ui.parts.refund_receipt import RefundReceipt
from app.ui.parts.tap import Tap
from app.ui.parts.words import Heading, Small, Strong
from app.ui.texts import money, t

PICTURE = 48


def LinePicker(
    lines: Sequence[LineSummary], currency: str, chosen: frozenset[int], on_toggle: Callable[[int], None]
) -> ft.Control:
    """Which lines are meant: each with its picture, what it is, its price and a tick."""
    rows: list[ft.Control] = [_row(line, currency, line.n in chosen, on_toggle) for line in lines]
    return ft.Column([Small(t("lines_which")), *rows], spacing=8, tight=True)


def _row(line: LineSummary, currency: str, chosen: bool, on_toggle: Callable[[int], None]) -> ft.Control:
    mark = ft.Icons.CHECK_BOX if chosen else ft.Icons.CHECK_BOX_OUTLINE_BLANK
    words = ft.Column(about(line), spacing=2, tight=True, expand=True)
    price = Strong(money(line.total_minor, currency))
    tick = ft.Icon(mark, color=theme.BACK if chosen else theme.MUTED)
    picture = ProductPicture(line.picture, line.product_id, PICTURE)
    return Tap(
        f"line-{line.n}",
        ft.Row([picture, words, price, tick], spacing=theme.GAP),
        lambda: on_toggle(line.n),
        selected=chosen,
        padding=8,
        border_radius=theme.BUTTON_RADIUS,
        border=ft.Border.all(1, theme.BACK if chosen else theme.HAIRLINE),
    )


def PartedReceipt(parted: Parted, lines: int, zone: str, now: int, whose: str) -> ft.Control:
    """What comes back for so many lines, and what the rest costs then, and why."""
    currency = parted.receipt.currency
    if parted.cheaper_by < 0:
        more = money(-parted.cheaper_by, currency)
        rest: list[ft.Control] = [Caution(t("rest_dearer", more=more))]
    else:
        cost = Pair(t("rest_costs"), Heading(money(parted.total_minor, currency)))
        rest = [RefundReceipt(parted.receipt, "", zone, now, whose=whose), cost]
    return ft.Column([*_dropped(parted, lines, currency), *rest], spacing=8, tight=True)


def _dropped(parted: Parted, lines: int, currency: str) -> list[ft.Control]:
    if not parted.dropped:
        return []
    more, codes = money(parted.dearer_by, currency), ", ".join(parted.dropped)
    return [Caution(t("voucher_falls_away", count=lines, voucher=codes, more=more))]
