"""Taking an order back: what is cancelled, why, what comes back; then Submit, or Keep order."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.order import CancelChoice, cancel_choice
from app.shop.rules.errors import Invalid
from app.shop.rules.reasons import checked
from app.ui.dialogs.address import use_address_instead
from app.ui.dialogs.draft_field import DraftField
from app.ui.dialogs.fix import instead
from app.ui.dialogs.lines import ChosenLines, use_lines
from app.ui.hooks import use_query
from app.ui.parts.cancel_body import CancelBody, CannotCancel, WhatIsCancelled, title_of
from app.ui.parts.faces import DialogFace
from app.ui.parts.reason_picker import ReasonPicker
from app.ui.parts.refund_receipt import RefundReceipt
from app.ui.parts.tap import Plain
from app.ui.parts.words import Title
from app.ui.parts.wrong import Wrong
from app.ui.rebuying import open_rebuy
from app.ui.state import Draft, PendingCancel, use_window
from app.ui.texts import problem, t

OnClose = Callable[[], None]

ROOMY = 700
"""A window of this height shows the likeliest reasons without scrolling."""


@ft.component
def CancelForm(draft: Draft, on_close: OnClose, *, page: bool = False) -> ft.Control:
    """Everything between the tap on Cancel and the undo count; `page` fills the height it is given."""
    window = use_window()
    choice = use_query(cancel_choice, draft.number)
    writing = use_address_instead(draft)
    if writing is not None:
        return writing
    if choice.value is not None:
        return Choosing(choice.value, draft, on_close, page)
    return DialogFace(choice.error, window.draw_again, still=window.still, compact=not page)


@ft.component
def Choosing(choice: CancelChoice, draft: Draft, on_close: OnClose, page: bool) -> ft.Control:
    """The dialog once it is known what can be chosen."""
    window = use_window()
    reason, choose = ft.use_state(draft.reason)
    more, set_more = ft.use_state(draft.more)
    wrong, set_wrong = ft.use_state("")
    lines = use_lines(choice, draft)
    own = choice.order.buyer == window.handle
    if choice.why_not is not None:
        return CannotCancel(choice.why_not, choice.next_step, on_close)

    def pick(code: str) -> None:
        draft.reason = code
        choose(code)
        set_wrong("")

    def show_more() -> None:
        draft.more = True
        set_more(True)

    def submit() -> None:
        try:
            _, text = checked(reason, draft.text, choice.reasons)
        except Invalid as error:
            set_wrong(problem(error) if reason else t("choose_reason"))
        else:
            window.underway.begin(_pending(choice, lines, reason, text, draft.key, window.now()))
            on_close()

    picker = ReasonPicker(choice.reasons, reason, more=more, on_choose=pick, on_more=show_more)
    title = ft.Semantics(header=True, content=Title(t("tell_us_why")))
    fixes = instead(draft, choice.reasons, on_close) if own else []
    asked = [title, lines.picker or WhatIsCancelled(choice.order), picker, *fixes]
    least, limit = next(
        ((one.least, one.limit) for one in choice.reasons if one.code == reason and one.least), (0, 0)
    )
    if limit:
        asked.append(_note(draft, least, limit, wrong, own=own))
    elif wrong:
        asked.append(Wrong(wrong))
    if choice.rebuys:
        other = Plain("rebuy-instead", t("rebuy"), lambda: open_rebuy(window, choice.order.number, reason))
        asked.append(ft.Row([other]))
    whose = "you_get_back" if own else "buyer_gets_back"
    receipt = lines.foot(window.zone, window.now(), whose) or RefundReceipt(
        choice.receipt, choice.order.source, window.zone, window.now(), whose=whose
    )
    tall = page or more or lines.many or limit > 0 or bool(fixes) or (window.page.height or 0) < ROOMY
    return CancelBody(asked, receipt, on_close, submit, tall=tall, ready=lines.ready, loud=not fixes)


def _pending(
    choice: CancelChoice, lines: ChosenLines, reason: str, text: str, key: str, now: int
) -> PendingCancel:
    title, ends_at = lines.title or title_of(choice.order), now + choice.undo_ms
    number = choice.order.number
    return PendingCancel(number, title, reason, text, key, ends_at, choice.undo_ms, lines.sent)


def _note(draft: Draft, least: int, limit: int, wrong: str, *, own: bool) -> ft.Control:
    """What is written beside the reason: by a buyer for the seller, by others for the platform."""
    label = t("reason_text" if own else "note_to_platform")
    helper = "" if own else t("note_least", least=least)
    return DraftField("reason-text", label, draft, "text", limit, wrong, helper)
