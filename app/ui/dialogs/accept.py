"""Accepting what a buyer asks to have changed: what it is, and what is paid or goes back by it."""

from collections.abc import Callable

import flet as ft

from app.shop.actions.change import accept_change
from app.shop.reads.requests import RequestPanel, request_panel
from app.shop.rules.requests import RequestAction
from app.ui.dialogs.sending import use_sending
from app.ui.hooks import use_query
from app.ui.parts.cancel_body import CancelBody, CannotCancel, WhatIsCancelled
from app.ui.parts.faces import DialogFace
from app.ui.parts.offer_choices import Difference
from app.ui.parts.offered import Offered
from app.ui.parts.words import Quiet, Title
from app.ui.parts.wrong import Wrong
from app.ui.state import Answering, use_window
from app.ui.texts import t

ACCEPT = RequestAction.ACCEPT_CHANGE.value


@ft.component
def AcceptForm(draft: Answering, on_close: Callable[[], None]) -> ft.Control:
    """The change as it is asked for, before it is made."""
    window = use_window()
    number = next(iter(draft.keys))
    found = use_query(request_panel, number)
    send, busy = use_sending(draft)
    wrong, set_wrong = ft.use_state("")
    panel = found.value
    if panel is None:
        return DialogFace(found.error, window.draw_again, still=window.still)
    if not busy and (why := _why_not(panel, draft.seen.get(number))):
        return CannotCancel(why, None, on_close)

    async def submit() -> None:
        if why := await send(accept_change):
            set_wrong(why)

    asked: list[ft.Control] = [
        ft.Semantics(header=True, content=Title(t("answer.accept_change"))),
        WhatIsCancelled(panel.order),
        *_change(panel, window.zone, window.now()),
        Quiet(t("answer_how.accept_change")),
        *([Wrong(wrong)] if wrong else []),
    ]
    difference = panel.newest.difference_minor if panel.newest else 0
    return CancelBody(
        asked,
        Difference(difference, panel.order.currency) if difference else None,
        on_close,
        submit,
        tall=False,
        keep=t("not_now"),
        submit=t("answer.accept_change"),
        busy=busy,
    )


def _why_not(panel: RequestPanel, seen: int | None) -> str | None:
    """Why it cannot be accepted now; another request than the one that was `seen` is not the one meant."""
    if ACCEPT not in panel.possible:
        return panel.why_not.get(ACCEPT, "changed")
    return "request_changed" if panel.newest and seen not in (None, panel.newest.id) else None


def _change(panel: RequestPanel, zone: str, now: int) -> list[ft.Control]:
    request = panel.newest
    if request is None or request.change is None:
        return []
    return [
        Offered(
            request.change, request.difference_minor, panel.order.currency, panel.role, zone, now, asked=True
        )
    ]
