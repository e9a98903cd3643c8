"""Programs: who asks over HTTP, each with a token of their own, through the whole ASGI app."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.server.api.app import api
from app.server.door import App
from app.shop.actions.api_tokens import make_token
from app.shop.rules.accounts import API_RATE, Rate, Scope
from app.shop.shop import Actor, Shop
from app.ui.desk import Desk
from app.ui.live import Windows
from app.ui.unsent import Unsent

BASE = "/api/v1"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a problem; fails where it is none that is told as one."""
        assert self.headers["content-type"] == "application/problem+json"
        assert self.json["status"] == self.status
        assert self.json["title"]
        return str(self.json["code"])


class Noting(Windows):
    """The windows of a process, and whose were told to look again."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[frozenset[int]] = []

    def tell(self, people: Collection[int], shop: int | None = None, *, staff: bool = False) -> None:
        """Tell them, and note it."""
        super().tell(people, shop, staff=staff)
        self.told.append(frozenset(people))


@dataclass
class Programs:
    """Those of one process. `address` is where they ask from."""

    shop: Shop
    desk: Desk
    app: App
    told: list[frozenset[int]]
    address: str = "192.0.2.1"
    tokens: dict[Actor, str] = field(default_factory=dict)

    def token(self, actor: Actor, scopes: Iterable[Scope] = Scope) -> str:
        """A new token of `actor`, for everything unless told otherwise."""
        return make_token(self.shop, actor, "a program", frozenset(scopes)).token

    async def ask(
        self, verb: str, path: str, actor: Actor | str | None, given: Any = None, /, **headers: str
    ) -> Answer:
        """A request of `actor` (or with a token), with JSON or bytes; `key` is its Idempotency-Key."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if "key" in told:
            told["idempotency-key"] = told.pop("key")
        if isinstance(actor, Actor):
            if actor not in self.tokens:
                self.tokens[actor] = self.token(actor)
            actor = self.tokens[actor]
        if actor is not None:
            told["authorization"] = f"Bearer {actor}"
        body = given if isinstance(given, bytes) else b"" if given is None else json.dumps(given).encode()
        if given is not None and not isinstance(given, bytes):
            told.setdefault("content-type", "application/json")
        if body:
            told.setdefault("content-length", str(len(body)))
        return await asked(self.app, verb, path, told, [body], self.address)

    async def get(self, path: str, actor: Actor | str | None, /, **headers: str) -> Answer:
        """A request that reads."""
        return await self.ask("GET", path, actor, **headers)

    async def post(
        self, path: str, actor: Actor | str | None, given: Any = None, /, **headers: str
    ) -> Answer:
        """A request that does something."""
        return await self.ask("POST", path, actor, given, **headers)

    def close(self) -> None:
        """Let go of it all."""
        self.desk.close()


async def asked(
    app: App, verb: str, path: str, headers: Mapping[str, str], body: list[bytes], address: str = "192.0.2.1"
) -> Answer:
    """One request to an ASGI app, its body in pieces."""
    path, _, query = path.partition("?")
    pieces = [{"type": "http.request", "body": one, "more_body": True} for one in body[:-1]]
    pieces.append({"type": "http.request", "body": body[-1], "more_body": False})
    scope = {
        "type": "http",
        "method": verb,
        "path": path if path.startswith("/api") else BASE + path,
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()],
        "client": (address, 1),
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return pieces.pop(0) if pieces else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *rest = sent
    told = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
    return Answer(start["status"], told, b"".join(one["body"] for one in rest))


@contextmanager
def programs(shop: Shop, folder: Path, rate: Rate = API_RATE) -> Iterator[Programs]:
    """Programs over a shop, which is closed at the end."""
    windows = Noting()
    desk = Desk(shop, windows, Unsent(folder), guarded=True)

    async def at_desk() -> Desk:
        return desk

    served = Programs(shop, desk, api(at_desk, rate), windows.told)
    try:
        yield served
    finally:
        served.close()
