"""Asking an ASGI app in its own process, as a server would ask it."""

import asyncio
from typing import Any, NamedTuple

from starlette.types import Message


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


async def ask(
    app: Any, path: str, method: str = "GET", *, client: str = "127.0.0.1", **headers: str
) -> Answer:
    """What `app` answers one request of `client`; a `_` in the name of a header is a dash."""
    sent: list[Message] = []
    asked = asyncio.Event()
    named = {name.replace("_", "-"): value for name, value in ({"host": "shop.example"} | headers).items()}
    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "http_version": "1.1",
        "client": (client, 50_000),
        "server": ("shop.example", 80),
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }

    async def receive() -> Message:
        if asked.is_set():
            await asyncio.Event().wait()  # who asked stays
        asked.set()
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], head, b"".join(one.get("body", b"") for one in sent[1:]))
