"""What a browser gets that comes back: the page it had, each control of it marked as another one.

Flet's client asks of each control whether it is still the same, and two that hold the same make it ask that
of all they hold, twice per level: at twenty levels it stands still for minutes. Those it finds equal it goes on
watching in their old form, and shows no change of them any more (Flet 1.0.5). A mark that differs ends both.
"""

from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

import msgpack  # type: ignore[import-untyped]

PACKET, REGISTERED = 0, 1
"""How Flet marks a frame that holds a message, and the message that brings a whole page."""
MARK = "_r"

_returns = count()


class Returning:
    """A `send` for one connection: it begins with the whole page, what follows are changes of it."""

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._send = send
        self._begun = False

    async def __call__(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send" and not self._begun:
            self._begun = True
            message = message | {"bytes": marked(message["bytes"])}
        await self._send(message)


def marked(frame: bytes) -> bytes:
    """`frame` as it is sent to the browser; a whole page with a mark that no page had before."""
    if not frame or frame[0] != PACKET:
        return frame
    action, body = msgpack.unpackb(frame[1:], strict_map_key=False)
    if action != REGISTERED:
        return frame
    return bytes([PACKET]) + bytes(msgpack.packb([action, _mark(body, next(_returns))]))


def _mark(value: Any, mark: int) -> Any:
    if isinstance(value, list):
        return [_mark(one, mark) for one in value]
    if not isinstance(value, dict):
        return value
    # In front: the client compares in the order in which it got them, and ends at the first that differs.
    front = {MARK: mark} if "_c" in value else {}
    return front | {name: _mark(one, mark) for name, one in value.items()}
