"""Taking an order back: what is cancelled, why, what comes back; then Submit, or Keep order."""

from collections.abc import Callable
from dataclasses import dataclass, field

import flet as ft

from app.shop.reads.order import CancelChoice, cancel_choice
from app.shop.rules.errors import Invalid, NotFound
from app.shop.rules.reasons import checked
from app.ui import theme
from app.ui.dialogs.modal import use_modal
from app.ui.hooks import new_key, use_query
from app.ui.parts.cancel_body import CancelBody, CannotCancel, WhatIsCancelled, Wrong, title_of
from app.ui.parts.faces import Loading, NoSuchOrder, Trouble
from app.ui.parts.field import Field
from app.ui.parts.reason_picker import ReasonPicker
from app.ui.parts.refund_receipt import RefundReceipt
from app.ui.parts.words import Title
from app.ui.state import PendingCancel, use_window
from app.ui.texts import problem, t

OnClose = Callable[[], None]

ROOMY = 700
"""A window of this height shows the likeliest reasons without scrolling."""


def use_cancel_dialog(number: int | None, on_close: OnClose) -> None:
    """Show the cancel dialog of order `number`: a sheet, or in the middle when wide; None hides it."""
    window = use_window()
    use_modal(None if number is None else _dialog(number, window.wide, on_close), on_close)


def _dialog(number: int, wide: bool, on_close: OnClose) -> ft.DialogControl:
    # In a container: the client does not draw a component again that is itself the content of a dialog.
    form = ft.Container(CancelForm(number, on_close), width=theme.DIALOG if wide else None)
    if wide:
        return ft.AlertDialog(content=form, content_padding=0, actions_padding=0)
    return ft.BottomSheet(form, scrollable=True)


@ft.component
def CancelForm(number: int, on_close: OnClose, *, page: bool = False) -> ft.Control:
    """Everything between the tap on Cancel and the undo count; `page` fills the height it is given."""
    window = use_window()
    choice = use_query(cancel_choice, number)
    if choice.value is not None:
        return Choosing(choice.value, on_close, page)
    face = Loading(320, still=window.still)
    if isinstance(choice.error, NotFound):
        return NoSuchOrder()
    if choice.error is not None:
        face = Trouble(choice.error, window.draw_again, compact=not page)
    return ft.Container(face, padding=theme.MARGIN)


@dataclass(slots=True)
class Draft:
    """What a dialog keeps from its opening on: its key, and what was typed, which only the field draws."""

    key: str = field(default_factory=new_key)
    text: str = ""


@ft.component
def Choosing(choice: CancelChoice, on_close: OnClose, page: bool) -> ft.Control:
    """The dialog once it is known what can be chosen."""
    window = use_window()
    draft: Draft = ft.use_memo(Draft, [])
    reason, choose = ft.use_state("")
    more, set_more = ft.use_state(False)
    wrong, set_wrong = ft.use_state("")
    if choice.why_not is not None:
        return CannotCancel(choice.why_not, choice.next_step, on_close)

    def pick(code: str) -> None:
        choose(code)
        set_wrong("")

    def submit() -> None:
        try:
            _, text = checked(reason, draft.text, choice.reasons)
        except Invalid as error:
            set_wrong(problem(error) if reason else t("choose_reason"))
        else:
            window.begin_cancel(_pending(choice, reason, text, draft.key, window.now()))
            on_close()

    picker = ReasonPicker(choice.reasons, reason, more=more, on_choose=pick, on_more=lambda: set_more(True))
    title = ft.Semantics(header=True, content=Title(t("tell_us_why")))
    asked = [title, WhatIsCancelled(choice.order), picker]
    limit = next((one.limit for one in choice.reasons if one.code == reason and one.least), 0)
    if limit:
        asked.append(ReasonText(draft, limit, wrong))
    elif wrong:
        asked.append(Wrong(wrong))
    receipt = RefundReceipt(choice.receipt, choice.order.source, window.zone, window.now())
    tall = page or more or limit > 0 or (window.page.height or 0) < ROOMY
    return CancelBody(asked, receipt, on_close, submit, tall=tall)


def _pending(choice: CancelChoice, reason: str, text: str, key: str, now: int) -> PendingCancel:
    order = choice.order
    return PendingCancel(
        order.number, title_of(order), reason, text, key, now + choice.undo_ms, choice.undo_ms
    )


@ft.component
def ReasonText(draft: Draft, limit: int, wrong: str) -> ft.Control:
    """The text a reason asks for, with how much of it fits."""
    text, set_text = ft.use_state(draft.text)

    def typed(now: str) -> None:
        draft.text = now
        set_text(now)

    label = t("reason_text")
    return Field(
        "reason-text",
        text,
        typed,
        label=label,
        error=wrong or None,
        multiline=True,
        max_lines=4,
        max_length=limit,
    )
