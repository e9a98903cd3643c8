"""The outbox: what happened goes out to the addresses that are to be told, within a second."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpcore

from app.log import note
from app.server.hooks.network import Forbidden, Outside
from app.shop.hooks.deliveries import Round, Told, go_round
from app.shop.hooks.messages import Message
from app.shop.hooks.payments import settle_waiting
from app.shop.hooks.sweeping import sweep
from app.shop.rules.errors import StoreTrouble
from app.shop.rules.webhooks import signature
from app.shop.shop import Shop
from app.ui.desk import Desk

log = logging.getLogger("takeback")

PAUSE = 0.2
"""Seconds between two looks at what is to be told."""
AFTER_TROUBLE = 2.0
BETWEEN_LOOKS = 5.0
"""Seconds between two looks whether a file brought an order that money waits for: a push looks itself."""
BETWEEN_SWEEPS = 600.0
PATIENCE = 10.0
"""Seconds that a receiver has for all of its answer."""
MOST = 200
"""Messages under way at once, whoever receives them."""
_ANSWER_READ = 1 << 14
"""Bytes of an answer that are read, so that its connection can be used again."""
_GONE, _ENOUGH = 410, {429, 503}


async def deliver(desk: Desk, *, private: bool = False) -> None:
    """Tell what happens for ever, and book what came before its order; `private`: also to this network.

    What is under way when it is cancelled is sent again by whoever comes next.
    """
    way = Outside(private=private)
    pool = httpcore.AsyncConnectionPool(
        max_connections=MOST, max_keepalive_connections=20, keepalive_expiry=30, network_backend=way
    )
    try:
        async with pool:
            await asyncio.gather(_tell(desk, pool), _look_after(desk))
    finally:
        way.close()


async def _tell(desk: Desk, pool: httpcore.AsyncConnectionPool) -> None:
    sending: set[asyncio.Task[Told]] = set()
    told: list[Told] = []
    busy: Counter[int] = Counter()
    try:
        while True:
            try:
                found = await desk.look(_round(tuple(told), dict(busy), MOST - len(sending)))
            except Exception as error:
                _say(error)
                await asyncio.sleep(AFTER_TROUBLE)
                continue
            told.clear()
            if found.people:
                desk.windows.tell(found.people)
            for message in found.messages:
                busy[message.hook] += 1
                sending.add(asyncio.create_task(_send(pool, message, desk.now())))
            done: set[asyncio.Task[Told]] = set()
            if sending:
                done, sending = await asyncio.wait(
                    sending, timeout=PAUSE, return_when=asyncio.FIRST_COMPLETED
                )
            else:
                await asyncio.sleep(PAUSE)
            told = [one.result() for one in done]
            busy.subtract(one.message.hook for one in told)
    finally:
        for task in sending:
            task.cancel()
        await asyncio.gather(*sending, return_exceptions=True)


def _round(told: tuple[Told, ...], busy: dict[int, int], most: int) -> Callable[[Shop], Round]:
    return lambda shop: go_round(shop, told, busy, most)


async def _look_after(desk: Desk) -> None:
    """Book money that came before its order, and forget what is old."""
    swept = 0.0
    clock = asyncio.get_running_loop().time
    while True:
        try:
            for done in await desk.look(settle_waiting):
                desk.windows.tell(done.people, done.shop, staff=done.staff)
            if not swept or clock() - swept > BETWEEN_SWEEPS:
                await desk.look(sweep)
                swept = clock()
        except Exception as error:
            _say(error)
        await asyncio.sleep(BETWEEN_LOOKS)


def _say(error: Exception) -> None:
    if isinstance(error, StoreTrouble):
        log.warning("webhooks wait: %s", error)
    else:
        note("a step of the webhooks failed", error=error)


async def _send(pool: httpcore.AsyncConnectionPool, message: Message, now: int) -> Told:
    """Send a message; how it went. What the address or the answer says is never logged."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await _answered(pool, message, now)
    except Forbidden:
        trouble = "address_forbidden"
    except (TimeoutError, httpcore.TimeoutException):
        trouble = "no_answer_in_time"
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError) as error:
        trouble = type(error).__name__
    except Exception as error:
        log.error("a message could not be sent: %s", type(error).__name__)  # noqa: TRY400  (it may name the address)
        trouble = "unexpected"
    return Told(message, trouble)


async def _answered(pool: httpcore.AsyncConnectionPool, message: Message, now: int) -> Told:
    at = now // 1000
    headers: dict[bytes | str, bytes | str] = {
        "content-type": "application/json",
        "user-agent": "Takeback",
        "webhook-id": message.id,
        "webhook-timestamp": str(at),
        "webhook-signature": signature(message.secret, message.id, at, message.body),
    }
    extensions: dict[str, Any] = {
        "timeout": {"connect": PATIENCE, "read": PATIENCE, "write": PATIENCE, "pool": PATIENCE}
    }
    async with pool.stream(
        "POST", message.url, headers=headers, content=message.body, extensions=extensions
    ) as answer:
        status = answer.status
        if 200 <= status < 300:
            with suppress(Exception):  # it has arrived, whatever else is said
                await _read_a_little(answer)
            return Told(message)
        return Told(message, f"status_{status}", gone=status == _GONE, wait_ms=_wait(status, answer.headers))


async def _read_a_little(answer: httpcore.Response) -> None:
    read = 0
    async with asyncio.timeout(1):
        async for some in answer.aiter_stream():
            read += len(some)
            if read > _ANSWER_READ:
                return


def _wait(status: int, headers: list[tuple[bytes, bytes]]) -> int:
    """How many ms the receiver wants to be left alone."""
    told = next((value for name, value in headers if name.lower() == b"retry-after"), b"")
    return int(told) * 1000 if status in _ENOUGH and told.isdigit() and len(told) < 8 else 0
