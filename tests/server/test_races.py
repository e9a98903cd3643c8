"""Who want different things of one order at one moment, in windows and over HTTP, by two processes: one wins.

And nothing that was said to be done is lost where a process is killed meanwhile.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from functools import partial
from itertools import count
from pathlib import Path

import httpx

from app.clock import wall_clock
from app.shop.actions.api_tokens import make_token
from app.shop.actions.pay import pay
from app.shop.check import check
from app.shop.rules.accounts import Scope
from app.shop.shop import GATEWAY, Shop
from app.shop.store import open_shop
from app.ui import routes
from tests.actions.steps import IDS, MAI, SARI, ask, fresh, place, rows, run
from tests.people import stock
from tests.served import Servers
from tests.server.examples import BODIES
from tests.server.test_live import signed_in
from tests.visitor import Visitor

RACES, PROMISED = 24, 10_000
KILLS, KILLS_PROMISED = 1, 50
AT_ONCE = 8
"""How many are under way at one time."""
EVENTS = "SELECT count(*) FROM events WHERE order_number = :number AND action = :action"
PATHS = {
    "cancel_order": "cancel",
    "charge": "charge",
    "cancel_and_refund": "cancel-and-refund",
    "withdraw": "withdraw",
    "decline": "decline",
}
_keys = count()


def stocked(url: str) -> Shop:
    """A store with people and goods, and enough of those."""
    shop = open_shop(url, wall_clock)
    stock(shop)
    run(shop, "UPDATE balances SET taken_in = taken_in + 100000, free = free + 100000 WHERE kind = 'STOCK'")
    return shop


class Programs:
    """Mai's and Sari's, that ask now this process, now that."""

    def __init__(self, shop: Shop, served: Servers, http: httpx.AsyncClient) -> None:
        scopes = (Scope.ORDERS_READ, Scope.ORDERS_WRITE, Scope.SELLER_WRITE)
        self._tokens = {
            who: make_token(shop, actor, "", scopes).token for who, actor in (("mai", MAI), ("sari", SARI))
        }
        self._served, self._http = served, http
        self._turn = count()
        self.unanswered = 0

    async def ask(self, who: str, what: str, number: int, key: str = "") -> int:
        """The status that is answered to what `who` wants of an order."""
        port = self._served.ports[next(self._turn) % len(self._served.ports)]
        headers = {
            "authorization": f"Bearer {self._tokens[who]}",
            "idempotency-key": key or f"race-{next(_keys)}",
        }
        address = f"http://127.0.0.1:{port}/api/v1/orders/{number}/{PATHS[what]}"
        try:
            answer = await self._http.post(address, headers=headers, json=BODIES.get(what, {}))
        except httpx.ReadError:  # who got no answer asks again with the same key, as programs are told to
            self.unanswered += 1
            answer = await self._http.post(address, headers=headers, json=BODIES.get(what, {}))
        return answer.status_code


def asking() -> httpx.AsyncClient:
    """What programs ask with: it leaves an idle connection before the server does, which is after 5 s."""
    return httpx.AsyncClient(timeout=60, limits=httpx.Limits(keepalive_expiry=2))


async def of_unpaid(shop: Shop, programs: Programs) -> None:
    """Its buyer cancels it twice and pays it, its shop cancels it."""
    number = place(shop, (IDS.cream, 1))
    first, paid, second, seller = await asyncio.gather(
        programs.ask("mai", "cancel_order", number),
        programs.ask("mai", "charge", number),
        programs.ask("mai", "cancel_order", number),
        programs.ask("sari", "cancel_order", number),
    )
    cancels = [first, second, seller].count(200)
    assert {first, paid, second, seller} <= {200, 409, 422}
    assert cancels <= 1
    assert rows(shop, EVENTS, number=number, action="cancel") == [(cancels,)]
    assert cancels or paid == 200


async def of_asked(shop: Shop, programs: Programs) -> None:
    """Its shop approves and declines, its buyer withdraws."""
    number = place(shop, (IDS.cream, 1))
    pay(shop, GATEWAY, number, key=fresh())
    ask(shop, number)
    told = await asyncio.gather(
        programs.ask("sari", "cancel_and_refund", number),
        programs.ask("mai", "withdraw", number),
        programs.ask("sari", "decline", number),
    )
    assert told.count(200) == 1
    assert set(told) <= {200, 409, 422}


Pair = tuple[Visitor, Visitor]
"""A window of Mai's, and one of Sari's."""


@asynccontextmanager
async def windows_of(shop: Shop, served: Servers) -> AsyncIterator[asyncio.Queue[Pair]]:
    """As many of each as races are under way at one time, now of this process, now of that."""
    signed = [signed_in(shop, one.id, 1)[0].kept for one in (MAI, SARI)]
    ports, turn = served.ports, count()
    pairs: asyncio.Queue[Pair] = asyncio.Queue()
    windows: list[Visitor] = []
    try:
        for _ in range(AT_ONCE):
            mai, sari = [Visitor(kept) for kept in signed]
            for one in (mai, sari):
                windows.append(one)
                await one.come(f"ws://127.0.0.1:{ports[next(turn) % len(ports)]}", routes.PROFILE)
                await one.sees("menu")
            next(turn)  # of every other pair both are of one process
            pairs.put_nowait((mai, sari))
        yield pairs
    finally:
        for one in windows:
            await one.leave()


async def in_windows(shop: Shop, programs: Programs, pairs: asyncio.Queue[Pair]) -> None:
    """Its buyer withdraws in a window, its shop approves in another, and a program of the shop's declines."""
    number = place(shop, (IDS.cream, 1))
    pay(shop, GATEWAY, number, key=fresh())
    ask(shop, number)
    mai, sari = await pairs.get()
    await mai.go(routes.order(number))
    await sari.go(routes.seller(number=number))
    await sari.tap(await sari.sees("cancel-and-refund"))
    await sari.sees("submit")
    await mai.sees("withdraw")
    *_, declined = await asyncio.gather(
        mai.tap("withdraw"), sari.tap("submit"), programs.ask("sari", "decline", number)
    )
    await mai.misses("withdraw")
    await sari.misses("cancel-and-refund")
    assert (mai.crashed, sari.crashed) == ("", "")
    pairs.put_nowait((mai, sari))
    ended = [
        rows(shop, EVENTS, number=number, action=one)[0][0]
        for one in ("withdraw", "cancel_and_refund", "decline")
    ]
    assert sum(ended) == 1
    assert declined in ((200,) if ended[2] else (409, 422))


async def at_once(how_many: int, one: Callable[[int], Awaitable[None]]) -> None:
    """So many, a few at one time."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def gated(n: int) -> None:
        async with gate:
            await one(n)

    await asyncio.gather(*map(gated, range(how_many)))


async def test_one_wins_each_race_and_every_book_is_right(url: str, tmp_path: Path, full: bool) -> None:
    with (
        closing(stocked(url)) as shop,
        closing(Servers(url, tmp_path, 2, TAKEBACK_API_RATE="100000")) as served,
    ):
        # In this order: who gets a password has no token any more.
        async with windows_of(shop, served) as pairs, asking() as http:
            programs = Programs(shop, served, http)
            races = (
                partial(of_unpaid, shop, programs),
                partial(of_asked, shop, programs),
                partial(in_windows, shop, programs, pairs),
            )
            await at_once(PROMISED if full else RACES, lambda n: races[n % 3]())
            assert programs.unanswered <= PROMISED / 1000
        assert check(shop).sound


async def test_what_was_done_is_done_where_a_process_is_killed(url: str, tmp_path: Path, full: bool) -> None:
    with (
        closing(stocked(url)) as shop,
        closing(Servers(url, tmp_path, 2, TAKEBACK_API_RATE="100000")) as served,
    ):
        async with asking() as http:
            programs = Programs(shop, served, http)
            said: list[int] = []
            ending = asyncio.Event()

            async def cancel(n: int) -> None:
                while not ending.is_set():
                    number = place(shop, (IDS.cream, 1))
                    key = f"kill-{n}-{number}"
                    status = 0
                    while status != 200:  # whoever got no answer asks again, with the same key
                        with suppress(httpx.TransportError):
                            status = await programs.ask("mai", "cancel_order", number, key)
                        assert status in (0, 200, 503), status
                        await asyncio.sleep(0.01)
                    said.append(number)

            working = [asyncio.create_task(cancel(n)) for n in range(AT_ONCE)]
            for n in range(KILLS_PROMISED if full else KILLS):
                before = len(said)
                await asyncio.to_thread(served.kill, n % 2)
                while len(said) < before + AT_ONCE:
                    await asyncio.sleep(0.01)
                    for task in working:
                        if task.done():
                            task.result()
            ending.set()
            await asyncio.gather(*working)
        assert said
        for number in said:
            assert rows(shop, EVENTS, number=number, action="cancel") == [(1,)]
        assert check(shop).sound
