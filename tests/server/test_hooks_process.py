"""Webhooks of the app as it is served: processes of their own, which end without a word."""

import asyncio
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import httpx

from app.clock import wall_clock
from app.shop.hooks.addresses import add_hook
from app.shop.hooks.sources import add_source
from app.shop.rules.webhooks import LEASE_MS
from app.shop.shop import SYSTEM, Shop
from app.shop.store import open_shop
from tests.actions.steps import IDS, fresh, place, plenty, rows
from tests.browser import TAKEBACK, environment
from tests.people import stock
from tests.receiver import answered, receiving, signed
from tests.server.test_hooks_in import payment

KOPI = "kopi-house"
_ADDRESS = re.compile(r"http://\S+?:\d+")


class Served(subprocess.Popen[str]):
    """`takeback serve` as a process of its own, once it tells its `address`."""

    def __init__(self, data: Path, url: str) -> None:
        settings = {"TAKEBACK_DATABASE": url, "TAKEBACK_HOOKS_PRIVATE": "yes", "TAKEBACK_CACHE": str(data)}
        super().__init__(
            [*TAKEBACK, "serve", "--port", "0"],
            env=environment(data) | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.stdout is not None
        self.address = next(found.group() for line in self.stdout if (found := _ADDRESS.search(line)))


@contextmanager
def served(data: Path, url: str, count: int = 1) -> Iterator[list[Served]]:
    """So many of them over one store, ended at the end."""
    with ExitStack() as ends:
        every = []
        for _ in range(count):
            one = ends.enter_context(Served(data, url))
            ends.callback(one.kill)
            every.append(one)
        yield every


@contextmanager
def stocked(url: str) -> Iterator[Shop]:
    """A shop with people and goods in it, at the time it is."""
    with closing(open_shop(url, wall_clock)) as shop:
        stock(shop)
        plenty(shop)
        yield shop


async def test_what_a_killed_process_had_not_told_is_told_by_the_next(
    sqlite_url: str, tmp_path: Path, full: bool
) -> None:
    with stocked(sqlite_url) as shop:
        async with receiving() as system:
            secret = add_hook(shop, SYSTEM, KOPI, system.url, private=True).secret
            with served(tmp_path, sqlite_url) as (one,):
                system.answer = lambda _: b""  # it hears, and nobody learns that it did
                held = place(shop)
                await system.come(1, within=20)
                os.kill(one.pid, signal.SIGKILL)
            numbers = [place(shop) for _ in range(3)]
            system.answer = lambda _: answered()
            with served(tmp_path, sqlite_url):
                await system.come(4, within=20)
                if full:  # for half a minute the first could still have said that it arrived
                    await system.come(5, within=LEASE_MS / 1000 + 10)
        ids = [one.id for one in system.got]
        assert set(ids) == {f"event_{number}_0" for number in (held, *numbers)}
        assert len(ids) == 4 + full
        assert all(one.is_signed(secret) for one in system.got)


async def test_two_processes_take_what_is_pushed_and_tell_each_event_once(
    postgres_url: str, tmp_path: Path
) -> None:
    with stocked(postgres_url) as shop:
        source = add_source(shop, SYSTEM, KOPI)
        numbers = [place(shop, (IDS.cream, 1)) for _ in range(10)]
        async with receiving() as system, httpx.AsyncClient(timeout=20) as http:
            add_hook(shop, SYSTEM, KOPI, system.url, private=True)
            with served(tmp_path, postgres_url, 2) as processes:

                async def push(n: int, number: int) -> int:
                    body, message = (
                        json.dumps(payment(str(number), reference=f"ch_{number}")).encode(),
                        fresh(),
                    )
                    at = int(time.time())
                    headers = {
                        "webhook-id": message,
                        "webhook-timestamp": str(at),
                        "webhook-signature": signed(source.secret, message, at, body),
                    }
                    to = f"{processes[n % 2].address}/hooks/in/{source.id}"
                    return (await http.post(to, content=body, headers=headers)).status_code

                # Each is pushed to both at once.
                twice = [push(n, number) for number in numbers for n in (0, 1)]
                assert set(await asyncio.gather(*twice)) == {200}
                await system.come(len(numbers), within=20)
                await asyncio.sleep(0.5)
        assert sorted(one.id for one in system.got) == sorted(f"event_{number}_1" for number in numbers)
        assert rows(shop, "SELECT state, count(*) FROM payments GROUP BY state") == [("CAPTURED", 10)]
        assert rows(shop, "SELECT count(*) FROM refunds") == [(0,)]
