"""Few products and many: `uv run python -m tests.bench.catalogue [--few N] [--many N]`.

A page of the feed may take at most fifteen times what plain `sqlite3` needs for the same statements, and no
longer with a million products than with ten thousand; nor may a search, of whatever words.
"""

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from app.clock import wall_clock
from app.shop.demo import fill
from app.shop.reads.feed import aisles, feed
from app.shop.reads.product import product_details
from app.shop.shop import SYSTEM, Shop
from app.shop.sql import Work
from app.shop.store import open_shop
from tests.bench.raw import Recorded, connect, timed

TIMES = 41
SELLERS = 400
"""Shops of the demo that is copied: they have some 2,800 products together."""


@dataclass
class Store:
    """A store with so many products, and a plain connection to its file."""

    shop: Shop
    plain: sqlite3.Connection
    products: int


def filled(folder: Path, times: int) -> Store:
    """The goods of a demo, so many times over."""
    path = folder / f"{times}.db"
    shop = open_shop(f"sqlite:///{path}", wall_clock)
    fill(shop, orders=100, sellers=SELLERS)
    multiply(shop, times)
    ((products,),) = shop.place.connection().execute("SELECT count(*) FROM products")
    print(f"{products:,} products")
    return Store(shop, connect(path), products)


def multiply(shop: Shop, times: int) -> None:
    """Put all products with their variants, stock and words into the store so many times."""
    connection = shop.place.connection()
    ((last,),) = connection.execute("SELECT max(id) FROM variants")
    of = {
        "products": ("id",),
        "variants": ("id", "product_id"),
        "product_words": ("product_id",),
        "balances": ("subject",),
    }
    names = {table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in of}
    connection.execute("BEGIN IMMEDIATE")
    for copy in range(1, times):
        for table, moved in of.items():
            values = ", ".join(
                f"{name} + {copy * (last + 1)}" if name in moved else name for name in names[table]
            )
            own = f"kind = 'STOCK' AND subject <= {last}" if table == "balances" else f"{moved[-1]} <= {last}"
            connection.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE {own}")
    connection.execute("COMMIT")
    connection.execute("ANALYZE")


@contextmanager
def recorded() -> Iterator[Recorded]:
    """The statements that are run meanwhile, with their values."""
    log: Recorded = []
    kept = Work.rows, Work.first

    def noting(run: Callable[..., Any]) -> Callable[..., Any]:
        def noted(self: Work, statement: Any, **values: Any) -> Any:
            log.append((*statement.values(self.dialect, values), False))
            return run(self, statement, **values)

        return noted

    Work.rows, Work.first = map(noting, kept)  # type: ignore[method-assign]
    try:
        yield log
    finally:
        Work.rows, Work.first = kept  # type: ignore[method-assign]


def replay(plain: sqlite3.Connection, log: Recorded) -> None:
    """The same statements on plain `sqlite3`, as one reading of one moment."""
    cursor = plain.cursor()
    cursor.execute("BEGIN")
    for sql, values, _ in log:
        cursor.execute(sql, values).fetchall()
    cursor.execute("COMMIT")


def reads(store: Store) -> dict[str, Callable[[], Any]]:
    """What is measured."""
    page = partial(feed, store.shop, SYSTEM)
    middle = feed(store.shop, SYSTEM, before=store.products // 2).products[0].id
    mine = partial(page, likely=("VND",))
    return {
        "feed": page,
        "feed, my market": mine,
        "my market, further on": partial(mine, before=middle),
        "my market, a category": partial(mine, category="bags"),
        "my market: linen": partial(mine, "linen"),
        "a rare market: bags": partial(page, category="bags", likely=("KWD",)),
        "feed, further on": partial(page, before=middle),
        "feed, a category": partial(page, category="bags"),
        "feed, beside an order": partial(page, beside=((1, 1),)),
        "search: linen": partial(page, "linen"),
        "search: a": partial(page, "a"),
        "search: linen shirt": partial(page, "linen shirt"),
        "search: kopi linen": partial(page, "kopi linen"),
        "search: xyz": partial(page, "xyz"),
        "search: premium, bags": partial(page, "premium t", "bags"),
        "aisles": partial(aisles, store.shop, SYSTEM, ("VND",)),
        "product": partial(product_details, store.shop, SYSTEM, middle),
    }


def compare(few: Store, many: Store) -> None:
    """Print what each costs with few and many products, and against the bare statements; in turns."""
    every = [reads(store) for store in (few, many)]
    for name in every[0]:
        logs = []
        for measured in every:
            with recorded() as log:
                measured[name]()
            logs.append(log)
        times: list[list[float]] = [[], [], [], []]
        for _ in range(TIMES):
            for n, store in enumerate((few, many)):
                times[n].append(timed(every[n][name]))
                times[n + 2].append(timed(partial(replay, store.plain, logs[n])))
        small, large, bare_small, bare_large = map(median, times)
        ratios = f"{large / small:5.2f}x, raw {bare_small:7.2f} → {bare_large:7.2f} ms"
        print(f"{name:<24} {small:7.2f} → {large:7.2f} ms {ratios} ({large / bare_large:4.2f}x)")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--few", type=int, default=4, help="how many times the demo's products are there")
    parser.add_argument("--many", type=int, default=360)
    asked = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        few, many = (filled(Path(folder), times) for times in (asked.few, asked.many))
        print(f"made in {time.monotonic() - start:.0f} s")
        compare(few, many)


if __name__ == "__main__":
    main()
