"""Each request and connection under an id, counted and noted; what nobody expected ends in a code.

Interfaces leave that to it: they catch only what they expect.
"""

import logging
import re
import secrets
import time

from app.log import begin, note
from app.server.api.answers import send_answer, told, written
from app.server.api.problems import Problem
from app.server.body import TooSlow, in_time
from app.server.door import App, Message, Receive, Send
from app.server.metrics import Metrics

log = logging.getLogger("takeback")

ID = b"x-request-id"
_GOOD = re.compile(r"[A-Za-z0-9._:-]{1,64}")
"""What is taken over of an id that was given before."""
_CLOSED_BY_US = 1011
_INTERFACES = frozenset({"api", "hooks"})
"""Where programs ask."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Requests:
    """An ASGI app around all others."""

    def __init__(self, app: App, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request or connection; or the server's own life, which has no id."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(ID, b"").decode("latin-1")
        one = _Request(given if _GOOD.fullmatch(given) else secrets.token_hex(8), send)
        begin(request=one.id)
        try:
            await self._app(scope, in_time(receive) if scope["type"] == "http" else receive, one.send)
        except TooSlow:
            # Closed at once, what is on its way would keep the answer from arriving: `patience` ends it.
            await one.fail(scope, Problem(408, "body_too_slow"))
        except Exception:
            await one.fail(scope, Problem(500, "unexpected_coded", {"reference": note("a request failed")}))
        finally:
            self._note(scope, one)

    def _note(self, scope: Message, one: "_Request") -> None:
        seconds = time.perf_counter() - one.began
        route = _route(scope["path"])
        if scope["type"] == "http":
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._metrics.requests.labels(method, route, one.status).inc()
            self._metrics.request_seconds.labels(route).observe(seconds)
            facts = {"method": method, "route": route, "status": one.status}
        else:
            facts = {"route": route}
        level = logging.DEBUG if route in {"client", "watch"} else logging.INFO
        log.log(level, "%s ended", scope["type"], extra={"facts": facts | {"ms": round(seconds * 1000, 1)}})


class _Request:
    def __init__(self, name: str, send: Send) -> None:
        self.id = name
        self.began = time.perf_counter()
        self.status = 0
        self._send = send
        self._accepted = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = message | {"headers": [*message.get("headers", ()), (ID, self.id.encode())]}
        self._accepted |= message["type"] == "websocket.accept"
        await self._send(message)

    async def fail(self, scope: Message, problem: Problem) -> None:
        """Tell who asked what went wrong, as far as there is still a way to."""
        if scope["type"] == "websocket":
            await self._send({"type": "websocket.close", "code": _CLOSED_BY_US})
        elif not self.status:
            answered = told if _route(scope["path"]) in _INTERFACES else written
            status, body, headers = answered(problem, dict(scope["headers"]))
            await send_answer(self.send, status, body, len(body), headers)


def _route(path: str) -> str:
    """What kind of address it is: addresses themselves tell of people, and there are endlessly many."""
    first = path.split("/", 2)[1]
    if first in {"healthz", "readyz", "metrics"}:
        return "watch"
    if first in {"client", "fonts", "goods", "drawings"}:
        return "client"
    return first if first in {"api", "hooks", "ws", "upload"} else "page"
