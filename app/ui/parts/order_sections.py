"""The sections of an order's page, each a card."""

import flet as ft

from app.shop.reads.cards import LineSummary, OrderSummary
from app.shop.reads.order import OrderDetails, PaymentRow
from app.shop.rules.orders import LineStatus, Status
from app.shop.rules.reasons import Fault
from app.ui import theme
from app.ui.parts.countdown import PayBy
from app.ui.parts.flight import flying
from app.ui.parts.frame import Pair, Section
from app.ui.parts.order_card import about, why_cancelled
from app.ui.parts.picture import Avatar, ProductPicture
from app.ui.parts.price import Price
from app.ui.parts.status_badge import look, status_word
from app.ui.parts.tap import IconTap
from app.ui.parts.why_not import WhyNot
from app.ui.parts.words import Body, Heading, Quiet, Small, Strong, Title
from app.ui.texts import moment, money, t
from app.ui.texts.places import where

STEPS = 4
REACHED: dict[str, int] = {
    Status.UNPAID: 1,
    Status.ON_HOLD: 2,
    Status.AWAITING_SHIPMENT: 2,
    Status.AWAITING_COLLECTION: 2,
    Status.PARTIALLY_SHIPPED: 3,
    Status.IN_TRANSIT: 3,
    Status.DELIVERED: 4,
    Status.COMPLETED: 4,
}
"""How many of the steps placed, paid, sent, arrived lie behind an order; a cancelled one has none to go."""


def State(details: OrderDetails, zone: str, now: int, *, running: bool) -> ft.Control:
    """Where the order stands, until when, what comes next, and why it can or cannot be taken back."""
    order = details.order
    icon, tone = look(order.status, asked=order.asked)
    word = Title(status_word(order.status, asked=order.asked), color=tone.ink, expand=True)
    rows: list[ft.Control] = [ft.Row([ft.Icon(icon, size=28, color=tone.ink), word], spacing=theme.GAP)]
    if order.status == "UNPAID" and order.pay_by is not None:
        rows.append(PayBy(order.pay_by, zone, large=True))
    if order.ship_by is not None and order.tab == "to-ship":
        rows.append(Strong(t("ship_by", at=moment(order.ship_by, zone, now))))
    if order.cancelled_at is not None:
        rows.append(Body(why_cancelled(order, details.role)))
        rows += _fault(details.fault)
    if order.cancel_text:
        rows.append(Body(f"“{order.cancel_text}”"))
    if order.status in REACHED:
        rows.append(_Steps(REACHED[order.status], tone))
    if running:
        rows.append(Body(t("cancel_running")))
    elif order.why_not_cancel is not None and order.requested:
        rows.append(WhyNot("request_open", "see_request"))
    elif order.why_not_cancel is not None:
        rows.append(WhyNot(order.why_not_cancel, order.next_step))
    else:
        rows.append(Body(t(f"ahead.{details.role}.{order.status}")))
    return ft.Container(
        ft.Column(rows, spacing=theme.GAP),
        bgcolor=tone.fill,
        border_radius=theme.CARD_RADIUS,
        padding=theme.MARGIN,
    )


def _fault(fault: Fault) -> list[ft.Control]:
    """Who takes responsibility for a cancel, in the same words to everyone; nothing where nobody does."""
    return [] if fault is Fault.NONE else [Body(t(f"responsible.{fault}"))]


def _Steps(reached: int, tone: theme.Tone) -> ft.Control:
    bars: list[ft.Control] = [
        ft.Container(
            height=theme.SPACE,
            expand=True,
            border_radius=theme.CHIP_RADIUS,
            bgcolor=tone.ink if step < reached else theme.CARD,
        )
        for step in range(STEPS)
    ]
    said = t("steps_done", done=reached, all=STEPS)
    return ft.Semantics(label=said, content=ft.Row(bars, spacing=theme.SPACE))


def Lines(order: OrderSummary, *, flies: bool, way: ft.Control | None = None) -> ft.Control:
    """The shop, and what was bought of it; `flies`: the first picture came along from the list.

    `way` leads to who sells it.
    """
    name = order.shop_name or order.shop
    heading = ft.Semantics(header=True, content=Heading(name), expand=True)
    return Section(
        ft.Row([Avatar(name, 16), heading, *([way] if way else [])], spacing=theme.GAP),
        *(_line(line, order, flies=flies and at == 0) for at, line in enumerate(order.lines)),
        *([Small(t("imported", source=order.source))] if order.outside_number else []),
    )


def _line(line: LineSummary, order: OrderSummary, *, flies: bool) -> ft.Control:
    price = [Strong(money(line.total_minor, order.currency))] if order.lines_are_priced else []
    gone = line.status == LineStatus.CANCELLED and order.status != LineStatus.CANCELLED
    state = [Small(t("status.CANCELLED"))] if gone else []
    picture = ProductPicture(line.picture, line.product_id)
    return ft.Row(
        [
            flying(picture, order.number) if flies else picture,
            ft.Column([*about(line), *state, *price], spacing=theme.SPACE, tight=True, expand=True),
        ],
        spacing=theme.GAP,
    )


def Prices(details: OrderDetails) -> ft.Control:
    """The price sheet: each discount on its own, then what it comes to."""
    order = details.order
    rows: list[ft.Control] = [
        Pair(t(f"price.{row.kind}"), _amount(row.amount_minor, order.currency)) for row in details.prices
    ]
    total = ft.Row([Heading(t("total"), expand=True), Price(order.total_minor, order.currency)])
    rows += [ft.Divider(), total]
    if not details.payments:
        rows.append(Pair(t("payment"), Body(t(f"method.{order.payment_method}"))))
    return Section(*rows, title=t("prices"))


def _amount(minor: int, currency: str) -> ft.Control:
    return Body(money(minor, currency), color=theme.BACK if minor < 0 else None)


def Payment(details: OrderDetails, zone: str, now: int) -> ft.Control:
    """What was paid, and what it and the refunds come to by now."""
    rows = [_payment(payment, details.order.currency, zone, now) for payment in details.payments]
    if details.refunds:
        rows.append(Pair(t("payment_now"), Strong(t(f"payment_status.{details.payment_status}"))))
    return Section(*rows, title=t("payment"))


def _payment(payment: PaymentRow, currency: str, zone: str, now: int) -> ft.Control:
    method = payment.label or t(f"method.{payment.method}")
    what = f"{method} · {t(f'payment.{payment.state}')}"
    when = Small(moment(payment.at, zone, now))
    words = ft.Column([Body(what), when], spacing=0, tight=True, expand=True)
    amount = Body(money(payment.amount_minor, currency))
    return ft.Row([words, amount], vertical_alignment=ft.CrossAxisAlignment.START)


def Delivery(details: OrderDetails) -> ft.Control:
    """Where it goes, and who showed it."""
    rows = []
    if details.address:
        rows.append(_with_icon(ft.Icons.PLACE_OUTLINED, Body(where(details.address), expand=True)))
    if details.creator:
        shown = Body(t("creator", creator=f"@{details.creator}"), expand=True)
        rows.append(_with_icon(ft.Icons.VIDEOCAM_OUTLINED, shown))
    return Section(*rows, title=t("delivery"))


def _with_icon(icon: ft.IconData, words: ft.Control) -> ft.Control:
    return ft.Row([ft.Icon(icon, size=20, color=theme.MUTED), words], spacing=theme.GAP)


def Number(order: OrderSummary, on_copy: ft.ControlEventHandler[ft.Container]) -> ft.Control:
    """The order's number, to be read out or copied."""
    number = order.outside_number or str(order.number)
    words = Quiet(t("order_number", number=number), selectable=True, expand=True)
    return ft.Row([words, IconTap("copy-number", t("copy_number"), ft.Icons.COPY, on_copy)])
