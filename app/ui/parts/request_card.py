"""A request as it stands: whose turn it is, until when, what happens if nothing is done, what one can do."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from app.shop.reads.requests import RequestDetails, RequestPanel
from app.shop.rules.orders import Role, Status
from app.shop.rules.request_clocks import respond_by
from app.shop.rules.request_guards import ESCALATE_WITHIN, RequestKind
from app.shop.rules.requests import RequestAction, RequestStatus
from app.ui import theme
from app.ui.parts.offered import Offered
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


TURN = {
    R.PENDING_SELLER: Role.SELLER,
    R.OPTION_LISTED: Role.BUYER,
    R.ALTERNATIVE_OFFERED: Role.BUYER,
    R.ESCALATED: Role.OPERATOR,
}
"""Who is waited for."""


@dataclass(frozen=True, slots=True)
class Taps:
    """What a buyer can tap, and where others answer; `fix` None: not here."""

    ask: OnTap
    fix: OnTap | None
    withdraw: OnTap
    confirm: OnTap
    accept: OnTap
    refuse: OnTap
    escalate: OnTap
    open: OnTap


def RequestCard(
    panel: RequestPanel, zone: str, now: int, taps: Taps | None = None, *, busy: bool = False
) -> ft.Control:
    """The newest request of an order; without `taps` it is only read."""
    request = panel.newest
    if request is None:
        return ft.Container(visible=False)
    icon, tone = LOOKS[R.COMPLETE if granted(request) else request.status]
    title = ft.Semantics(
        header=True, content=Heading(_title(request, panel.role), color=tone.ink), expand=True
    )
    rows: list[ft.Control] = [
        ft.Row([ft.Icon(icon, size=24, color=tone.ink), title], spacing=theme.GAP),
        *_asked(request, panel.role, zone, now),
        *_answered(request, panel, zone, now),
        *_decided(request, panel.role, zone, now),
        *_ahead(request, panel, zone, now),
        *(_buttons(panel, zone, now, taps, busy=busy) if taps else []),
    ]
    return ft.Container(
        ft.Column(rows, spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        bgcolor=tone.fill,
        border_radius=theme.CARD_RADIUS,
        padding=theme.MARGIN,
    )


def _title(request: RequestDetails, role: str) -> str:
    if granted(request):
        return t("change_done")
    yours = TURN.get(R(request.status)) == role
    return t(f"request_yours.{request.status}" if yours else f"request.{request.status}")


def granted(request: RequestDetails) -> bool:
    """Whether it is a change that its seller agreed to."""
    answered = request.status == R.SUPERSEDED and request.answered_at is not None
    return request.kind == RequestKind.CHANGE and answered


def _asked(request: RequestDetails, role: str, zone: str, now: int) -> list[ft.Control]:
    by = "you" if role == Role.BUYER else "buyer"
    reason, at = reason_text(request.reason), moment(request.created_at, zone, now)
    what = "change_asked_by" if request.kind == RequestKind.CHANGE else "asked_by"
    rows: list[ft.Control] = [Body(t(f"{what}.{by}", reason=reason, at=at))]
    return [*rows, *([Quiet(f"“{request.text}”")] if request.text else [])]


def _answered(request: RequestDetails, panel: RequestPanel, zone: str, now: int) -> list[ft.Control]:
    rows: list[ft.Control] = []
    accepted = request.status == R.SUPERSEDED and panel.order.status != Status.CANCELLED
    asked = request.kind == RequestKind.CHANGE
    if request.change is not None and (asked or accepted or request.status == R.ALTERNATIVE_OFFERED):
        currency = panel.order.currency
        rows.append(
            Offered(request.change, request.difference_minor, currency, panel.role, zone, now, asked=asked)
        )
    # Sellers know what they wrote; what stands beside a listed option or a cancel is for the platform.
    declined = (request.answer_reason or "").startswith("SR_")
    told = (declined or request.status == R.ALTERNATIVE_OFFERED) and panel.role != Role.SELLER
    if told and request.answer_reason:
        rows.append(Body(t("declined_because", reason=reason_text(request.answer_reason))))
    if told and request.answer_note:
        rows.append(Quiet(f"“{request.answer_note}”"))
    return rows


def _decided(request: RequestDetails, role: str, zone: str, now: int) -> list[ft.Control]:
    """What the platform was told, and what it decided."""
    rows: list[ft.Control] = []
    if request.escalated_text and request.escalated_at is not None:
        by = "you" if role == Role.BUYER else "buyer"
        rows.append(Body(t(f"escalated_by.{by}", at=moment(request.escalated_at, zone, now))))
        rows.append(Quiet(f"“{request.escalated_text}”"))
    if request.decision_reason:
        code = "platform_upheld" if request.status == R.REJECTED else "platform_overruled"
        rows.append(Strong(t(code, reason=reason_text(request.decision_reason))))
        rows += [Quiet(f"“{request.decision_note}”")] if request.decision_note else []
    return rows


def _ahead(request: RequestDetails, panel: RequestPanel, zone: str, now: int) -> list[ft.Control]:
    """What comes next, until when, and what happens if nothing is done."""
    status = R(request.status)
    side = "you" if TURN.get(status) == panel.role else "other"
    if request.answer_by is not None:
        by, code = _ending(request.answer_by, status, panel)
        return [AnswerBy(by, f"answer_by.{status}.{side}{code}", zone)]
    if status in TURN:
        words: list[ft.Control] = [Body(t(f"request_ahead.{status}.{side}"))]
        if status is R.ESCALATED and panel.last_answer is not None:
            words.append(AnswerBy(panel.last_answer, "decide_by", zone))
        return words
    if panel.order.status == Status.CANCELLED and status not in (R.APPROVED, R.COMPLETE):
        return [Body(t("request_ahead.cancelled"))]
    asked = "change_ahead" if request.kind == RequestKind.CHANGE and status is R.EXPIRED else "request_ahead"
    rows: list[ft.Control] = [Body(t(f"{asked}.{status}"))]
    if A.ESCALATE in panel.possible and request.answered_at is not None:
        until = moment(request.answered_at + ESCALATE_WITHIN, zone, now)
        rows.append(Body(t("escalate_until", at=until)))
    return rows


def _ending(answer_by: int, status: RequestStatus, panel: RequestPanel) -> tuple[int, str]:
    """Until when somebody can answer, and which words say what becomes of it then."""
    if status is R.PENDING_SELLER and panel.newest and panel.newest.kind == RequestKind.CHANGE:
        return answer_by, ".goes_on"
    if status is R.PENDING_SELLER:
        return answer_by, ".approve" if panel.policy.silence_approves else ".pass_on"
    if panel.last_answer is not None and panel.last_answer <= answer_by:
        return panel.last_answer, ".cancelled"  # the order is, once it was not sent in time
    return answer_by, ""


@ft.component
def AnswerBy(deadline: int, code: str, zone: str) -> ft.Control:
    """Until when somebody answers; draws itself again as time goes by."""
    now = use_now(deadline)
    near = deadline - now <= 60 * MINUTE
    words = t(code, at=moment(deadline, zone, now), left=left(deadline - now))
    return Strong(words, color=theme.ACCENT if near else None)


def _buttons(panel: RequestPanel, zone: str, now: int, taps: Taps, *, busy: bool) -> list[ft.Control]:
    can, request, rows = panel.possible, panel.newest, list[ft.Control]()
    if panel.role != Role.BUYER:
        asked = request is not None and TURN.get(R(request.status)) == panel.role
        return [Outlined("open-request", t("answer_request" if asked else "open_request"), taps.open)]
    if A.CONFIRM in can:
        receipt = RefundReceipt(panel.receipt, panel.order.source, zone, now)
        rows.append(
            ft.Container(receipt, bgcolor=theme.CARD, border_radius=theme.BUTTON_RADIUS, padding=theme.GAP)
        )
        rows.append(Filled("confirm-cancel", t("confirm_cancel"), taps.confirm, disabled=busy))
    if A.ACCEPT in can and request:
        more = money(request.difference_minor, panel.order.currency)
        word = t("accept_and_pay", amount=more) if request.difference_minor > 0 else t("accept_offer")
        rows.append(Filled("accept-offer", word, taps.accept, disabled=busy))
        rows.append(Outlined("refuse-offer", t("refuse_offer"), taps.refuse, disabled=busy))
    if A.ESCALATE in can:
        rows.append(Outlined("escalate", t("escalate"), taps.escalate, disabled=busy))
    if A.WITHDRAW in can:
        rows.append(Plain("withdraw", t("withdraw"), None if busy else taps.withdraw))
    if A.ASK in can and request and request.status != R.ESCALATED:  # asking anew would end that
        changes = request.kind == RequestKind.CHANGE
        word = "cancel_instead" if request.status == R.PENDING_SELLER else "ask_to_cancel"
        rows.append(Outlined("ask-to-cancel", t(word if changes else "ask_again"), taps.ask, disabled=busy))
        if A.ASK_CHANGE in can and taps.fix:
            rows.append(Outlined("ask-for-change", t("ask_for_change"), taps.fix, disabled=busy))
        if request.status != R.PENDING_SELLER:
            rows.append(Small(t("attempts_left", count=panel.attempts_left)))
    return rows


def asked_how(panel: RequestPanel, zone: str, now: int) -> str:
    """Until when the seller would answer, and what happens if they do not."""
    if panel.receipt.outside:
        return t("ask_how.elsewhere", source=panel.order.source)
    silence = "approve" if panel.policy.silence_approves else "pass_on"
    by = respond_by(now, panel.policy, panel.last_answer)
    return t(f"ask_how.{silence}", at=moment(by, zone, now))


def AskCard(panel: RequestPanel, zone: str, now: int, on_ask: OnTap) -> ft.Control:
    """The way to ask, where nothing was asked yet."""
    words = [Strong(t("ask_title")), Small(asked_how(panel, zone, now))]
    ask = Outlined("ask-to-cancel", t("ask_to_cancel"), on_ask)
    return ft.Card(
        ft.Container(
            ft.Column(
                [*words, ask], spacing=8, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
            ),
            padding=theme.GAP,
        ),
        semantic_container=False,
    )
