"""Taking an order back: what is cancelled, why, what comes back; then Submit, or Keep order."""

import asyncio
from collections.abc import Callable

import flet as ft

from app.shop.reads.order import CancelChoice, cancel_choice
from app.shop.rules.errors import Invalid, NotFound
from app.shop.rules.reasons import checked
from app.ui import theme
from app.ui.dialogs.modal import use_modal
from app.ui.hooks import use_query
from app.ui.navigation import CLOSES
from app.ui.parts.cancel_body import CancelBody, CannotCancel, WhatIsCancelled, Wrong, title_of
from app.ui.parts.faces import Loading, NoSuchOrder, Trouble
from app.ui.parts.field import Field
from app.ui.parts.reason_picker import ReasonPicker
from app.ui.parts.refund_receipt import RefundReceipt
from app.ui.parts.words import Title
from app.ui.state import Draft, PendingCancel, stop, use_window
from app.ui.texts import problem, t

OnClose = Callable[[], None]

TURNING = 0.4
"""Seconds until the client has laid out its screens for another width."""
ROOMY = 700
"""A window of this height shows the likeliest reasons without scrolling."""


def use_cancel_dialog() -> bool:
    """Show the cancel dialog of the order that is asked about: a sheet, or in the middle when wide.

    Answers whether to lay out the screens for a wide window. Where that is turned, the dialog goes, then they
    change, then it comes again with what was chosen and typed: all at once, the client would leave it below
    the next screen (Flet 1.0.5).
    """
    window = use_window()
    laid, lay = ft.use_state(window.wide)
    stands, stand = ft.use_state(window.wide)
    draft = window.asked if laid == stands == window.wide else None
    up = ft.use_ref(False)
    up.current = up.current or draft is not None

    def gone() -> None:
        up.current = False
        lay(window.wide)

    async def turn() -> None:
        if up.current:
            await asyncio.sleep(CLOSES)
        lay(window.wide)

    async def come() -> None:
        await asyncio.sleep(TURNING)
        stand(laid)

    ft.use_effect(turn, [window.wide], cleanup=stop)
    ft.use_effect(come, [laid], cleanup=stop)
    close = window.keep_order
    use_modal(None if draft is None or laid else _sheet(draft, close), close, gone)
    use_modal(_dialog(draft, close) if draft is not None and laid else None, close, gone)
    return laid


def _sheet(draft: Draft, on_close: OnClose) -> ft.BottomSheet:
    # In a container: the client does not draw a component again that is itself the content of a dialog.
    return ft.BottomSheet(ft.Container(CancelForm(draft, on_close)), scrollable=True)


def _dialog(draft: Draft, on_close: OnClose) -> ft.AlertDialog:
    form = ft.Container(CancelForm(draft, on_close), width=theme.DIALOG)
    return ft.AlertDialog(content=form, content_padding=0, actions_padding=0)


@ft.component
def CancelForm(draft: Draft, on_close: OnClose, *, page: bool = False) -> ft.Control:
    """Everything between the tap on Cancel and the undo count; `page` fills the height it is given."""
    window = use_window()
    choice = use_query(cancel_choice, draft.number)
    if choice.value is not None:
        return Choosing(choice.value, draft, on_close, page)
    face = Loading(320, still=window.still)
    if isinstance(choice.error, NotFound):
        return NoSuchOrder()
    if choice.error is not None:
        face = Trouble(choice.error, window.draw_again, compact=not page)
    return ft.Container(face, padding=theme.MARGIN)


@ft.component
def Choosing(choice: CancelChoice, draft: Draft, on_close: OnClose, page: bool) -> ft.Control:
    """The dialog once it is known what can be chosen."""
    window = use_window()
    reason, choose = ft.use_state(draft.reason)
    more, set_more = ft.use_state(draft.more)
    wrong, set_wrong = ft.use_state("")
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
            window.begin_cancel(_pending(choice, reason, text, draft.key, window.now()))
            on_close()

    picker = ReasonPicker(choice.reasons, reason, more=more, on_choose=pick, on_more=show_more)
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
