"""Answering requests with a reason and a note: list the option, cancel and refund, decline."""

from collections.abc import Callable, Mapping

import flet as ft

from app.shop.actions.answer import cancel_and_refund, decline, list_option
from app.shop.reads.requests import RequestPanel, request_panel
from app.shop.rules.errors import Invalid
from app.shop.rules.orders import Role, Status
from app.shop.rules.reasons import LISTS, REQUESTED, Reason, checked, reasons_for
from app.shop.rules.requests import RequestAction
from app.shop.rules.words import TRACKING, clean
from app.shop.shop import Actor, Shop
from app.ui.dialogs.draft_field import DraftField
from app.ui.dialogs.sending import use_sending
from app.ui.hooks import new_key, use_query
from app.ui.parts.cancel_body import CancelBody, CannotCancel, WhatIsCancelled, Wrong
from app.ui.parts.faces import DialogFace
from app.ui.parts.reason_picker import ReasonPicker
from app.ui.parts.refund_receipt import RefundReceipt
from app.ui.parts.several import Several, Summary
from app.ui.parts.words import Quiet, Title
from app.ui.state import Answering, use_window
from app.ui.texts import problem, reason_text, t
from app.ui.window import Window

OnClose = Callable[[], None]
ACTIONS = {
    RequestAction.LIST_OPTION.value: list_option,
    RequestAction.APPROVE.value: cancel_and_refund,
    RequestAction.DECLINE.value: decline,
}
SHIPPED = "SR_SHIPPED"
"""The reason that needs the number of the parcel."""
ROOMY = 760
"""A window of this height shows all of it without scrolling."""


def answering(answer: str, titles: Mapping[int, str]) -> Answering:
    """A new answer to the requests of these orders, with a key of its own for each."""
    return Answering(answer, {number: new_key() for number in titles}, titles)


@ft.component
def AnswerForm(draft: Answering, on_close: OnClose) -> ft.Control:
    """Everything between the tap on an answer and its summary."""
    window = use_window()
    many = len(draft.keys) > 1
    panel = use_query(_panel, 0 if many else next(iter(draft.keys)))
    if not many and panel.value is None:
        return DialogFace(panel.error, window.draw_again, still=window.still)
    return Answer(panel.value, draft, on_close)


def _panel(shop: Shop, actor: Actor, number: int) -> RequestPanel | None:
    # Several are answered by what the rules say: each is looked at when it is its turn.
    return request_panel(shop, actor, number) if number else None


@ft.component
def Answer(panel: RequestPanel | None, draft: Answering, on_close: OnClose) -> ft.Control:
    """The reasons, the note, what comes back, and at the end what became of it."""
    window = use_window()
    send, busy = use_sending(draft)
    ready = _ready(panel)
    ft.use_memo(lambda: _prepare(draft, ready), [])
    reason, choose = ft.use_state(draft.reason)
    (place, wrong), set_wrong = ft.use_state(("", ""))
    declines = draft.answer == RequestAction.DECLINE
    reasons = _declining(many=panel is None) if declines else _reasons(window.now())
    if draft.refused is not None:
        return Summary(draft.titles, draft.refused, on_close)
    if panel is not None and draft.answer not in panel.possible and not busy:
        return CannotCancel(panel.why_not.get(draft.answer, "changed"), None, on_close)

    def pick(code: str) -> None:
        _choose(draft, code, ready)
        choose(code)
        set_wrong(("", ""))

    async def submit() -> None:
        problem_at, given = _checked(draft, reasons)
        if problem_at is not None:
            set_wrong(problem_at)
        elif why := await send(ACTIONS[draft.answer], *given):
            set_wrong(("all", why))

    asked = [
        ft.Semantics(header=True, content=Title(t(f"answer.{draft.answer}"))),
        WhatIsCancelled(panel.order) if panel is not None else Several(draft.titles),
        Quiet(t(f"answer_how.{draft.answer}")),
        ReasonPicker(reasons, reason, more=True, on_choose=pick, on_more=lambda: None),
        *_fields(draft, reasons, place, wrong),
    ]
    return CancelBody(
        asked,
        None if panel is None or declines else _receipt(panel, window),
        on_close,
        submit,
        tall=(window.page.height or 0) < ROOMY,
        keep=t("not_now"),
        submit=t(f"answer.{draft.answer}"),
        busy=busy,
    )


def _receipt(panel: RequestPanel, window: Window) -> ft.Control:
    source, now = panel.order.source, window.now()
    return RefundReceipt(panel.receipt, source, window.zone, now, whose="buyer_gets_back")


def _fields(draft: Answering, reasons: tuple[Reason, ...], place: str, wrong: str) -> list[ft.Control]:
    """The fields the chosen reason asks for, what is wrong at the one it is about."""
    chosen = next((one for one in reasons if one.code == draft.reason), None)
    declines = draft.answer == RequestAction.DECLINE
    fields: list[ft.Control] = []
    if chosen is not None:
        label = t("comment_to_buyer" if declines else "note_to_platform")
        least = t("note_least", least=chosen.least)
        at_note = wrong if place == "note" else ""
        fields.append(
            DraftField("reason-note", label, draft, "text", chosen.limit, at_note, least, key=chosen.code)  # type: ignore[call-arg]
        )
    if chosen is not None and chosen.code == SHIPPED:
        at_tracking = wrong if place == "tracking" else ""
        fields.append(
            DraftField("tracking", t("tracking"), draft, "tracking", TRACKING, at_tracking, lines=1)
        )
    if place in ("reason", "all"):
        fields.append(Wrong(wrong))
    return fields


def _checked(draft: Answering, reasons: tuple[Reason, ...]) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
    """Where something is wrong and what, or None; and what the action is given."""
    if not draft.reason:
        return ("reason", t("choose_reason")), ()
    place = "note"
    try:
        reason, note = checked(draft.reason, draft.text, reasons)
        if draft.answer != RequestAction.DECLINE:
            return None, (reason.code, note)
        place = "tracking"
        tracking = clean(draft.tracking, TRACKING)
    except Invalid as error:
        return (place, problem(error)), ()
    if reason.code == SHIPPED and not tracking:
        return (place, t("tracking_needed")), ()
    return None, (reason.code, note, tracking)


def _declining(*, many: bool) -> tuple[Reason, ...]:
    """Why requests are declined; one parcel's number is not that of `many`."""
    return tuple(one for one in LISTS["SR"] if not (many and one.code == SHIPPED))


def _reasons(now: int) -> tuple[Reason, ...]:
    return reasons_for(Role.SELLER, Status.AWAITING_SHIPMENT, now=now, linked_request=True)


def _ready(panel: RequestPanel | None) -> str:
    """A note that can be sent as it stands."""
    if panel is None or panel.newest is None:
        return t("ready_note_many")
    return t("ready_note", reason=reason_text(panel.newest.reason))


def _choose(draft: Answering, code: str, ready: str) -> None:
    """Choose a reason; the ready note goes with the one it was made for."""
    if draft.text == ready and code != REQUESTED.code:
        draft.text = ""
    elif not draft.text and code == REQUESTED.code:
        draft.text = ready
    draft.reason = code


def _prepare(draft: Answering, ready: str) -> None:
    if not draft.reason and draft.answer != RequestAction.DECLINE:
        draft.reason, draft.text = REQUESTED.code, ready
