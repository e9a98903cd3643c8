"""An order in a list: shop and state, what was bought, what the clock says, what can be done."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.cards import LineSummary, OrderSummary
from app.shop.rules.orders import Role
from app.ui import theme
from app.ui.leaving import Phase
from app.ui.parts.anchor import anchored
from app.ui.parts.countdown import PayBy
from app.ui.parts.flight import flying
from app.ui.parts.light import light
from app.ui.parts.picture import Avatar, ProductPicture
from app.ui.parts.status_badge import StatusBadge
from app.ui.parts.tap import Filled, Outlined, Tap
from app.ui.parts.words import Heading, Small, Strong
from app.ui.texts import moment, money, reason_text, t

OnNumber = Callable[[int], None]
SHORT = 24
"""Up to so many letters a title fits into its two lines, and nothing is sent for cutting it."""


@ft.component
def _OrderCard(
    order: OrderSummary,
    zone: str,
    today: int,
    cancelling: bool,
    marked: bool,
    flies: bool,
    phase: Phase,
    on_open: OnNumber,
    on_cancel: OnNumber,
    on_pay: OnNumber,
) -> ft.Control:
    clock = _clock(order, zone, today)
    card = Tap(
        f"order-{order.number}",
        light(
            ft.Column(
                [
                    _shop_row(order, marked),
                    _goods(order, flies),
                    *_foot(order, clock, cancelling, on_cancel, on_pay),
                ],
                spacing=theme.GAP,
            )
        ),
        lambda: on_open(order.number),
        link=True,
        selected=marked or None,
        bgcolor=theme.MARKED if marked else None,
        padding=theme.MARGIN,
    )
    if phase is Phase.HERE:
        return light(ft.Card(card))
    closing = phase is Phase.CLOSING
    leaving = ft.Card(
        None if closing else card,
        opacity=0 if closing else 1,
        animate_opacity=theme.MOVE,
        animate_size=theme.MOVE,
    )
    return light(leaving)


OrderCard = ft.memo(_OrderCard)  # type: ignore[no-untyped-call]
"""A card; `today` is any moment of the day, so that an equal card is not drawn again; `flies`: its picture
goes along to the order's page."""


def _shop_row(order: OrderSummary, marked: bool) -> ft.Row:
    name = order.shop_name or order.shop
    avatar = Avatar(name)
    return ft.Row(
        [
            anchored(avatar, order.number) if marked else avatar,
            Strong(name, expand=True),
            *StatusBadge(order.status, asked=order.asked),
        ],
        spacing=8,
    )


def _goods(order: OrderSummary, flies: bool) -> ft.Control:
    """The first line whole, the rest counted: a list is for finding, the order's page for reading."""
    price = Heading(money(order.total_minor, order.currency))
    if not order.lines:
        return price
    first, more = order.lines[0], order.line_count - 1
    below = [Small(t("more_items", count=more))] if more else []
    picture = ProductPicture(first.picture, first.product_id)
    return ft.Row(
        [
            flying(picture, order.number) if flies else picture,
            light(ft.Column([*about(first), *below, price], spacing=theme.SPACE, expand=True)),
        ],
        spacing=theme.GAP,
    )


def about(line: LineSummary) -> list[ft.Control]:
    """What a line is: title in two lines, variant, and how many where it is not one."""
    pieces = t("quantity", count=line.quantity) if line.quantity > 1 else ""
    kind = " · ".join(part for part in (line.variant, pieces) if part)
    cut = {"max_lines": 2, "overflow": ft.TextOverflow.ELLIPSIS} if len(line.title) > SHORT else {}
    title = Strong(line.title, **cut)
    return [title, Small(kind)] if kind else [title]


def _clock(order: OrderSummary, zone: str, today: int) -> ft.Control:
    expand = (order.why_not_cancel is None and not order.payable) or None  # a button stands beside it
    if order.status == "UNPAID" and order.pay_by is not None:
        return PayBy(order.pay_by, zone, expand=expand)
    if order.tab == "to-ship" and order.ship_by is not None:
        return Small(t("ship_by", at=moment(order.ship_by, zone, today)), expand=expand)
    if order.cancelled_by is not None:
        return Small(why_cancelled(order))
    return Small(t("ordered_at", at=moment(order.created_at, zone, today)), expand=expand)


def by_whom(role: str, viewer: str = Role.BUYER) -> str:
    """Who did something, as `viewer` reads it."""
    return t("role.YOU" if role == viewer else f"role.{role}")


def why_cancelled(order: OrderSummary, viewer: str = Role.BUYER) -> str:
    """Who cancelled it and why, in one line."""
    by, reason = by_whom(order.cancelled_by or "", viewer), reason_text(order.cancel_reason or "")
    return t("why_cancelled", by=by, reason=reason) if order.cancel_reason else by


def _foot(
    order: OrderSummary, clock: ft.Control, cancelling: bool, on_cancel: OnNumber, on_pay: OnNumber
) -> list[ft.Control]:
    """The clock, and beside it what can be done; two things to do stand below it."""
    if order.why_not_cancel is not None:
        return [clock]
    word = t("cancelling_now" if cancelling else "cancel")
    cancel = Outlined(f"cancel-{order.number}", word, lambda: on_cancel(order.number), disabled=cancelling)
    if not order.payable:
        return [ft.Row([clock, cancel])]
    word = t("pay" if order.why_not_pay is None else "see_payment")
    pay = Filled(f"pay-{order.number}", word, lambda: on_pay(order.number), disabled=cancelling, expand=True)
    return [clock, ft.Row([cancel, pay])]
