"""Insights with few orders and with many: `uv run python -m tests.bench.insights [--orders N] [--times N]`.

The page must take no longer with a million orders than one and a half times as long as with ten thousand,
though they are of the same shops.
"""

import argparse
import asyncio
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import text

from app.clock import wall_clock
from app.main import Process
from app.settings import Settings
from app.shop.demo import fill
from app.shop.reads.insights import RANGES, insights
from app.shop.reads.insights_file import Plot
from app.shop.rules.policy import DAY
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from app.shop.store import open_shop
from app.ui import routes
from tests.headless import Phone

TIMES = 15
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

    def read(self, days: int) -> float:
        """Milliseconds of the read alone."""
        start = time.perf_counter()
        insights(self.shop, Actor(self.person), self.handle, days)
        return (time.perf_counter() - start) * 1000

    async def page(self, days: int) -> float:
        """Milliseconds from opening a window at the page until its plots are there."""
        start = time.perf_counter()
        route, kept = routes.insights(self.handle, days), {"takeback.person": str(self.person)}
        phone = Phone(self.process, route, (412, 915), kept)
        await phone.open(None)
        await phone.until(partial(phone.find, f"table-{Plot.REASONS}"))
        took = (time.perf_counter() - start) * 1000
        await phone.close()
        return took


def filled(folder: Path, orders: int, times: int) -> Store:
    """A demo of so many orders, so many times over."""
    folder.mkdir()
    settings = Settings.from_env({"TAKEBACK_DATA": str(folder)})
    shop = open_shop(settings.database, wall_clock)
    fill(shop, orders=orders)
    multiply(shop, times)
    connection = shop.place.connection()
    ((handle, person),) = connection.execute(_BUSIEST)
    counts = "SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM tallies)"
    ((orders, tallies),) = connection.execute(counts)
    print(f"{orders:,} orders, {tallies:,} tallies")
    return Store(shop, Process(settings), handle, person)


def multiply(shop: Shop, times: int) -> None:
    """Put so many times the orders and lines into the store, each copy some weeks older than it was."""
    connection = shop.place.connection()
    names = {
        table: [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
        for table in ("orders", "lines")
    }
    with shop.change() as work:
        ranks = "SELECT number, row_number() OVER () AS n FROM orders"
        work.run(Statement(text(f"CREATE TEMP TABLE copied AS {ranks}")))
    for copy in range(1, times):
        older = copy * 37 % 330 * DAY
        taken = {
            "created_at": f"t.created_at - {older}",
            "cancelled_at": f"t.cancelled_at - {older}",
            "due_at": "NULL",
            "due_step": "NULL",
        }
        with shop.change() as work:
            for table, number in (("orders", "number"), ("lines", "order_number")):
                told = taken | {number: f"{copy * 1_000_000_000} + c.n"}
                values = ", ".join(told.get(name, f"t.{name}") for name in names[table])
                copied = f"copied c JOIN {table} t ON t.{number} = c.number"
                work.run(Statement(text(f"INSERT INTO {table} SELECT {values} FROM {copied}")))


async def compare(few: Store, many: Store) -> None:
    """Print the times of both and their ratio; in turns, so that what else the machine does slows both."""
    for days in RANGES:
        pages, reads = [], []
        for _ in range(TIMES):
            pages.append((await few.page(days), await many.page(days)))
            reads.append((few.read(days), many.read(days)))
        for what, times in (("page", pages), ("read", reads)):
            small, large = (median(one[n] for one in times) for n in (0, 1))
            print(f"{days:>3} days   {what} {small:.1f} → {large:.1f} ms   {large / small:.2f}x")
    for store in (few, many):
        await store.process.close()
        store.shop.close()


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
