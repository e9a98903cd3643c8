"""A request as it stands: whose turn it is, until when, what happens if nothing is done, what one can do."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from app.shop.reads.requests import RequestDetails, RequestPanel
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.orders import Role
from app.shop.rules.requests import RequestAction, RequestStatus
from app.ui import theme
from app.ui.parts.frame import Pair
from app.ui.parts.refund_receipt import RefundReceipt
from app.ui.parts.tap import Filled, Outlined, Plain
from app.ui.parts.words import Body, Heading, Quiet, Small, Strong
from app.ui.state import MINUTE, use_now
from app.ui.texts import left, moment, money, reason_text, t

OnTap = Callable[[], object]
R, A = RequestStatus, RequestAction

LOOKS: dict[str, tuple[ft.IconData, theme.Tone]] = {
    R.PENDING_SELLER: (ft.Icons.HOURGLASS_TOP, theme.VIOLET),
    R.OPTION_LISTED: (ft.Icons.TOUCH_APP_OUTLINED, theme.PERSIMMON),
    R.ALTERNATIVE_OFFERED: (ft.Icons.SWAP_HORIZ, theme.BLUE),
    R.ESCALATED: (ft.Icons.GAVEL, theme.INDIGO),
    R.APPROVED: (ft.Icons.CHECK_CIRCLE_OUTLINE, theme.PINE),
    R.COMPLETE: (ft.Icons.CHECK_CIRCLE, theme.PINE),
    R.REJECTED: (ft.Icons.BLOCK, theme.GREY),
    R.WITHDRAWN: (ft.Icons.UNDO, theme.GREY),
    R.EXPIRED: (ft.Icons.TIMER_OFF_OUTLINED, theme.GREY),
    R.SUPERSEDED: (ft.Icons.DONE_ALL, theme.GREY),
}


@dataclass(frozen=True, slots=True)
class Taps:
    """What is called when one of the buttons is tapped."""

    ask: OnTap
    withdraw: OnTap
    confirm: OnTap
    accept: OnTap
    refuse: OnTap
    escalate: OnTap


def _no_tap() -> None:
    """Nothing to tap."""


NO_TAPS = Taps(*[_no_tap] * 6)
"""For who has no button on a request's card: its seller answers elsewhere."""


def RequestCard(panel: RequestPanel, zone: str, now: int, taps: Taps, *, busy: bool) -> ft.Control:
    """The newest request of an order, for either side."""
    request = panel.newest
    if request is None:
        return ft.Container(visible=False)
    icon, tone = LOOKS[request.status]
    title = ft.Semantics(
        header=True, content=Heading(_title(request.status, panel.role), color=tone.ink), expand=True
    )
    rows: list[ft.Control] = [
        ft.Row([ft.Icon(icon, size=24, color=tone.ink), title], spacing=theme.GAP),
        *_asked(request, panel.role, zone, now),
        *_answered(request, panel),
        *_ahead(request, panel, zone),
        *_buttons(panel, taps, busy=busy),
    ]
    return ft.Container(
        ft.Column(rows, spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        bgcolor=tone.fill,
        border_radius=theme.CARD_RADIUS,
        padding=theme.MARGIN,
    )


def _title(status: str, role: str) -> str:
    yours = status == R.PENDING_SELLER and role == Role.SELLER
    return t("request_waits_for_you" if yours else f"request.{status}")


def _asked(request: RequestDetails, role: str, zone: str, now: int) -> list[ft.Control]:
    who = "asked_you" if role == Role.BUYER else "asked_buyer"
    reason = reason_text(request.reason)
    rows: list[ft.Control] = [Body(t(who, reason=reason, at=moment(request.created_at, zone, now)))]
    return [*rows, Quiet(f"“{request.text}”")] if request.text else rows


def _answered(request: RequestDetails, panel: RequestPanel) -> list[ft.Control]:
    rows: list[ft.Control] = []
    if request.status == R.ALTERNATIVE_OFFERED and request.change is not None:
        rows.append(Offered(request.change, request.difference_minor, panel.order.currency, panel.role))
    # What a seller writes beside listing the option or cancelling is for the platform.
    told = request.status in (R.ALTERNATIVE_OFFERED, R.REJECTED, R.ESCALATED)
    if told and request.answer_reason:
        rows.append(Body(t("declined_because", reason=reason_text(request.answer_reason))))
    if told and request.answer_note:
        rows.append(Body(f"“{request.answer_note}”"))
    if request.decision_reason and request.status == R.REJECTED:
        rows.append(Strong(t("platform_upheld", reason=reason_text(request.decision_reason))))
    return rows


def Offered(change: Change, difference_minor: int, currency: str, role: str = Role.BUYER) -> ft.Control:
    """What is offered instead, and what it costs more or less."""
    what = change.label
    if change.kind is ChangeKind.SHIP_DATE:
        what = ""
    rows: list[ft.Control] = [Pair(t(f"offer.{change.kind}"), Strong(what))] if what else []
    if difference_minor:
        cheaper = "offer_cheaper" if role == Role.BUYER else "offer_cheaper_to_buyer"
        code = "offer_dearer" if difference_minor > 0 else cheaper
        rows.append(Body(t(code, amount=money(abs(difference_minor), currency))))
    elif change.kind is ChangeKind.VARIANT:
        rows.append(Body(t("offer_same_price")))
    return ft.Column(rows, spacing=theme.SPACE, tight=True)


def _ahead(request: RequestDetails, panel: RequestPanel, zone: str) -> list[ft.Control]:
    """What comes next, until when, and what happens if nothing is done."""
    yours = {R.PENDING_SELLER: Role.SELLER}.get(R(request.status), Role.BUYER) == panel.role
    side = "you" if yours else "other"
    if request.answer_by is None:
        ahead = Body(t(f"request_ahead.{request.status}"))
        return [ahead] if request.status not in (R.SUPERSEDED, R.COMPLETE) else []
    code = f"answer_by.{request.status}.{side}"
    if request.status == R.PENDING_SELLER:
        code += "." + ("approve" if panel.silence_approves else "pass_on")
    return [AnswerBy(request.answer_by, code, zone)]


@ft.component
def AnswerBy(deadline: int, code: str, zone: str) -> ft.Control:
    """Until when somebody answers; draws itself again as time goes by."""
    now = use_now(deadline)
    near = deadline - now <= 60 * MINUTE
    words = t(code, at=moment(deadline, zone, now), left=left(deadline - now))
    return Strong(words, color=theme.ACCENT if near else None)


def _buttons(panel: RequestPanel, taps: Taps, *, busy: bool) -> list[ft.Control]:
    can, rows = panel.possible, list[ft.Control]()
    if panel.role != Role.BUYER:
        return rows
    request = panel.newest
    if A.CONFIRM in can and request:
        rows.append(_receipt(panel))
        rows.append(Filled("confirm-cancel", t("confirm_cancel"), taps.confirm, disabled=busy))
    if A.ACCEPT in can and request:
        more = request.difference_minor
        word = (
            t("accept_and_pay", amount=money(more, panel.order.currency)) if more > 0 else t("accept_offer")
        )
        rows.append(Filled("accept-offer", word, taps.accept, disabled=busy))
        rows.append(Outlined("refuse-offer", t("refuse_offer"), taps.refuse, disabled=busy))
    if A.ESCALATE in can:
        rows.append(Outlined("escalate", t("escalate"), taps.escalate, disabled=busy))
    if A.WITHDRAW in can:
        rows.append(Plain("withdraw", t("withdraw"), None if busy else taps.withdraw))
    if A.ASK in can:
        rows.append(Outlined("ask-to-cancel", t("ask_again"), taps.ask, disabled=busy))
        rows.append(Small(t("attempts_left", count=panel.attempts_left)))
    return rows


def _receipt(panel: RequestPanel) -> ft.Control:
    receipt = RefundReceipt(panel.receipt, panel.order.source, "UTC", 0)
    return ft.Container(receipt, bgcolor=theme.CARD, border_radius=theme.BUTTON_RADIUS, padding=theme.GAP)


def AskCard(taps: Taps) -> ft.Control:
    """The way to ask, where nothing was asked yet."""
    words = ft.Column([Strong(t("ask_title")), Small(t("ask_how"))], spacing=2, tight=True, expand=True)
    return ft.Card(
        ft.Container(
            ft.Row([words, Outlined("ask-to-cancel", t("ask_to_cancel"), taps.ask)], spacing=theme.GAP),
            padding=theme.GAP,
        ),
        semantic_container=False,
    )
