"""Answering requests with a reason and a note: list the option, cancel and refund, decline, decide."""

from collections.abc import Callable, Mapping

import flet as ft

from app.shop.actions.answer import cancel_and_refund, decline, list_option, overrule, uphold
from app.shop.reads.requests import RequestPanel, request_panel
from app.shop.rules.errors import Invalid
from app.shop.rules.orders import Role, Status
from app.shop.rules.reasons import LISTS, REQUESTED, SENT, Reason, checked, reasons_for
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import RequestAction
from app.shop.rules.words import TRACKING, clean
from app.shop.shop import Actor, Shop
from app.ui.dialogs.draft_field import DraftField
from app.ui.dialogs.sending import use_sending
from app.ui.hooks import new_key, use_query
from app.ui.parts.cancel_body import CancelBody, CannotCancel, WhatIsCancelled
from app.ui.parts.faces import DialogFace
from app.ui.parts.reason_picker import ReasonPicker
from app.ui.parts.refund_receipt import RefundReceipt
from app.ui.parts.several import Several, Summary
from app.ui.parts.words import Quiet, Title
from app.ui.parts.wrong import Wrong
from app.ui.state import Answering, use_window
from app.ui.texts import problem, reason_text, t
from app.ui.window import Window

OnClose = Callable[[], None]
ACTIONS = {
    RequestAction.LIST_OPTION.value: list_option,
    RequestAction.APPROVE.value: cancel_and_refund,
    RequestAction.DECLINE.value: decline,
    RequestAction.OVERRULE.value: overrule,
    RequestAction.UPHOLD.value: uphold,
}
REFUSALS = frozenset({RequestAction.DECLINE.value, RequestAction.UPHOLD.value})
"""After these the order goes on."""
READ_BY = dict.fromkeys(ACTIONS, "note_to_platform") | {
    RequestAction.DECLINE.value: "comment_to_buyer",
    RequestAction.OVERRULE.value: "comment_to_both",
    RequestAction.UPHOLD.value: "comment_to_both",
}
"""What the field is called, by who reads what is written in it."""
ROOMY = 760
"""A window of this height shows all of it without scrolling."""


def answering(answer: str, titles: Mapping[int, str], seen: Mapping[int, int] | None = None) -> Answering:
    """A new answer to the requests of these orders, with a key of its own for each; see `Answering`."""
    return Answering(answer, {number: new_key() for number in titles}, titles, seen or {})


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
    reasons, ready = _reasons(panel, draft.answer, window.now()), _ready(panel)
    ft.use_memo(lambda: _prepare(draft, reasons, ready), [])
    reason, choose = ft.use_state(draft.reason)
    (place, wrong), set_wrong = ft.use_state(("", ""))
    if draft.refused is not None:
        return Summary(draft.titles, draft.refused, on_close)
    if panel is not None and _another(draft, panel) and not busy:
        return CannotCancel("request_changed", "see_request", on_close)
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
        Quiet(t(_how(panel, draft.answer))),
        ReasonPicker(reasons, reason, more=True, on_choose=pick, on_more=lambda: None),
        *_fields(draft, reasons, place, wrong),
    ]
    return CancelBody(
        asked,
        None if panel is None or draft.answer in REFUSALS else _receipt(panel, window),
        on_close,
        submit,
        tall=(window.page.height or 0) < ROOMY,
        keep=t("not_now"),
        submit=t(f"answer.{draft.answer}"),
        busy=busy,
    )


def _how(panel: RequestPanel | None, answer: str) -> str:
    """What an answer comes to."""
    changes = panel is not None and panel.newest is not None and panel.newest.kind == RequestKind.CHANGE
    return "answer_how.decline_change" if changes and answer in REFUSALS else f"answer_how.{answer}"


def _another(draft: Answering, panel: RequestPanel) -> bool:
    """Whether the newest request is not the one that was to be answered."""
    newest = panel.newest.id if panel.newest else None
    return draft.seen.get(panel.order.number, newest) != newest


def _receipt(panel: RequestPanel, window: Window) -> ft.Control:
    source, now = panel.order.source, window.now()
    return RefundReceipt(panel.receipt, source, window.zone, now, whose="buyer_gets_back")


def _fields(draft: Answering, reasons: tuple[Reason, ...], place: str, wrong: str) -> list[ft.Control]:
    """The fields the chosen reason asks for, what is wrong at the one it is about."""
    chosen = next((one for one in reasons if one.code == draft.reason), None)
    fields: list[ft.Control] = []
    if chosen is not None:
        label = t(READ_BY[draft.answer])
        least = t("note_least", least=chosen.least) if chosen.least else ""
        at_note = wrong if place == "note" else ""
        fields.append(
            DraftField("reason-note", label, draft, "text", chosen.limit, at_note, least, key=chosen.code)  # type: ignore[call-arg]
        )
    if chosen is not None and _numbered(draft):
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
    if _numbered(draft) and not tracking:
        return (place, t("tracking_needed")), ()
    return None, (reason.code, note, tracking)


def _numbered(draft: Answering) -> bool:
    """Whether a parcel's number belongs to the answer."""
    return draft.answer == RequestAction.DECLINE and draft.reason == SENT.code


def _reasons(panel: RequestPanel | None, answer: str, now: int) -> tuple[Reason, ...]:
    """What can be chosen from; one parcel's number is not that of several requests."""
    if answer in REFUSALS:
        return LISTS["SR"] if panel else tuple(one for one in LISTS["SR"] if one is not SENT)
    if panel is not None:
        return panel.reasons
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


def _prepare(draft: Answering, reasons: tuple[Reason, ...], ready: str) -> None:
    if not draft.reason and REQUESTED in reasons:
        draft.reason, draft.text = REQUESTED.code, ready
