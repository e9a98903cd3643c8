"""Door: who may come in to the served page, and what that page may load."""

import asyncio
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, Collection, Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from app.server.device import device_name
from app.server.returning import Returning
from app.ui.live import LINE, Line

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)

POLICY = (
    "default-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'; manifest-src 'self'; "
    "connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' 'wasm-unsafe-eval' blob:"
)
"""Everything comes from the page's own server. The client's engine writes style sheets and starts its
workers from blobs; scripts in the page itself are allowed one by one, by their hash."""

GOODBYE_SECONDS = 1
"""How long a connection that was closed may take to end."""

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_DROPPED = frozenset({b"access-control-allow-origin", b"server", b"cross-origin-embedder-policy"})
"""What Flet answers that is not for us. Its embedder policy would let the client draw in a second thread, and
in Flutter before 3.47 the two spoil each other's memory: letters are cut, and a page may spin for ever."""


class Door:
    """An ASGI app around Flet's: refuses strangers, adds the policy, and notes how a connection ends."""

    def __init__(self, app: App, hosts: Collection[str] | None = None) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request, connection, or the server's own life."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif not self._welcome(scope):
            await _refuse(scope, send)
        elif scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        else:
            await self._app(scope, receive, _Answer(send))

    def _welcome(self, scope: Message) -> bool:
        """Whether host and origin are ours: a browser says whom it asks, and for which page.

        Without that any page that is open in a browser on this machine could use the app on its loopback
        address, under a name of its own or by a connection across origins.
        """
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        if self._hosts is not None and urlsplit(f"//{host}").hostname not in self._hosts:
            return False
        origin = headers.get(b"origin")
        return origin is None or urlsplit(origin.decode("latin-1")).netloc == host

    async def _connect(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve a connection, and note with its `Line` how it ends."""
        line, left = _line(scope), asyncio.Event()
        LINE.set(line)
        returning = Returning(receive, send)

        async def noted() -> Message:
            message = await returning.receive()
            if message["type"] == "websocket.disconnect":
                line.code = message.get("code")
                left.set()
            return message

        # Flet waits for ever for the end of a connection that never said whose session it is.
        serving, leaving = (
            asyncio.ensure_future(self._app(scope, noted, returning.send)),
            asyncio.create_task(left.wait()),
        )
        await asyncio.wait([serving, leaving], return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait([serving], timeout=GOODBYE_SECONDS)
        leaving.cancel()
        if serving.done():
            serving.result()
        serving.cancel()


def _line(scope: Message) -> Line:
    agent = dict(scope["headers"]).get(b"user-agent", b"").decode("latin-1")
    return Line(address=(scope.get("client") or ("",))[0], device=device_name(agent))


async def _refuse(scope: Message, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": 403, "headers": []})
    await send({"type": "http.response.body", "body": b"This address is not served here.\n"})


class _Answer:
    """A `send` that adds our headers; a page is held back until the scripts in it are known."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._held: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message["headers"] if name.lower() not in _DROPPED]
            message = message | {"headers": [*kept, *HEADERS]}
            if dict(kept).get(b"content-type", b"").startswith(b"text/html") and message["status"] == 200:
                self._held = message
                return
        if self._held is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body"):
            # Kept by the browser, a page would meet the policy of another start.
            policy = f"{POLICY} {' '.join(hashes(self._body))}".encode()
            page = [(b"content-security-policy", policy), (b"cache-control", b"no-store")]
            await self._send(self._held | {"headers": [*self._held["headers"], *page]})
            await self._send({"type": "http.response.body", "body": self._body})


def hashes(page: bytes) -> Iterator[str]:
    """The source expression of each script that stands in `page` itself."""
    for script in _INLINE_SCRIPT.findall(page):
        yield f"'sha256-{b64encode(sha256(script).digest()).decode()}'"
