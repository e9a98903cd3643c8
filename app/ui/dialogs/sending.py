"""Sending an answer: what became of it is told, also where its dialog was closed meanwhile."""

from collections.abc import Callable, Coroutine
from typing import Any

from app.ui.hooks import use_each
from app.ui.state import Answering, use_above, use_window_unwatched
from app.ui.texts import t

Send = Callable[..., Coroutine[Any, Any, str]]


def use_sending(draft: Answering) -> tuple[Send, bool]:
    """How to send an answer, and whether one is being sent: one at a time in a window.

    `await send(action, *args)` answers what is to be said in the dialog; nothing where all is told already.
    What became of several is kept in the draft, and its dialog comes again where it was closed.
    """
    window, above, each = use_window_unwatched(), use_above(), use_each()

    async def send(action: Callable[..., Any], *args: Any) -> str:
        if above.sending is not None:
            return ""
        above.sending = draft
        try:
            refused = await each(action, draft.keys, *args, seen=draft.seen)
            if len(draft.keys) > 1:
                draft.refused = refused
        finally:
            above.sending = None
        if len(draft.keys) > 1:
            return several(refused)
        why = next(iter(refused.values()), "")
        if why and above.draft is draft:
            return why
        above.close(draft)
        window.say(why or t(f"answered.{draft.answer}"))
        return ""

    def several(refused: dict[int, str]) -> str:
        if above.draft is None:
            above.draft = draft
        elif above.draft is not draft:
            done = len(draft.keys) - len(refused)
            told = [t("requests_done", count=done)] if done else []
            told += [t("requests_refused", count=len(refused)), *refused.values()] if refused else []
            window.say(" ".join(told))
        return ""

    return send, above.sending is not None
