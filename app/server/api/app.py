"""The API: an ASGI app over the desk of the process, so that open windows are told of what programs do."""

from collections.abc import Awaitable, Callable
from functools import cache, partial
from typing import Any

from app.server.api.answers import found, page_of, refuse_other, send_answer, told
from app.server.api.bodies import MOST_JSON, MOST_PHOTO, body_of, check_kind, key_of, query_of, token_of
from app.server.api.calls import Answer, Call, Request, calls
from app.server.api.endpoints import ACTIONS, READS
from app.server.api.openapi import described
from app.server.api.problems import Headers, Problem, problem_of
from app.server.api.rates import Rates
from app.server.api.routes import BASE, Routes
from app.server.door import App, Message, Receive, Send
from app.shop.actions.api_tokens import show_token
from app.shop.rules.accounts import API_RATE, Rate
from app.shop.rules.errors import ShopError
from app.shop.shop import Shop
from app.ui.desk import Desk

OPENAPI = f"{BASE}/openapi.json"


def api(desk: Callable[[], Awaitable[Desk]], rate: Rate = API_RATE) -> App:
    """The ASGI app of everything under `/api/v1`; `rate` is how fast one token may be used."""
    return _Api(desk, Rates(rate))


@cache
def _offered() -> tuple[Routes, bytes, bytes]:
    """Every endpoint under its address, the OpenAPI, and its mark."""
    made, components = calls((*READS, *ACTIONS))
    return Routes(made), *described(made, components)


class _Api:
    def __init__(self, desk: Callable[[], Awaitable[Desk]], rates: Rates) -> None:
        self._desk, self._rates = desk, rates
        self._routes, self._page, self._mark = _offered()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request; a connection of another kind is closed."""
        if scope["type"] != "http":
            await refuse_other(scope, receive, send)
            return
        headers = dict(scope["headers"])
        try:
            if scope["path"] == OPENAPI and scope["method"] in ("GET", "HEAD"):
                status, body, more = page_of(self._page, self._mark, headers)
            else:
                status, body, more = await self._answer(scope, headers, receive)
        except Problem as problem:
            status, body, more = told(problem, headers)
        await send_answer(send, status, b"" if scope["method"] == "HEAD" else body, len(body), more)

    async def _answer(
        self, scope: Message, headers: dict[bytes, bytes], receive: Receive
    ) -> tuple[int, bytes, Headers]:
        path, verb = scope["path"], "GET" if scope["method"] == "HEAD" else scope["method"]
        if not path.startswith(f"{BASE}/"):
            raise Problem(404, "missing")
        call, filled = self._routes.find(verb, path[len(BASE) :])
        token, address = token_of(headers), (scope.get("client") or ("",))[0]
        try:
            desk = await self._desk()
            body = b""
            if call.takes_bytes:
                # Megabytes are taken from nobody who is unknown.
                await desk.look(partial(show_token, token=token, address=address))
            if not call.reads:
                check_kind(headers, photo=call.takes_bytes is not None)
                body = await body_of(headers, receive, MOST_PHOTO if call.takes_bytes else MOST_JSON)
            request = Request(filled, query_of(scope["query_string"]), body, key_of(headers))
            run = partial(self._run, call, request, token, address)
            if call.reads:
                answer: Answer = await desk.look(run)
            else:
                answer = call.answer(await desk.act(run), {})
        except ShopError as error:
            raise problem_of(error) from error
        return found(answer, call, scope)

    def _run(self, call: Call, request: Request, token: str, address: str, shop: Shop) -> Any:
        """All of a request that is not waiting, in one turn of one thread."""
        shown = show_token(shop, token, address=address)
        scope = call.endpoint.scope
        if scope not in shown.scopes:
            challenge = f'Bearer realm="takeback", error="insufficient_scope", scope="{scope}"'.encode()
            raise Problem(403, "scope_missing", {"scope": scope.value}, [(b"www-authenticate", challenge)])
        self._rates.take(shown.id, shop.now())
        given = call.checked(request)
        done = call.run(shop, shown.actor, given)
        return call.answer(done, given) if call.reads else done
