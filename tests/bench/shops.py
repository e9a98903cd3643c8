"""A shop with few orders and with many: `uv run python -m tests.bench.shops [--orders N] [--times N]`.

Its insights and its queue must take no longer with a million orders than one and a half times as long as with
ten thousand, though they are of the same shops.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import text

from app.clock import wall_clock
from app.main import Process
from app.settings import Settings
from app.shop.demo import fill
from app.shop.reads.insights import insights
from app.shop.reads.insights_file import Plot
from app.shop.reads.queue import queue_counts, tasks_of
from app.shop.rules.policy import DAY
from app.shop.rules.requests import Queue
from app.shop.rules.tallies import RANGES
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from app.shop.store import open_shop
from app.ui import routes
from tests.headless import Phone

TIMES = 15
_ASKED = """SELECT m.person_id FROM requests q JOIN members m ON m.shop_id = q.shop_id
    WHERE q.queue = 'to-answer' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"""
_BUSIEST = """SELECT s.handle, m.person_id FROM shops s JOIN members m ON m.shop_id = s.id
    JOIN tallies y ON y.shop_id = s.id AND y.kind = 'PLACED'
    GROUP BY 1, 2 ORDER BY sum(y.n) DESC LIMIT 1"""


@dataclass
class Store:
    """A store, the app over it, its shop with most orders and who acts for that."""

    shop: Shop
    process: Process
    handle: str
    person: int
    asked: int
    """Who acts for the shop with most requests to answer."""

    def read(self, person: int, what: Callable[..., Any], *args: Any) -> float:
        """Milliseconds of a read alone."""
        start = time.perf_counter()
        what(self.shop, Actor(person), *args)
        return (time.perf_counter() - start) * 1000

    async def page(self, person: int, route: str, there: Callable[[Phone], object]) -> float:
        """Milliseconds from opening a window at an address until what belongs `there` is."""
        start = time.perf_counter()
        phone = Phone(self.process, route, (412, 915), {"takeback.person": str(person)})
        await phone.open(None)
        await phone.until(partial(there, phone))
        took = (time.perf_counter() - start) * 1000
        await phone.close()
        return took

    async def insights(self, days: int) -> tuple[float, float]:
        """The page and the read of so many days."""
        plots = partial(Phone.find, identifier=f"table-{Plot.REASONS}")
        page = await self.page(self.person, routes.insights(self.handle, days), plots)
        return page, self.read(self.person, insights, self.handle, days)

    async def queue(self, queue: Queue) -> tuple[float, float]:
        """The page and the reads of one part of the queue."""
        page = await self.page(self.asked, routes.seller(queue), _listed)
        return page, self.read(self.asked, tasks_of, queue) + self.read(self.asked, queue_counts)


def _listed(phone: Phone) -> bool:
    return any(name.startswith("seller-request-") for name in phone.identifiers())


OF_ORDERS = {"orders": "number", "lines": "order_number", "requests": "order_number"}
"""The tables that are copied, and where they name the order."""


def filled(folder: Path, orders: int, times: int) -> Store:
    """A demo of so many orders, so many times over."""
    folder.mkdir()
    settings = Settings.from_env({"TAKEBACK_DATA": str(folder)})
    shop = open_shop(settings.database, wall_clock)
    fill(shop, orders=orders)
    multiply(shop, times)
    connection = shop.place.connection()
    ((handle, person),), ((asked,),) = connection.execute(_BUSIEST), connection.execute(_ASKED)
    counts = """SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM requests),
        (SELECT count(*) FROM tallies)"""
    ((orders, requests, tallies),) = connection.execute(counts)
    print(f"{orders:,} orders, {requests:,} requests, {tallies:,} tallies")
    return Store(shop, Process(settings), handle, person, asked)


def multiply(shop: Shop, times: int) -> None:
    """Put all orders into the store so many times, each copy some weeks older."""
    connection = shop.place.connection()
    names = {
        table: [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
        for table in OF_ORDERS
    }
    with shop.change() as work:
        ranks = "SELECT number, row_number() OVER () AS n FROM orders"
        work.run(Statement(text(f"CREATE TEMP TABLE copied AS {ranks}")))
    for copy in range(1, times):
        older, further = copy * 37 % 330 * DAY, copy * 1_000_000_000
        taken = {
            "created_at": f"t.created_at - {older}",
            "cancelled_at": f"t.cancelled_at - {older}",
            "due_at": "NULL",
            "due_step": "NULL",
            "open_request": f"t.open_request + {further}",
            "queue_at": f"t.queue_at - {older}",
            "id": f"t.id + {further}",
        }
        with shop.change() as work:
            for table, number in OF_ORDERS.items():
                told = taken | {number: f"{further} + c.n"}
                values = ", ".join(told.get(name, f"t.{name}") for name in names[table])
                copied = f"copied c JOIN {table} t ON t.{number} = c.number"
                work.run(Statement(text(f"INSERT INTO {table} SELECT {values} FROM {copied}")))


async def compare(few: Store, many: Store) -> None:
    """Print the times of both and their ratio; in turns, so that what else the machine does slows both."""
    for days in RANGES:
        await _in_turns(f"insights, {days} days", partial(Store.insights, days=days), few, many)
    for queue in (Queue.TO_ANSWER, Queue.CLOSED):  # where each shop has some
        await _in_turns(f"queue, {queue}", partial(Store.queue, queue=queue), few, many)
    for store in (few, many):
        await store.process.close()
        store.shop.close()


async def _in_turns(name: str, measure: Callable[[Store], Any], few: Store, many: Store) -> None:
    times = [(await measure(few), await measure(many)) for _ in range(TIMES)]
    for n, what in enumerate(("page", "read")):
        small, large = (median(one[at][n] for one in times) for at in (0, 1))
        print(f"{name:<24} {what} {small:7.2f} → {large:7.2f} ms   {large / small:.2f}x")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=100, help="how many times as many there are then")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few, many = (filled(Path(folder, str(times)), asked.orders, times) for times in (1, asked.times))
        asyncio.run(compare(few, many))


if __name__ == "__main__":
    main()
