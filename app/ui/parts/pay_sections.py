"""The sections of the pay screen: how it stands, what is paid, and the face of each way to pay."""

from collections.abc import Callable
from functools import partial

import flet as ft

from app.shop.gateway import Bank
from app.shop.reads.cards import OrderSummary
from app.shop.reads.paying import Paying, Stage
from app.shop.rules.clocks import Method
from app.shop.rules.payments import Outcome
from app.ui import theme
from app.ui.parts.cancel_body import WhatIsCancelled
from app.ui.parts.countdown import PayBy
from app.ui.parts.frame import Pair, Section
from app.ui.parts.method_icon import METHOD_ICONS
from app.ui.parts.policy_fields import Slot
from app.ui.parts.price import Price
from app.ui.parts.refund_steps import kept_words
from app.ui.parts.tap import Chip, IconTap
from app.ui.parts.words import Body, Heading, Quiet, Small, Strong, Title
from app.ui.texts import has, moment, money, t
from app.ui.theme import Tone

_LOOKS: dict[Stage, tuple[ft.IconData, Tone]] = {
    Stage.WAITING: (ft.Icons.HOURGLASS_TOP, theme.BLUE),
    Stage.REFUSED: (ft.Icons.ERROR_OUTLINE, theme.AMBER),
    Stage.PAID: (ft.Icons.CHECK_CIRCLE, theme.PINE),
    Stage.LATE: (ft.Icons.CURRENCY_EXCHANGE, theme.PINE),
    Stage.CLOSED: (ft.Icons.INFO_OUTLINE, theme.GREY),
}
CODE = 220
"""The side of the code on the screen, in pixels."""


def Standing(paying: Paying, zone: str, now: int, *, asking: bool, still: bool) -> ft.Control | None:
    """How the payment stands, in a heading and what comes next; nothing while there is only to pay."""
    stage = Stage.WAITING if asking else paying.stage
    if stage is Stage.OPEN:
        return None
    icon, tone = _LOOKS[stage]
    head, lines = _told(paying, stage, zone, now, asking=asking)
    ring: list[ft.Control] = [
        ft.ProgressRing(width=24, height=24, stroke_width=3, color=tone.ink, semantics_label=t("loading"))
        if asking and not still
        else ft.Icon(icon, size=28, color=tone.ink)
    ]
    title = ft.Semantics(header=True, content=Title(head, color=tone.ink), expand=True)
    words = [Body(line) for line in lines]
    return ft.Semantics(
        identifier="payment-asking" if asking else f"payment-{stage}",
        container=True,
        live_region=True,
        content=ft.Container(
            ft.Column([ft.Row([*ring, title], spacing=theme.GAP), *words], spacing=theme.GAP),
            bgcolor=tone.fill,
            border_radius=theme.CARD_RADIUS,
            padding=theme.MARGIN,
        ),
    )


def _told(paying: Paying, stage: Stage, zone: str, now: int, *, asking: bool) -> tuple[str, list[str]]:
    order, last = paying.order, paying.last
    if asking:
        return t("pay.asking"), [t("pay.asking_how")]
    if stage is Stage.WAITING:
        return t("pay.waiting"), [t("pay.waiting_how"), t("pay.waiting_late")]
    if stage is Stage.REFUSED:
        code = f"trouble.{last.trouble if last else None}"
        return t("pay.refused"), [t(code if has(code) else "trouble.other"), t("pay.refused_how")]
    if stage is Stage.PAID:
        cash = order.payment_method == Method.COD
        ships = [t("ship_by", at=moment(order.ship_by, zone, now))] if order.ship_by else []
        return t("pay.cash" if cash else "pay.paid"), [t("pay.cash_how" if cash else "pay.paid_how"), *ships]
    if stage is Stage.LATE and last is not None:
        amount = money(last.amount_minor, order.currency)
        return t("pay.late"), [t("pay.late_how", amount=amount), *_back(paying, zone, now)]
    return _over(paying, zone, now)


def _over(paying: Paying, zone: str, now: int) -> tuple[str, list[str]]:
    """Why there is nothing to pay, what came back, and what can be done instead."""
    order = paying.order
    step = [t(f"next.{paying.next_step}")] if paying.next_step else []
    if order.cancelled_at is None:
        return t(paying.why_not or "unexpected"), step
    state = paying.last.state if paying.last else Outcome.FAILED
    money_words = {Outcome.ATTEMPTED: "pay.still_out", Outcome.FAILED: "nothing_charged"}
    lapsed = order.cancel_reason == "SY_PAYMENT_TIMEOUT"
    return t("pay.lapsed" if lapsed else "already_cancelled"), [
        *([t(money_words[Outcome(state)])] if state in money_words else []),
        *(kept_words(one, zone, now) for one in paying.returned),
        *step,
    ]


def _back(paying: Paying, zone: str, now: int) -> list[str]:
    refund = paying.refund
    if refund is None:
        return []
    if refund.done_at is not None:
        return [t("refund_there", at=moment(refund.done_at, zone, now))]
    soon = refund.by <= now
    return [t("refund_any_moment") if soon else t("refund_there_by", at=moment(refund.by, zone, now))]


def WhatIsPaid(order: OrderSummary, zone: str, more: ft.Control | None, *, clock: bool) -> ft.Control:
    """The picture and title of the first line, what it comes to, until when, and the way to more time."""
    total = ft.Row([Heading(t("total"), expand=True), Price(order.total_minor, order.currency)])
    until = PayBy(order.pay_by, zone, large=True) if clock and order.pay_by is not None else None
    return Section(WhatIsCancelled(order), ft.Divider(), total, Slot(until), Slot(more))


def WayToPay(paying: Paying, on_copy: Callable[[str], object]) -> ft.Control:
    """What the way to pay asks of the buyer."""
    method = Method(paying.order.payment_method)
    name = ft.Row(
        [
            ft.Icon(METHOD_ICONS[method], color=theme.MUTED),
            ft.Semantics(header=True, content=Heading(t(f"method.{method}")), expand=True),
        ],
        spacing=theme.GAP,
    )
    face = {Method.CARD: _card, Method.WALLET: _wallet}.get(method)
    return Section(name, *(face(paying) if face else _transfer(paying, on_copy)))


def _card(_paying: Paying) -> list[ft.Control]:
    return [Pair(t("pay.card"), Strong("•••• 4242")), Small(t("pay.card_how"))]


def _wallet(paying: Paying) -> list[ft.Control]:
    if paying.code is None:
        return []
    code = ft.Image(
        paying.code,
        width=CODE,
        height=CODE,
        border_radius=theme.PICTURE_RADIUS,
        filter_quality=ft.FilterQuality.NONE,
        semantics_label=t("pay.code", reference=paying.reference),
    )
    return [ft.Row([code], alignment=ft.MainAxisAlignment.CENTER), Small(t("pay.code_how"))]


def _transfer(paying: Paying, on_copy: Callable[[str], object]) -> list[ft.Control]:
    return [
        _copied("copy-account", t("pay.account"), paying.account, on_copy),
        _copied("copy-reference", t("pay.reference"), paying.reference, on_copy),
        Small(t("pay.transfer_how")),
    ]


def _copied(identifier: str, name: str, value: str, on_copy: Callable[[str], object]) -> ft.Control:
    words = ft.Column([Small(name), Strong(value, selectable=True)], spacing=0, tight=True, expand=True)
    return ft.Row([words, IconTap(identifier, t("copy", what=name), ft.Icons.COPY, lambda: on_copy(value))])


def OtherWays(ways: tuple[Method, ...], on_way: Callable[[Method], object]) -> ft.Control:
    """How else it can be paid."""
    chips: list[ft.Control] = [
        Chip(f"way-{way.value.lower()}", t(f"method.{way}"), partial(on_way, way), selected=False)
        for way in ways
    ]
    return Section(_Chips(chips), title=t("pay.another_way"))


def BankAnswers(chosen: Bank, on_choose: Callable[[Bank], object]) -> ft.Control:
    """How the test bank takes the next payment: no real money moves here."""
    chips: list[ft.Control] = [
        Chip(f"bank-{bank}", t(f"bank.{bank}"), partial(on_choose, bank), selected=bank is chosen)
        for bank in Bank
    ]
    return Section(Quiet(t("bank.how")), _Chips(chips), title=t("bank.title"))


def _Chips(chips: list[ft.Control]) -> ft.Control:
    return ft.Row(chips, wrap=True, spacing=8, run_spacing=8)
