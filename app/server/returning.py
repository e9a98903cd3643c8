"""What a browser gets that comes back: the page it had, each control of it marked as another one.

Flet's client asks of each control whether it is still the same, and two that hold the same make it ask that
of all they hold, twice per level: at twenty levels it stands still for minutes. Those it finds equal it goes
on watching in their old form, and shows no change of them any more. And a dialog that stands open it would
open once more, on top of the one that nobody could close then (all of Flet 1.0.5).
"""

from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

import msgpack  # type: ignore[import-untyped]

PACKET, REGISTERED = 0, 1
"""How Flet marks a frame that holds a message, and the message that asks for a whole page and brings it."""
MARK = "_r"

_marks = count()

Message = dict[str, Any]


class Returning:
    """The `receive` and `send` of one connection: it begins with who asks for a page, and the whole of it."""

    def __init__(
        self, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        self._receive, self._send = receive, send
        self._asked = self._told = self._shown = False

    async def receive(self) -> Message:
        """The next message from the browser; the first one says whether it shows a page of ours."""
        message = await self._receive()
        if message.get("bytes") and not self._asked:
            self._asked = True
            self._shown = _shows(message["bytes"])
        return message

    async def send(self, message: Message) -> None:
        """Send a message to the browser; the first one is the whole page."""
        if message.get("bytes") and not self._told:
            self._told = True
            message = message | {"bytes": marked(message["bytes"], shown=self._shown)}
        await self._send(message)


def _shows(frame: bytes) -> bool:
    """Whether who asks for a page has one: it then says what it has got of its window."""
    try:
        _, body = msgpack.unpackb(frame[1:], strict_map_key=False)
        return MARK in body["page"]["window"]
    except (ValueError, TypeError, KeyError):
        return False


def marked(frame: bytes, *, shown: bool) -> bytes:
    """`frame`; a whole page with a mark that none had before. `shown`: the browser has it open already."""
    if frame[0] != PACKET:
        return frame
    action, body = msgpack.unpackb(frame[1:], strict_map_key=False)
    if action != REGISTERED:
        return frame
    page = body["page_patch"]
    if shown:
        page["_dialogs"] = _left_alone(page.get("_dialogs", {}))
    body["page_patch"] = _mark(page, {MARK: next(_marks)})
    return bytes([PACKET]) + bytes(msgpack.packb([action, body]))


def _left_alone(dialogs: Message) -> Message:
    """What is open stays: what is not named the client keeps. Where nothing is open, nothing stays."""
    others = {name: one for name, one in dialogs.items() if name != "controls"}
    return others if dialogs.get("controls") else others | {"controls": []}


def _mark(value: Any, front: Message) -> Any:
    if isinstance(value, list):
        return [_mark(one, front) for one in value]
    if not isinstance(value, dict):
        return value
    inner = {name: _mark(one, front) for name, one in value.items()}
    # In front: the client compares in the order in which it got them, and ends at the first that differs.
    return front | inner if "_c" in value else inner
