"""Asking the seller to cancel a paid order: why, what comes back if they agree, and one tap to send it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import flet as ft

from app.shop.actions.request import ask_to_cancel
from app.shop.reads.requests import RequestPanel
from app.shop.rules.errors import Invalid
from app.shop.rules.reasons import checked
from app.ui import theme
from app.ui.dialogs.modal import use_modal
from app.ui.hooks import new_key, use_action
from app.ui.parts.cancel_body import CancelBody, WhatIsCancelled, Wrong
from app.ui.parts.field import Field
from app.ui.parts.reason_picker import ReasonPicker
from app.ui.parts.refund_receipt import RefundReceipt
from app.ui.parts.words import Quiet, Title
from app.ui.state import use_window
from app.ui.texts import problem, t


@dataclass(slots=True)
class Asking:
    """What is being asked for: its key, and what was typed, which only the field draws."""

    panel: RequestPanel
    key: str = field(default_factory=new_key)
    text: str = ""


def use_ask_dialog(asking: Asking | None, on_close: Callable[[], None]) -> None:
    """Show the dialog for `asking`, a sheet or in the middle when wide; None hides it."""
    window = use_window()
    dialog: ft.DialogControl | None = None
    if asking is not None:
        form = ft.Container(AskForm(asking, on_close), width=theme.DIALOG if window.wide else None)
        if window.wide:
            dialog = ft.AlertDialog(content=form, content_padding=0, actions_padding=0)
        else:
            dialog = ft.BottomSheet(form, scrollable=True)
    use_modal(dialog, on_close)


@ft.component
def AskForm(asking: Asking, on_close: Callable[[], None]) -> ft.Control:
    """Reasons, the text some of them need, and the receipt of what would come back."""
    window = use_window()
    sending = use_action(ask_to_cancel)
    panel = asking.panel
    reason, choose = ft.use_state("")
    more, set_more = ft.use_state(False)
    wrong, set_wrong = ft.use_state("")

    def pick(code: str) -> None:
        choose(code)
        set_wrong("")

    async def send() -> None:
        try:
            code, text = checked(reason, asking.text, panel.reasons)
        except Invalid as error:
            set_wrong(problem(error) if reason else t("choose_reason"))
            return
        done = await sending.run(panel.order.number, code.code, text, key=asking.key)
        if done is not None:
            on_close()

    picker = ReasonPicker(panel.reasons, reason, more=more, on_choose=pick, on_more=lambda: set_more(True))
    title = ft.Semantics(header=True, content=Title(t("ask_why")))
    asked = [title, WhatIsCancelled(panel.order), Quiet(t("ask_how")), picker]
    chosen = next((one for one in panel.reasons if one.code == reason), None)
    if chosen is not None:
        asked.append(AskText(asking, chosen.limit, wrong))
    elif wrong:
        asked.append(Wrong(wrong))
    receipt = RefundReceipt(panel.receipt, panel.order.source, window.zone, window.now())
    return CancelBody(
        asked,
        receipt,
        on_close,
        send,
        tall=True,
        keep=t("close"),
        submit=t("send_request"),
        busy=sending.busy,
    )


@ft.component
def AskText(asking: Asking, limit: int, wrong: str) -> ft.Control:
    """What the buyer adds to the reason."""
    text, set_text = ft.use_state(asking.text)

    def typed(now: str) -> None:
        asking.text = now
        set_text(now)

    return Field(
        "reason-text",
        text,
        typed,
        label=t("ask_text"),
        error=wrong or None,
        multiline=True,
        max_lines=4,
        max_length=limit,
    )
