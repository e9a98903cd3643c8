"""The inbox: what other systems tell comes in, where it is signed, fresh and small enough."""

import json
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from app.shop.actions.tries import count_try
from app.shop.hooks.orders import push_orders
from app.shop.hooks.payments import Payment, payment_of, push_payment
from app.shop.hooks.sources import Source, source_with_secret
from app.shop.rules.errors import Changed, Invalid, NotFound, Refused, ShopError, StoreTrouble
from app.shop.rules.webhooks import ID_LONGEST, TOLERANCE_MS, is_signed, secret_of
from app.ui.desk import Desk
from app.ui.texts import problem

LARGEST = 1 << 20
"""Bytes of a message."""
PAYMENT = "payment.captured"
"""What a message calls itself that tells of a payment; all others are orders."""
_NOBODY = secret_of("", "")
"""Compared with where there is no such source, so that an answer takes as long."""
_STATUS: tuple[tuple[type[ShopError], int], ...] = (
    (StoreTrouble, 503),
    (Changed, 503),
    (NotFound, 404),
    (Refused, 409),
    (Invalid, 422),
)


class _No(Exception):
    """What came is not taken."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


def hooks(desk: Callable[[], Awaitable[Desk]]) -> ASGIApp:
    """The app that takes messages at `/in/<id of a source>`."""

    async def take(request: Request) -> Response:
        try:
            return await _taken(await desk(), request)
        except _No as no:
            return _problem(no.status, ShopError(no.code))
        except ShopError as error:
            status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
            if seconds := error.facts.get("seconds"):
                return _problem(429, error, wait=int(seconds))
            return _problem(status, error, wait=2 if status == 503 else 0)
        except ClientDisconnect:
            return _problem(400, ShopError("hook_cut_off"))

    missing = _problem(404, ShopError("missing"))
    return Router([Route("/in/{source}", take, methods=["POST"])], default=missing)


async def _taken(desk: Desk, request: Request) -> Response:
    body = await _body(request)
    source, message = await _sender(desk, request, body)
    payment = _payment(body)
    if payment is None:
        done = await desk.act(lambda shop: push_orders(shop, source, message, body))
    else:
        done = await desk.act(lambda shop: push_payment(shop, source, message, payment))
    # What waits for its order is taken, and nothing is done with it yet.
    return JSONResponse(done.answer, 200 if done.answer.get("booked", True) else 202)


async def _body(request: Request) -> bytes:
    told = request.headers.get("content-length", "0")
    if not told.isdecimal() or len(told) > 12:
        raise _No(400, "hook_body_unknown")
    if int(told) > LARGEST:
        raise _No(413, "hook_body_too_large")
    body = bytearray()
    async for some in request.stream():
        body += some
        if len(body) > LARGEST:
            raise _No(413, "hook_body_too_large")
    return bytes(body)


async def _sender(desk: Desk, request: Request, body: bytes) -> tuple[Source, str]:
    """Who speaks, and what the message is called; raises _No where that is not proven."""
    message, told, signed = (
        request.headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")
    )
    one = request.path_params["source"]
    number = int(one) if one.isascii() and one.isdecimal() and len(one) < 20 else 0
    found = await desk.look(lambda shop: source_with_secret(shop, number))
    secret = found[1] if found else _NOBODY
    usable = (
        *(0 < len(message) <= ID_LONGEST, message.isascii(), message.isprintable()),
        *(told.isascii(), told.isdecimal(), len(told) < 13),
    )
    at = int(told) if all(usable) else 0
    # An answer tells nobody whether it was the source, the secret or the signature.
    if (
        not is_signed(secret, message if all(usable) else "", at, body, signed)
        or not found
        or not all(usable)
    ):
        # Whoever tries signatures has to wait as one does who tries passwords.
        address = request.client.host if request.client else ""
        await desk.look(lambda shop: count_try(shop, address))
        raise _No(401, "hook_not_signed")
    if abs(desk.now() - at * 1000) > TOLERANCE_MS:
        raise _No(401, "hook_stale")
    return found[0], message


def _payment(body: bytes) -> Payment | None:
    """The payment that a message tells of; None for orders. Raises Invalid."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return (
            None  # lines of JSON are none themselves, and what else it may be is told where orders are read
        )
    if isinstance(told, dict) and told.get("type") == PAYMENT:
        return payment_of(told.get("data"))
    return None


def _problem(status: int, error: ShopError, *, wait: int = 0) -> Response:
    """What went wrong, as RFC 9457 has it, and after how many seconds it may be tried again."""
    headers = {"retry-after": str(wait)} if wait else {}
    body = {"type": "about:blank", "title": problem(error), "status": status, "code": error.code}
    return JSONResponse(body, status, headers, media_type="application/problem+json")
