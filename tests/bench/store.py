"""The store against plain `sqlite3`: `uv run python -m tests.bench.store --orders 1000 100000 1000000`."""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

from app.clock import wall_clock
from app.shop.actions.cancel import cancel_order
from app.shop.actions.settle import settle_due
from app.shop.demo import fill
from app.shop.place import SqliteFile
from app.shop.reads import orders as reads
from app.shop.reads.inbox import notices
from app.shop.reads.order import cancel_choice, order_details
from app.shop.reads.search import _CHUNKS, CHUNK, REACH, search_orders
from app.shop.rules.orders import Tab
from app.shop.shop import Actor, Shop
from app.shop.store import open_shop
from tests.bench import fixing, ordering
from tests.bench.crowd import processes, threads
from tests.bench.disputes import steps
from tests.bench.raw import connect, rehearsed, replay, timed

Order = tuple[int, int]
"""Number and buyer."""

BUYERS = 20
_NUMBER_AT = "SELECT number FROM orders WHERE buyer_id = ? ORDER BY number DESC LIMIT 1 OFFSET ?"


def milliseconds(run: Callable[[], object], times: int = 200) -> float:
    """The median time of one run."""
    return median(timed(run) for _ in range(times))


def unpaid(shop: Shop, most: int) -> list[Order]:
    """Unpaid orders that no payment of is under way, in no order the file would know."""
    sql = """SELECT number, buyer_id FROM orders WHERE status = 'UNPAID' AND attempted_at IS NULL
        ORDER BY RANDOM() LIMIT ?"""
    return [(number, buyer) for number, buyer in shop.place.connection().execute(sql, (most,))]


def cancels(shop: Shop, path: Path, orders: Sequence[Order]) -> tuple[float, float, int]:
    """Median milliseconds of a cancel: ours, raw; and how many statements it is. Both are rehearsed first."""
    cursor = connect(path).cursor()
    ours, raw, statements = [], [], 0
    for mine, other in batched(orders, 2):
        rehearsed(shop, partial(_cancel, mine))
        log = rehearsed(shop, partial(_cancel, other))
        statements = max(statements, len(log) + 2)
        ours.append(milliseconds(partial(_cancel, mine, shop), 1))
        raw.append(milliseconds(partial(replay, cursor, log), 1))
    return median(ours), median(raw), statements


def _cancel(order: Order, shop: Shop) -> object:
    number, buyer = order
    return cancel_order(shop, Actor(buyer), number, "BU_MISTAKE", key=f"bench-{number}")


def refunds(shop: Shop) -> tuple[float, int]:
    """Median milliseconds of the clock for one refund that is due, gateway included; how many were due."""
    sql = "SELECT min(100, count(*)) FROM refunds WHERE due_at <= ?"
    (due,) = shop.place.connection().execute(sql, (shop.now(),)).fetchone()
    return milliseconds(lambda: settle_due(shop, most=1), due) if due else 0.0, due


def batched(orders: Sequence[Order], n: int) -> Iterator[tuple[Order, ...]]:
    """Orders, n at a time; what is left over is left."""
    each = iter(orders)
    while len(batch := tuple(islice(each, n))) == n:
        yield batch


def page(shop: Shop, path: Path, buyer: int, before: int | None = None) -> tuple[float, float]:
    """Median milliseconds of a page of orders: ours, and its statement on plain `sqlite3`."""
    cursor = connect(path).cursor()
    statement = reads._PAGES["buyer", False]
    values = {"owner": buyer, "before": before or 2**62, "limit": reads.PAGE, "shown": reads.CARD_LINES}
    sql, listed = statement.values(shop.place.dialect, values)
    return (
        milliseconds(lambda: reads.orders_of(shop, Actor(buyer), before=before)),
        milliseconds(lambda: cursor.execute(sql, listed).fetchall()),
    )


def search(folder: Path, orders: int) -> None:
    """A key stroke in the search of one buyer with so many orders, against reading the same rows."""
    shop, path = filled(folder, orders, buyers=1)
    (number, owner), *_ = shop.place.connection().execute("SELECT min(number), buyer_id FROM orders")
    buyer, cursor = Actor(owner), connect(path).cursor()

    def read_by_hand() -> None:
        before = 2**62
        for _ in range(min(REACH, orders) // CHUNK):
            values = {"owner": owner, "before": before}
            rows = cursor.execute(*_CHUNKS[False].values(shop.place.dialect, values)).fetchall()
            before = rows[-1][0]

    def look_to_the_end() -> None:
        end = None
        while (found := search_orders(shop, buyer, str(number), before=end)).end:
            end = found.end
        assert [one.number for one in found.orders] == [number]

    ours = milliseconds(lambda: search_orders(shop, buyer, "nothing of this"), 20)
    raw = milliseconds(read_by_hand, 20)
    print(
        f"search      ours {ours:.3f} ms  raw {raw:.3f} ms  {ours / raw:.2f}x  for a page that finds nothing"
    )
    print(f"found       ours {milliseconds(lambda: search_orders(shop, buyer, 'premium'), 20):.3f} ms")
    print(f"the oldest  ours {milliseconds(look_to_the_end, 5):.3f} ms  page after page")
    shop.close()


def filled(folder: Path, orders: int, buyers: int = BUYERS) -> tuple[Shop, Path]:
    """A store with so many orders of few buyers, so that one has pages enough."""
    path = _file(folder, orders, buyers)
    shop = open_shop(f"sqlite:///{path}", wall_clock)
    start = time.perf_counter()
    fill(shop, orders=orders, buyers=buyers, sellers=20, seed=7)
    seconds, size = time.perf_counter() - start, path.stat().st_size / 1e6
    print(f"\n{orders:,} orders of {buyers} buyers: filled in {seconds:.1f} s, {size:,.0f} MB")
    return shop, path


def _file(folder: Path, orders: int, buyers: int = BUYERS) -> Path:
    return folder / f"{orders}-of-{buyers}.db"


def measure(folder: Path, orders: int) -> float:
    """Everything for one size; answers the milliseconds of page 1."""
    shop, path = filled(folder, orders)
    assert isinstance(shop.place, SqliteFile)
    (buyer, most), *_ = shop.place.connection().execute(
        "SELECT buyer_id, count(*) FROM orders GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
    )
    chosen = unpaid(shop, 400)
    to_fix, to_cancel = chosen[: len(chosen) // 2], chosen[len(chosen) // 2 :]
    ours, raw, statements = cancels(shop, path, to_cancel)
    print(f"cancel      ours {ours:.3f} ms  raw {raw:.3f} ms  {ours / raw:.2f}x  {statements} statements")
    fixing.swaps(shop, path, to_fix, _cancel)
    steps(shop, path)
    ordering.orders(shop, path)
    first, plain = page(shop, path, buyer)
    print(f"page 1      ours {first:.3f} ms  raw {plain:.3f} ms  {first / plain:.2f}x")
    if most > 501 * reads.PAGE:
        (before,) = (
            shop.place.connection()
            .execute(
                _NUMBER_AT,
                (buyer, 499 * reads.PAGE),
            )
            .fetchone()
        )
        late, _ = page(shop, path, buyer, before)
        print(f"page 500    ours {late:.3f} ms  {late / first:.2f}x page 1")
    counts = milliseconds(lambda: reads.tab_counts(shop, Actor(buyer)))
    print(f"badges      ours {counts:.3f} ms  {counts / first:.2f}x page 1")
    number = chosen[0][0] if chosen else 0
    for name, look in {
        "tab page": lambda: reads.orders_of(shop, Actor(buyer), Tab.CANCELLED),
        "inbox": lambda: notices(shop, Actor(buyer)),
        "order": lambda: order_details(shop, Actor(chosen[0][1]), number),
        "receipt": lambda: cancel_choice(shop, Actor(chosen[0][1]), number),
    }.items():
        print(f"{name:<11} ours {milliseconds(look):.3f} ms")
    taken, due = refunds(shop)
    print(f"refund      ours {taken:.3f} ms  median of {due} that were due")
    shop.close()
    return first


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--searched", type=int, default=15_000, help="orders of one buyer; 0: no search")
    parser.add_argument("--seconds", type=float, default=3.0, help="of each crowd; 0 leaves them out")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        firsts = [measure(Path(folder), orders) for orders in asked.orders]
        small, large = asked.orders[0], asked.orders[-1]
        print(f"\npage 1 at {large:,} orders: {firsts[-1] / firsts[0]:.2f}x that at {small:,}")
        if asked.searched:
            search(Path(folder), asked.searched)
        if asked.seconds:
            path = _file(Path(folder), max(asked.orders))
            threads(path, asked.seconds)
            processes(path, asked.seconds)


if __name__ == "__main__":
    main()
