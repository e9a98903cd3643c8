"""Door: who may come in to the served page, and what every answer says about itself."""

from collections.abc import Awaitable, Callable, Collection
from typing import Any
from urllib.parse import urlsplit

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        b"microphone=(), midi=(), payment=(), serial=(), usb=()",
    ),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; style-src 'unsafe-inline'"),
)
"""What an answer says unless it says otherwise itself. An embedder policy is not among it: that would let the
client draw in a second thread, and in Flutter before 3.47 the two spoil each other's memory: letters are cut,
and a page may spin for ever."""
SECURE_ONLY = (b"strict-transport-security", b"max-age=31536000")


class Door:
    """An ASGI app around another: refuses strangers, and adds the usual headers."""

    def __init__(self, app: App, hosts: Collection[str] | None = None) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request, connection, or the server's own life."""
        if scope["type"] != "lifespan" and not self._welcome(scope):
            await _refuse(scope, send)
        elif scope["type"] == "http":
            await self._app(scope, receive, _answering(send, secure=scope["scheme"] == "https"))
        else:
            await self._app(scope, receive, send)

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


async def _refuse(scope: Message, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": 403, "headers": []})
    await send({"type": "http.response.body", "body": b"This address is not served here.\n"})


def _answering(send: Send, *, secure: bool) -> Send:
    """A `send` that adds our headers."""

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            said = [*message.get("headers", ())]
            names = {name.lower() for name, _ in said}
            ours = (*HEADERS, SECURE_ONLY) if secure else HEADERS
            message = message | {"headers": [*said, *(one for one in ours if one[0] not in names)]}
        await send(message)

    return answer
