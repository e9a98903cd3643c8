"""Many writers at once: threads of one process against plain `sqlite3`, then processes."""

import multiprocessing
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from sqlalchemy import text

from app.clock import wall_clock
from app.shop.actions.cancel import cancel_order
from app.shop.actions.place import place_order
from app.shop.rules.clocks import Method
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from app.shop.store import open_shop
from tests.bench.raw import Recorded, connect, rehearsed, replay

WRITERS = 8
_STOCK_UP = Statement(
    text("UPDATE balances SET taken_in = taken_in + :more, free = free + :more WHERE kind = 'STOCK'")
)
_WARES = Statement(text("SELECT subject FROM balances WHERE kind = 'STOCK' LIMIT 200"))
_BUYERS = Statement(text("SELECT DISTINCT buyer_id FROM orders LIMIT 50"))
PER_SECOND = 2_500
"""More cancels than eight writers do in a second here."""


def threads(path: Path, seconds: float) -> None:
    """Cancels per second of eight threads and the longest wait: ours, and recorded statements run by hand."""
    shop = open_shop(f"sqlite:///{path}", wall_clock)
    orders = placed(shop, int(seconds * 2 * PER_SECOND))
    half = len(orders) // 2
    logs = [rehearsed(shop, _cancel(number, buyer)) for number, buyer in orders[:half]]

    def by_hand() -> Callable[[Recorded], None]:
        cursor = connect(path).cursor()
        return lambda log: replay(cursor, log)

    raw, raw_wait = _crowd(logs, by_hand, seconds)
    warmed = orders[half:]
    for number, buyer in warmed:
        rehearsed(shop, _cancel(number, buyer))
    ours, wait = _crowd(warmed, lambda: lambda one: _cancel(*one)(shop), seconds)
    shop.close()
    print(f"8 threads   ours {ours:,.0f}/s  raw {raw:,.0f}/s  {ours / raw:.2f}x")
    print(f"            worst wait ours {wait:.3f} s  raw {raw_wait:.3f} s")


def processes(path: Path, seconds: float) -> None:
    """Cancels per second of eight processes, and the longest wait of any."""
    with closing(open_shop(f"sqlite:///{path}", wall_clock)) as shop:
        orders = placed(shop, int(seconds * PER_SECOND))
    context = multiprocessing.get_context("spawn")
    answers: Any = context.Queue()
    begin = context.Barrier(WRITERS)
    workers = [
        context.Process(target=_worker, args=(path, orders[n::WRITERS], seconds, begin, answers))
        for n in range(WRITERS)
    ]
    for worker in workers:
        worker.start()
    told = [answers.get(timeout=seconds + 60) for _ in workers]
    for worker in workers:
        worker.join()
    rate, wait = sum(rate for rate, _ in told), max(wait for _, wait in told)
    print(f"8 processes ours {rate:,.0f}/s  worst wait {wait:.3f} s")


def _cancel(number: int, buyer: int) -> Callable[[Shop], object]:
    return lambda shop: cancel_order(shop, Actor(buyer), number, "BU_MISTAKE", key=f"crowd-{number}")


def placed(shop: Shop, most: int) -> list[tuple[int, int]]:
    """So many new unpaid orders: (number, buyer)."""
    with shop.change() as work:
        work.run(_STOCK_UP, more=most)
        buyers = [person for (person,) in work.rows(_BUYERS)]
        wares = [ware for (ware,) in work.rows(_WARES)]
    placed = []
    for n in range(most):
        buyer, ware = buyers[n % len(buyers)], wares[n % len(wares)]
        done = place_order(shop, Actor(buyer), [(ware, 1)], Method.CARD, key=f"crowd-{time.time_ns()}")
        placed.append((int(done.answer["number"]), buyer))
    return placed


def _crowd(
    work: Sequence[Any], arm: Callable[[], Callable[[Any], object]], seconds: float
) -> tuple[float, float]:
    todo: SimpleQueue[Any] = SimpleQueue()
    for one in work:
        todo.put(one)
    done, waits = [0] * WRITERS, [0.0] * WRITERS
    end = time.perf_counter() + seconds

    def run(me: int) -> None:
        do = arm()
        while time.perf_counter() < end:
            try:
                one = todo.get_nowait()
            except Empty:
                return
            start = time.perf_counter()
            do(one)
            waits[me] = max(waits[me], time.perf_counter() - start)
            done[me] += 1

    start = time.perf_counter()
    crowd = [threading.Thread(target=run, args=(n,)) for n in range(WRITERS)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return sum(done) / (time.perf_counter() - start), max(waits)


def _worker(path: Path, orders: Sequence[tuple[int, int]], seconds: float, begin: Any, answers: Any) -> None:
    shop = open_shop(f"sqlite:///{path}", wall_clock)
    begin.wait(60)
    end, start = time.perf_counter() + seconds, time.perf_counter()
    done, wait = 0, 0.0
    for number, buyer in orders:
        if time.perf_counter() > end:
            break
        asked = time.perf_counter()
        _cancel(number, buyer)(shop)
        wait = max(wait, time.perf_counter() - asked)
        done += 1
    answers.put((done / (time.perf_counter() - start), wait))
    shop.close()
