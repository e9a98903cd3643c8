"""What goes back: each refund step by step with honest dates, and what returned beside money."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.order import OrderDetails
from app.shop.reads.refunds import RefundRow, Returned
from app.shop.rules.orders import Action
from app.shop.rules.receipt import Kind
from app.shop.rules.refunds import RefundState
from app.ui import theme
from app.ui.parts.frame import Section
from app.ui.parts.tap import Outlined
from app.ui.parts.words import Body, Strong
from app.ui.texts import has, moment, money, number, t

_STEP = 20
_PASSED = ft.Icons.CHECK_CIRCLE
_AHEAD = ft.Icons.RADIO_BUTTON_UNCHECKED
_WRONG = ft.Icons.ERROR_OUTLINE


def RefundSteps(
    details: OrderDetails, zone: str, now: int, on_retry: Callable[[], object] | None = None
) -> ft.Control:
    """Every refund of the order and every voucher or coin it gave back.

    `on_retry` sends once more what was given up, None while that runs; only who may do so sees it.
    """
    currency = details.order.currency
    again = Outlined("retry-refund", t("refund_retry"), on_retry, disabled=on_retry is None)
    return Section(
        *(_refund(refund, currency, zone, now) for refund in details.refunds),
        *(_step(ft.Icons.REDEEM, kept_words(one, zone, now)) for one in details.returned),
        *([again] if Action.RETRY_REFUND in details.possible else []),
        title=t("goes_back"),
    )


def _refund(refund: RefundRow, currency: str, zone: str, now: int) -> ft.Control:
    amount = Strong(money(refund.amount_minor, currency), color=theme.BACK)
    where = Strong(t("goes_back_to", method=t(f"method.{refund.method}")), expand=True)
    rows = [ft.Row([where, amount]), *_steps(refund, zone, now)]
    state = t(f"refund.{refund.state}")
    return ft.Semantics(
        identifier=f"refund-{refund.n}", label=state, content=ft.Column(rows, spacing=8), container=True
    )


def _steps(refund: RefundRow, zone: str, now: int) -> list[ft.Control]:
    steps = [_step(_PASSED, t("refund_asked", at=moment(refund.at, zone, now)))]
    if refund.sent_at is not None:
        code = "refund_sent" if refund.attempts == 1 else "refund_sent_again"
        steps.append(_step(_PASSED, t(code, at=moment(refund.sent_at, zone, now), attempts=refund.attempts)))
    return [*steps, *_outlook(refund, zone, now)]


def _outlook(refund: RefundRow, zone: str, now: int) -> list[ft.Control]:
    """What came of it, or what is to come and when."""
    by = moment(refund.by, zone, now)
    match refund.state:
        case RefundState.DONE:
            return [_step(_PASSED, t("refund_there", at=moment(refund.done_at or refund.by, zone, now)))]
        case RefundState.GIVEN_UP:
            return [_step(_WRONG, _trouble(refund)), _step(_AHEAD, t("refund_looked_after"))]
        case RefundState.RETRYING:
            again = moment(max(refund.again_at or now, now), zone, now)
            return [_step(_WRONG, _trouble(refund)), _step(_AHEAD, t("refund_again", at=again))]
        case RefundState.SENT if refund.trouble == "late":
            return [_step(_WRONG, t("refund_overdue", at=by))]
    soon = refund.by <= now
    return [_step(_AHEAD, t("refund_any_moment") if soon else t("refund_there_by", at=by))]


def _trouble(refund: RefundRow) -> str:
    code = f"trouble.{refund.trouble}"
    return t(code if refund.trouble and has(code) else "trouble.other")


def _step(icon: ft.IconData, words: str) -> ft.Control:
    color = {_PASSED: theme.BACK, _WRONG: theme.AMBER.ink}.get(icon, theme.MUTED)
    return ft.Row(
        [ft.Icon(icon, size=_STEP, color=color), Body(words, expand=True)],
        spacing=theme.GAP,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def kept_words(one: Returned, zone: str, now: int) -> str:
    """What came back beside money, and until when it is good."""
    if one.kind == Kind.COINS:
        return t("coins_back", count=one.amount, amount=number(one.amount))
    name = one.code or ""
    if one.until is None:
        return t("voucher_back", name=name)
    until = moment(one.until, zone, now)
    return t("voucher_back_until" if one.until > now else "voucher_back_over", name=name, at=until)
