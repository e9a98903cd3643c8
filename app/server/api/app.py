"""The API: an ASGI app over the desk of the process, so that open windows are told of what programs do."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from app.server.api.bodies import MOST_JSON, MOST_PHOTO, body_of, check_kind, key_of, token_of
from app.server.api.calls import Answer, Call, Request, calls
from app.server.api.endpoints import ACTIONS, READS
from app.server.api.openapi import described
from app.server.api.problems import Headers, Problem, problem_of
from app.server.api.rates import Rates
from app.server.api.routes import BASE, Routes
from app.server.door import App, Message, Receive, Send
from app.shop.actions.api_tokens import show_token
from app.shop.rules.accounts import Rate
from app.shop.rules.errors import ShopError
from app.shop.shop import Shop
from app.ui.desk import Desk

log = logging.getLogger("takeback")

RATE = Rate(50, 200)
OPENAPI = f"{BASE}/openapi.json"
MOST_FIELDS = 100
_ALWAYS = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"vary", b"accept-language"),
]
_PICTURE = b"image/jpeg"
_JSON, _PROBLEM = (b"content-type", b"application/json"), (b"content-type", b"application/problem+json")


def api(desk: Callable[[], Awaitable[Desk]], rate: Rate = RATE) -> App:
    """The ASGI app of everything under `/api/v1`; `rate` is how fast one token may be used here."""
    made, components = calls((*READS, *ACTIONS))
    routes, rates = Routes(made), Rates(rate)
    page, mark = described(made, components)

    async def serve(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await _refuse_other(scope, receive, send)
            return
        headers = dict(scope["headers"])
        try:
            if scope["path"] == OPENAPI and scope["method"] in ("GET", "HEAD"):
                known = headers.get(b"if-none-match", b"") == mark
                cached = [
                    (b"etag", mark),
                    (b"cache-control", b"no-cache"),
                    (b"x-content-type-options", b"nosniff"),
                    _JSON,
                ]
                await _send(
                    send,
                    304 if known else 200,
                    b"" if known else page,
                    cached,
                    head=scope["method"] == "HEAD",
                )
                return
            answer, call, path = await _answered(await desk(), routes, rates, scope, headers, receive)
        except Problem as told:
            body = told.body(headers.get(b"accept-language", b"").decode("latin-1"))
            await _send(
                send, told.status, body, [_PROBLEM, *_ALWAYS, *told.headers], head=scope["method"] == "HEAD"
            )
            return
        await _send(
            send, 200, answer.body, _headers(answer, call, path, scope), head=scope["method"] == "HEAD"
        )

    return serve


async def _answered(
    desk: Desk, routes: Routes, rates: Rates, scope: Message, headers: dict[bytes, bytes], receive: Receive
) -> tuple[Answer, Call, str]:
    path = scope["path"]
    if not path.startswith(f"{BASE}/"):
        raise Problem(404, "missing")
    verb = "GET" if scope["method"] == "HEAD" else scope["method"]
    call, filled = routes.find(verb, path[len(BASE) :])
    token = token_of(headers)
    body = b""
    if not call.reads:
        check_kind(headers, photo=call.takes_bytes is not None)
        body = await body_of(headers, receive, MOST_PHOTO if call.takes_bytes else MOST_JSON)
    request = Request(filled, _query(scope["query_string"]), body, key_of(headers))
    run = partial(_run, call, request, token, rates, (scope.get("client") or ("",))[0])
    try:
        if call.reads:
            return await desk.look(run), call, path
        done = await desk.act(run)
        return call.answer(done, {}), call, path
    except ShopError as error:
        raise problem_of(error) from error
    except Problem:
        raise
    except Exception as error:
        log.exception("a request failed: %s %s", verb, call.endpoint.path)
        raise Problem(500, "unexpected") from error


def _run(call: Call, request: Request, token: str, rates: Rates, address: str, shop: Shop) -> Any:
    """All of a request that is not waiting, in one turn of one thread."""
    shown = show_token(shop, token, address=address)
    if call.endpoint.scope not in shown.scopes:
        challenge = f'Bearer realm="takeback", error="insufficient_scope", scope="{call.endpoint.scope}"'
        raise Problem(
            403,
            "scope_missing",
            {"scope": str(call.endpoint.scope)},
            [(b"www-authenticate", challenge.encode())],
        )
    rates.take(shown.id, shop.now())
    given = call.checked(request)
    found = call.run(shop, shown.actor, given)
    return call.answer(found, given) if call.reads else found


def _query(query: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    try:
        told = parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Problem(422, "request_unusable") from error
    for name, value in told:
        found.setdefault(name, []).append(value)
    return found


def _headers(answer: Answer, call: Call, path: str, scope: Message) -> Headers:
    kind = (b"content-type", _PICTURE) if call.result is bytes else _JSON
    if answer.further is None:
        return [kind, *_ALWAYS]
    query = [
        (name, value)
        for name, value in parse_qsl(scope["query_string"].decode("latin-1"))
        if name != call.cursor
    ]
    further = f"{quote(path)}?{urlencode([*query, (call.cursor, answer.further)])}"
    return [kind, *_ALWAYS, (b"link", f'<{further}>; rel="next"'.encode())]


async def _send(send: Send, status: int, body: bytes, headers: Headers, *, head: bool = False) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": b"" if head else body})


async def _refuse_other(scope: Message, receive: Receive, send: Send) -> None:
    """No connection is kept open here; that a server starts and ends is answered."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
