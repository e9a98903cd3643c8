"""What a screen reader says by itself while a thread is open: what the others wrote since."""

from typing import Any

import flet as ft

from app.shop.reads.talk import Conversation, MessageRow
from app.ui.parts.thread import name_of
from app.ui.texts import t


@ft.component
def _Heard(thread: Conversation) -> ft.Control:
    """Reads out each message of somebody else as it comes; what stood there before is not read.

    Not by the messages themselves: at each new one the client makes all of the list anew (Flet 1.0.5), and
    those before it would be read again.
    """
    heard = ft.use_ref(thread.last)

    def news() -> str:
        before, heard.current = heard.current or 0, thread.last
        said = [entry for entry in thread.entries if isinstance(entry, MessageRow) and entry.n > before]
        return "\n".join(_sentence(thread, entry) for entry in said if not entry.mine)

    words = ft.use_memo(news, [thread.last])
    room = ft.Container(height=1)  # what takes none is not there for a screen reader
    told = ft.Semantics(live_region=True, container=True, label=words, content=room, key=thread.last)
    return ft.Container(told if words else room)


def _sentence(thread: Conversation, message: MessageRow) -> str:
    code = "notice.message_from" if message.text else "notice.photo_from"
    return t(code, sender=name_of(thread, message.role), said=message.text)


_memo: Any = ft.memo
Heard = _memo(_Heard)
