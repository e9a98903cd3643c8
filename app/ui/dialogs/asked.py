"""The one dialog above the screens: what is cancelled or asked for, or how a request is answered."""

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import flet as ft

from app.shop.rules.orders import Action
from app.shop.rules.requests import RequestAction
from app.ui import theme
from app.ui.component import component
from app.ui.dialogs.modal import use_modal
from app.ui.guarded import guarded
from app.ui.navigation import CLOSES
from app.ui.state import Answering, Asking, Draft, Fixing, Rebuying, stop, use_above, use_window

OnClose = Callable[[], None]

ANSWER = "answer:AnswerForm"
"""The form of an answer, by its module in `app.ui.dialogs` and its name there."""
ANSWERS = {
    RequestAction.OFFER.value: "offer:OfferForm",
    RequestAction.ESCALATE.value: "escalate:EscalateForm",
    RequestAction.ACCEPT_CHANGE.value: "accept:AcceptForm",
    Action.ARRANGE.value: "pack:PackForm",
}
"""The forms of the answers that take more than a reason and a note."""
OF_BUYERS: dict[type[Draft], str] = {
    Draft: "cancel:CancelForm",
    Asking: "ask:AskForm",
    Fixing: "fix:FixForm",
    Rebuying: "rebuy:RebuyForm",
}
"""The forms of what a buyer does about an order."""
TURNING = 0.4
"""Seconds until the client has laid out its screens for another width."""


def forms() -> Iterator[Callable[..., Any]]:
    """Every form; to take one imports it."""
    yield from (component(f"dialogs.{name}") for name in (ANSWER, *ANSWERS.values(), *OF_BUYERS.values()))


def use_asked_dialog() -> bool:
    """Show the dialog about what is asked: a sheet, or in the middle when wide.

    Answers whether to lay out the screens for a wide window. Where that is turned, the dialog goes, then they
    change, then it comes again with what was chosen and typed: all at once, the client would leave it below
    the next screen (Flet 1.0.5).
    """
    window, above = use_window(), use_above()
    laid, lay = ft.use_state(window.wide)
    stands, stand = ft.use_state(window.wide)
    draft = above.draft if laid == stands == window.wide else None
    up = ft.use_ref(False)
    up.current = up.current or draft is not None

    def gone() -> None:
        up.current = False
        lay(window.wide)

    async def turn() -> None:
        if up.current or window.navigation.under_dialog:
            await asyncio.sleep(CLOSES)
        lay(window.wide)

    async def come() -> None:
        await asyncio.sleep(TURNING)
        stand(laid)

    ft.use_effect(turn, [window.wide], cleanup=stop)
    ft.use_effect(come, [laid], cleanup=stop)

    def close() -> None:
        if draft is not None:
            above.close(draft)

    # Each one and the same while it is there, as the menu's.
    sheet = ft.use_memo(lambda: None if draft is None or laid else _sheet(draft, close), [draft, laid])
    dialog = ft.use_memo(lambda: _dialog(draft, close) if draft and laid else None, [draft, laid])
    use_modal(sheet, close, gone)
    use_modal(dialog, close, gone)
    return laid


def _sheet(draft: Draft | Answering, on_close: OnClose) -> ft.BottomSheet:
    # In a container: the client does not draw a component again that is itself the content of a dialog.
    return ft.BottomSheet(ft.Container(_form(draft, on_close)), scrollable=True)


def _dialog(draft: Draft | Answering, on_close: OnClose) -> ft.AlertDialog:
    form = ft.Container(_form(draft, on_close), width=theme.DIALOG)
    return ft.AlertDialog(content=form, content_padding=0, actions_padding=0)


def _form(draft: Draft | Answering, on_close: OnClose) -> ft.Control:
    name = ANSWERS.get(draft.answer, ANSWER) if isinstance(draft, Answering) else OF_BUYERS[type(draft)]
    # By its key: another draft is another form, and takes over nothing of the one before.
    return _guarded(Form)(name, draft, on_close, key=draft.key)


@ft.component
def Form(name: str, draft: Draft | Answering, on_close: OnClose) -> ft.Control:
    """The form of this name; where it cannot be had, that is told in its place."""
    return _guarded(component(f"dialogs.{name}"))(draft, on_close)


_guarded = partial(guarded, compact=True)
