"""Asking the seller to cancel a paid order: why, what comes back if they agree, and one tap to send it."""

from collections.abc import Callable

import flet as ft

from app.shop.actions.request import ask_to_cancel
from app.shop.reads.requests import RequestPanel, request_panel
from app.shop.rules.errors import Invalid
from app.shop.rules.reasons import checked
from app.ui.dialogs.address import use_address_instead
from app.ui.dialogs.draft_field import DraftField
from app.ui.dialogs.fix import instead
from app.ui.hooks import use_action, use_query
from app.ui.kept import use_kept
from app.ui.parts.cancel_body import CancelBody, CannotCancel, WhatIsCancelled
from app.ui.parts.compose import AddPhoto, Hint
from app.ui.parts.faces import DialogFace
from app.ui.parts.reason_picker import ReasonPicker
from app.ui.parts.refund_receipt import RefundReceipt
from app.ui.parts.request_card import asked_how
from app.ui.parts.words import Quiet, Title
from app.ui.parts.wrong import Wrong
from app.ui.photos import Photos, PhotoTiles, use_photos
from app.ui.state import Asking, use_window
from app.ui.texts import problem, t

OnClose = Callable[[], None]


@ft.component
def AskForm(draft: Asking, on_close: OnClose) -> ft.Control:
    """Everything between the tap on Ask and the request."""
    window = use_window()
    found = use_query(request_panel, draft.number)
    writing = use_address_instead(draft)
    if writing is not None:
        return writing
    if found.value is None:
        return DialogFace(found.error, window.draw_again, still=window.still)
    return Ask(found.value, draft, on_close)


@ft.component
def Ask(panel: RequestPanel, draft: Asking, on_close: OnClose) -> ft.Control:
    """Reasons, the text some of them need, and the receipt of what would come back."""
    window = use_window()
    sending = use_action(ask_to_cancel)
    reason, choose = ft.use_state(draft.reason)
    more, set_more = ft.use_state(draft.more)
    wrong, set_wrong = ft.use_state("")
    waits, wait = ft.use_state(False)
    if panel.why_not_ask is not None and not sending.busy:
        return CannotCancel(panel.why_not_ask, panel.next_step, on_close)

    def pick(code: str) -> None:
        draft.reason = code
        choose(code)
        set_wrong("")

    def show_more() -> None:
        draft.more = True
        set_more(True)

    async def send() -> None:
        try:
            code, text = checked(reason, draft.text, panel.reasons)
        except Invalid as error:
            set_wrong(problem(error) if reason else t("choose_reason"))
            return
        along = window.kept.at(_along(draft), Photos).value
        wait(along.coming > 0)
        if along.coming:
            return
        done = await sending.run(draft.number, code.code, text, along.ids, key=draft.key)
        if done is not None:
            on_close()

    zone, now = window.zone, window.now()
    asked: list[ft.Control] = [
        ft.Semantics(header=True, content=Title(t("ask_why"))),
        WhatIsCancelled(panel.order),
        Quiet(asked_how(panel, zone, now)),
        ReasonPicker(panel.reasons, reason, more=more, on_choose=pick, on_more=show_more),
    ]
    asked += instead(draft, panel.reasons, on_close)
    chosen = next((one for one in panel.reasons if one.code == reason), None)
    if chosen is not None:
        asked.append(DraftField("reason-text", t("ask_text"), draft, "text", chosen.limit, wrong))
        asked.append(Along(draft, chosen.photo, waits))
    elif wrong:
        asked.append(Wrong(wrong))
    return CancelBody(
        asked,
        RefundReceipt(panel.receipt, panel.order.source, zone, now),
        on_close,
        send,
        tall=True,
        keep=t("close"),
        submit=t("send_request"),
        busy=sending.busy,
    )


@ft.component
def Along(draft: Asking, helps: bool, waits: bool) -> ft.Control:
    """The photos that go along; for the chosen reason one `helps`; `waits`: it was to be sent."""
    along = use_kept(_along(draft), Photos)
    picking = use_photos(draft.number, along)
    hint = Quiet(t("ask_photo")) if helps and not along.value.any else Hint()
    rows: list[ft.Control] = [ft.Row([AddPhoto(picking.pick), ft.Container(hint, expand=True)])]
    rows += [PhotoTiles(along.value, picking.drop)] if along.value.any else []
    rows += [Wrong(t("photo_wait"))] if waits and along.value.coming else []
    return ft.Column(rows, spacing=8, tight=True)


def _along(draft: Asking) -> tuple[str, str]:
    """What the window keeps the photos of a request below."""
    return "photos to ask with", draft.key
