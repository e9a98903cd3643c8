"""Many people with live sockets, each tapping: `python -m tests.bench.people [PEOPLE SECONDS PROCESSES]`.

Server and people are on the same machine. Told are how long a tap takes until its first patch is there, the
longest stop of a server, and what a person costs in memory. `PEOPLE SECONDS PROCESSES again` waits ten more
minutes, and tells whether what they held is free for others.
"""

import asyncio
import gc
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import uvloop
from sqlalchemy import insert

from app.clock import wall_clock
from app.server.web import SESSION_SECONDS
from app.shop import tables as t
from app.shop.actions.sign_in import sign_in
from app.shop.demo import fill
from app.shop.passwords import hashed
from app.shop.store import open_shop
from app.ui.device import LANGUAGE, TOKEN
from tests.bench.first_load import bare
from tests.served import Servers, resident
from tests.visitor import Visitor

PEOPLE, SECONDS, PROCESSES = 1_000, 300.0, 4
EVERY = 10.0
"""Seconds between two taps of a person."""
WARM, SLOWLY = 60.0, 20.0
"""Seconds for which they tap more slowly, and nothing counts: a thousand who come in one minute are rare."""
AT_ONCE = 8
"""How many come in at one moment."""
BARE, FIRST = 105, 4
"""People of the bare app that memory is compared with; the first at each process pay for what all share."""
STOP = 0.05
"""Seconds between two questions whether a server still answers."""
EVICTED = 30.0
"""Seconds until whoever is not kept any more is gone, and their memory found."""
PASSWORD = "seven rivers run"
TABS = ("tab-to-ship", "tab-completed", "tab-cancelled")


def stocked(url: str, people: int) -> list[str]:
    """A store with so many buyers, each signed in: their tokens."""
    with closing(open_shop(url, wall_clock)) as shop:
        fill(shop, orders=people * 20, buyers=people, sellers=max(2, people // 50))
        kept = hashed(PASSWORD)
        rows = shop.place.connection().execute("SELECT DISTINCT buyer_id FROM orders").fetchall()
        ids = [row[0] for row in rows][:people]
        with shop.place.engine.begin() as connection:
            rows = [{"person_id": one, "password": kept, "set_at": 0, "ends_at": None} for one in ids]
            connection.execute(insert(t.Account), rows)
        names = dict(shop.place.connection().execute("SELECT id, handle FROM people").fetchall())
        return [
            str(sign_in(shop, names[one], PASSWORD, address=str(one), device="bench").token) for one in ids
        ]


async def crowd(
    ports: Sequence[int], tokens: Sequence[str], seconds: float, served: Servers, *, again: bool
) -> None:
    """Have everybody come, tap, and leave; `again`: once nobody is kept any more, come again."""
    taps: list[float] = []
    errors: list[str] = []
    gate = asyncio.Semaphore(AT_ONCE)

    async def come(token: str, port: int) -> Visitor:
        async with gate:
            visitor = Visitor({TOKEN: token, LANGUAGE: "en"})
            await visitor.come(f"ws://127.0.0.1:{port}", "/orders")
            await visitor.sees("order-")
            return visitor

    async def come_all(tokens: Sequence[str]) -> list[Visitor]:
        return await asyncio.gather(*(come(one, ports[n % len(ports)]) for n, one in enumerate(tokens)))

    start, first = time.perf_counter(), min(FIRST * len(ports), len(tokens) // 2)
    visitors = await come_all(tokens[:first])
    before = served.memory()
    visitors += await come_all(tokens[first:])
    held = served.memory()
    each, plain = (held - before) / (len(visitors) - first), await _bare_memory()
    print(f"{len(visitors)} people are in after {time.perf_counter() - start:.0f} s")
    print(f"memory       {each / 1e6:.2f} MB a person, bare {plain / 1e6:.2f} MB  {each / plain:.2f}x")
    begin = time.perf_counter() + WARM
    end = begin + seconds
    tapping = asyncio.gather(*(_taps(one, begin, end, taps, errors) for one in visitors))
    await asyncio.sleep(WARM)
    spent, mine = served.processor(), time.process_time()
    stops = [asyncio.create_task(_stops(one, end)) for one in visitors[: len(ports)]]
    await tapping
    longest = max(await asyncio.gather(*stops))
    used, mine = served.processor() - spent, time.process_time() - mine
    grown = (served.memory() - held) / len(visitors)
    taps.sort()
    told = (f"p{p} {taps[int(len(taps) * p / 100)] * 1000:.0f}" for p in (50, 95, 99))
    print(f"taps         {len(taps)}, {len(taps) / seconds:.0f}/s")
    print(f"errors       {len(errors)} {sorted(set(errors))[:9]}")
    print(f"tap to patch {', '.join(told)}, worst {taps[-1] * 1000:.0f} ms")
    print(f"longest stop {longest * 1000:.0f} ms")
    print(f"processor    server {used / len(taps) * 1000:.1f} ms a tap, {used / seconds:.2f} cores")
    print(f"             people {mine / seconds:.2f} cores")
    print(f"memory       {grown / 1e6:+.2f} MB a person by tapping, {(each + grown) / plain:.2f}x")
    await asyncio.gather(*(one.leave() for one in visitors))
    if again:
        await asyncio.sleep(SESSION_SECONDS + EVICTED)
        held = served.memory()
        visitors = await come_all(tokens)
        grown = (served.memory() - held) / len(visitors)
        print(f"memory       {grown / 1e6:+.2f} MB a person for as many who come once those are gone")
        await asyncio.gather(*(one.leave() for one in visitors))


async def _bare_memory() -> float:
    """Bytes a person of a bare Flet app."""
    with bare() as (process, address):
        visitors = [Visitor({}) for _ in range(BARE)]
        for n, one in enumerate(visitors):
            await one.come(address.replace("http", "ws"), "/")
            await one.sees("order-")
            if n == FIRST:
                before = resident(process)
        told = (resident(process) - before) / (BARE - FIRST - 1)
        await asyncio.gather(*(one.leave() for one in visitors))
    return told


async def _taps(visitor: Visitor, begin: float, end: float, taps: list[float], errors: list[str]) -> None:
    """Tap until `end`, however long each takes to be answered; those from `begin` on count."""
    steps = _journey(visitor)
    at = time.perf_counter() + random.uniform(0, SLOWLY)
    while at < end:
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        try:
            took = await anext(steps)
        except (TimeoutError, LookupError, StopAsyncIteration) as error:
            errors.append(f"{type(error).__name__} {error} {visitor.doing}")
            return
        if visitor.crashed:
            errors.append(visitor.crashed)
            return
        if at >= begin:
            taps.append(took)
        at += EVERY if at >= begin else SLOWLY


async def _journey(visitor: Visitor) -> Any:
    """What a person does, tap by tap: two tabs, all, an order and back; each is somewhere else in that."""
    tab = ""
    for step in count(random.choice((0, 1, 3))):
        match step % 5:
            case 0 | 1:
                tab = random.choice([one for one in TABS if one != tab])
                yield await visitor.tap(tab)
            case 2:
                yield await visitor.tap("tab-all")
            case 3:
                yield await visitor.tap(await visitor.sees("order-"))
            case _:
                yield await visitor.back()


async def _stops(visitor: Visitor, end: float) -> float:
    """The longest that a server did not answer (seconds), asked by pings, which cost next to nothing."""
    longest = 0.0
    while time.perf_counter() < end:
        longest = max(longest, await visitor.ping())
        await asyncio.sleep(STOP)
    return longest


def main(people: int = PEOPLE, seconds: float = SECONDS, processes: int = PROCESSES, again: str = "") -> None:
    """Print the figures."""
    gc.disable()  # a search through all that a thousand people see would count as a stop of the server
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("TAKEBACK_DATABASE") or f"sqlite:///{folder}/takeback.db"
        tokens = stocked(url, people)
        with closing(Servers(url, Path(folder), processes)) as served:
            uvloop.run(crowd(served.ports, tokens, seconds, served, again=again == "again"))


if __name__ == "__main__":
    main(*(kind(one) for kind, one in zip((int, float, int, str), sys.argv[1:], strict=False)))
