"""Asking the platform to look at a refusal: what was asked and answered, and a few words for who decides."""

from collections.abc import Callable

import flet as ft

from app.shop.actions.request import escalate
from app.shop.reads.requests import request_panel
from app.shop.rules.errors import Invalid
from app.shop.rules.requests import RequestAction
from app.shop.rules.words import REASON_TEXT, clean
from app.ui.dialogs.draft_field import DraftField
from app.ui.dialogs.sending import use_sending
from app.ui.hooks import use_query
from app.ui.parts.cancel_body import CancelBody, CannotCancel, WhatIsCancelled
from app.ui.parts.faces import DialogFace
from app.ui.parts.words import Quiet, Title
from app.ui.parts.wrong import Wrong
from app.ui.state import Answering, use_window
from app.ui.texts import problem, t


@ft.component
def EscalateForm(draft: Answering, on_close: Callable[[], None]) -> ft.Control:
    """What happens then, and the words that go along."""
    window = use_window()
    found = use_query(request_panel, next(iter(draft.keys)))
    send, busy = use_sending(draft)
    (place, wrong), set_wrong = ft.use_state(("", ""))
    panel = found.value
    if panel is None:
        return DialogFace(found.error, window.draw_again, still=window.still)
    if RequestAction.ESCALATE not in panel.possible and not busy:
        return CannotCancel(panel.why_not.get(RequestAction.ESCALATE, "changed"), None, on_close)

    async def submit() -> None:
        try:
            text = clean(draft.text, REASON_TEXT)
        except Invalid as error:
            set_wrong(("text", problem(error)))
            return
        if why := await send(escalate, text):
            set_wrong(("all", why))

    at_field = wrong if place == "text" else ""
    asked = [
        ft.Semantics(header=True, content=Title(t("escalate"))),
        WhatIsCancelled(panel.order),
        Quiet(t("escalate_how")),
        DraftField("reason-text", t("escalate_text"), draft, "text", REASON_TEXT, at_field),
        *([Wrong(wrong)] if place == "all" else []),
    ]
    return CancelBody(
        asked, None, on_close, submit, tall=False, keep=t("not_now"), submit=t("escalate"), busy=busy
    )
