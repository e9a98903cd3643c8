"""One connection of a browser: its session with Flet, how long it may say nothing, and how it ends."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from flet.messaging import protocol
from flet_web.fastapi import FletApp  # type: ignore[import-untyped]
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.server.device import device_name
from app.server.door import App, Message, Receive, Send
from app.server.patience import MOST_OF_ONE, is_here
from app.server.returning import Returning
from app.ui.live import LINE, Line

# Flet writes out each message, with all that hangs on its controls, for a log that nobody reads (1.0.5): that
# took more time than everything else together.
protocol.Message.__repr__ = object.__repr__  # type: ignore[method-assign]

GOODBYE_SECONDS = 1
"""How long a connection that was closed may take to end."""
SILENT_SECONDS = 10
"""How long a connection may be without saying whose page it wants."""
_TAP = b"\0\x92\x03"
"""How a frame begins that tells of a tap: what Flet calls a control event."""

Tapped = Callable[[float], None]
"""Is told the seconds from a tap to what is drawn for it."""


def flet_app(new: Callable[[], FletApp]) -> App:
    """An ASGI app that has Flet serve each connection."""

    async def serve(scope: Message, receive: Receive, send: Send) -> None:
        await new().handle(WebSocket(scope, receive, cast("Any", send)))

    return serve


class Connections:
    """An ASGI app around Flet's: ends who says nothing, and notes with its `Line` how each one ends."""

    def __init__(self, app: App, tapped: Tapped = lambda _: None) -> None:
        self._app = app
        self._tapped = tapped
        self._of = Counter[str]()

    @property
    def open(self) -> int:
        """How many there are."""
        return self._of.total()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve a connection until it ends; none where one address has too many."""
        address = (scope.get("client") or ("",))[0]
        if self._of[address] >= MOST_OF_ONE and not is_here(address):
            await send({"type": "websocket.close", "code": 1013})
            return
        self._of[address] += 1
        try:
            await self._serve(scope, receive, send)
        finally:
            self._of[address] -= 1
            self._of += Counter()  # without those that have none

    async def _serve(self, scope: Message, receive: Receive, send: Send) -> None:
        line, left = _line(scope), asyncio.Event()
        LINE.set(line)
        returning = Returning(receive, send)
        spoken, tapped_at = False, 0.0

        async def noted() -> Message:
            nonlocal spoken, tapped_at
            message = await returning.receive()
            if message["type"] == "websocket.disconnect":
                line.code = message.get("code")
                left.set()
            elif frame := message.get("bytes"):
                spoken = True
                if frame.startswith(_TAP):
                    tapped_at = tapped_at or time.perf_counter()
            return message

        async def sent(message: Message) -> None:
            nonlocal tapped_at
            await returning.send(message)
            if tapped_at and message["type"] == "websocket.send":
                self._tapped(time.perf_counter() - tapped_at)
                tapped_at = 0.0

        # Flet waits for ever for the end of a connection that never said whose session it is.
        serving, leaving = (
            asyncio.ensure_future(self._app(scope, noted, sent)),
            asyncio.create_task(left.wait()),
        )
        done, _ = await asyncio.wait(
            [serving, leaving], timeout=SILENT_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if not done and spoken:
            await asyncio.wait([serving, leaving], return_when=asyncio.FIRST_COMPLETED)
        elif not done:
            await send({"type": "websocket.close", "code": 1008})
        await asyncio.wait([serving], timeout=GOODBYE_SECONDS)
        leaving.cancel()
        if serving.done():
            with suppress(WebSocketDisconnect):  # who left while something was on its way to them
                serving.result()
        serving.cancel()


def _line(scope: Message) -> Line:
    agent = dict(scope["headers"]).get(b"user-agent", b"").decode("latin-1")
    return Line(address=(scope.get("client") or ("",))[0], device=device_name(agent))
