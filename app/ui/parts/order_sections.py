"""The sections of an order's page, each a card."""

import flet as ft

from app.shop.reads.cards import LineSummary, OrderSummary
from app.shop.reads.order import EventRow, OrderDetails, PaymentRow, RefundRow
from app.shop.rules.orders import LineStatus
from app.ui import theme
from app.ui.parts.countdown import PayBy
from app.ui.parts.frame import Pair, Section
from app.ui.parts.order_card import about, by_whom, why_cancelled
from app.ui.parts.picture import ProductPicture
from app.ui.parts.status_badge import look, status_word
from app.ui.parts.why_not import WhyNot
from app.ui.parts.words import Body, Heading, Quiet, Small, Strong, Title
from app.ui.texts import moment, money, reason_text, t


def State(details: OrderDetails, zone: str, now: int, *, running: bool) -> ft.Control:
    """Where the order stands, until when, and why it can or cannot be taken back."""
    order = details.order
    icon, tone = look(order.status, requested=order.requested)
    word = Heading(status_word(order.status, requested=order.requested), color=tone.ink)
    rows: list[ft.Control] = [ft.Row([ft.Icon(icon, color=tone.ink), word], spacing=8)]
    if order.status == "UNPAID" and order.pay_by is not None:
        rows.append(PayBy(order.pay_by, zone))
    if order.ship_by is not None and order.tab == "to-ship":
        rows.append(Quiet(t("ship_by", at=moment(order.ship_by, zone, now))))
    if order.cancelled_at is not None:
        rows.append(Body(why_cancelled(order, details.role)))
    if order.cancel_text:
        rows.append(Quiet(f"“{order.cancel_text}”"))
    if running:
        rows.append(Quiet(t("cancel_running")))
    elif order.why_not_cancel is not None:
        rows.append(WhyNot(order.why_not_cancel, order.next_step))
    return Section(*rows)


def Lines(order: OrderSummary) -> ft.Control:
    """The shop, and what was bought of it."""
    number = order.outside_number or str(order.number)
    return Section(
        *(_line(line, order) for line in order.lines),
        Small(t("order_number", number=number), selectable=True),
        *([Small(t("imported", source=order.source))] if order.outside_number else []),
        title=order.shop_name or order.shop,
    )


def _line(line: LineSummary, order: OrderSummary) -> ft.Control:
    price = Strong(money(line.total_minor, order.currency))
    gone = line.status == LineStatus.CANCELLED and order.status != LineStatus.CANCELLED
    state = [Small(t("status.CANCELLED"))] if gone else []
    return ft.Row(
        [
            ProductPicture(line.picture, line.product_id, 56),
            ft.Column([*about(line), *state], spacing=0, tight=True, expand=True),
            price,
        ],
        spacing=theme.GAP,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def Money(details: OrderDetails, zone: str, now: int) -> ft.Control:
    """The price sheet, what was paid with, what came back."""
    order = details.order
    rows: list[ft.Control] = [
        Pair(t(f"price.{row.kind}"), Body(money(row.amount_minor, order.currency))) for row in details.prices
    ]
    total = Title(money(order.total_minor, order.currency))
    rows += [ft.Divider(), Pair(t("total"), total)]
    if not details.payments:
        rows.append(Pair(t("payment"), Body(t(f"method.{order.payment_method}"))))
    rows += [_payment(payment, order.currency) for payment in details.payments]
    rows += [_refund(refund, order.currency, zone, now) for refund in details.refunds]
    return Section(*rows, title=t("prices"))


def _payment(payment: PaymentRow, currency: str) -> ft.Control:
    method = payment.label or t(f"method.{payment.method}")
    return Pair(f"{method} · {t(f'payment.{payment.state}')}", Body(money(payment.amount_minor, currency)))


def _refund(refund: RefundRow, currency: str, zone: str, now: int) -> ft.Control:
    by = t("refund_row", state=t(f"refund.{refund.state}"), at=moment(refund.by, zone, now))
    return Pair(by, Strong(money(refund.amount_minor, currency), color=theme.BACK))


def Delivery(details: OrderDetails) -> ft.Control:
    """Where it goes, and who showed it."""
    rows = [Body(details.address)] if details.address else []
    if details.creator:
        rows.append(Quiet(t("creator", creator=f"@{details.creator}")))
    return Section(*rows, title=t("delivery"))


def Timeline(details: OrderDetails, zone: str, now: int) -> ft.Control:
    """What happened, the newest first."""
    rows = [_event(event, details.role, zone, now) for event in reversed(details.events)]
    return Section(*rows, title=t("timeline"))


def _event(event: EventRow, viewer: str, zone: str, now: int) -> ft.Control:
    beside = " · ".join(
        part
        for part in (
            by_whom(event.role, viewer),
            reason_text(event.reason) if event.reason else "",
            event.note or "",
        )
        if part
    )
    return ft.Row(
        [
            ft.Column([Body(t(f"event.{event.action}")), Small(beside)], spacing=0, tight=True, expand=True),
            Small(moment(event.at, zone, now)),
        ],
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
