"""Where the store lives: turns among writers, what a transaction shows and keeps, what errors mean."""

import gc
import multiprocessing
import os
import threading
import time
from contextlib import closing
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.shop.actions.cancel import cancel_order
from app.shop.check import check
from app.shop.place import FairLock
from app.shop.rules.errors import Changed, Invalid, Refused
from app.shop.shop import Shop
from app.shop.sql import Statement
from app.shop.store import open_shop
from tests.actions.steps import MAI, all_at_once, column, everything, fresh, place, rows, run
from tests.conftest import Clock
from tests.people import Stocked, stock

ADD_HANDLE = Statement(text("INSERT INTO handles VALUES (:handle)"))
HANDLES = Statement(text("SELECT handle FROM handles ORDER BY handle"))


def wait_until(condition: Any) -> None:
    """Until something is so; it takes moments."""
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_the_turn_comes_in_the_order_it_was_asked_for() -> None:
    lock, came = FairLock(), list[int]()

    def take(n: int) -> None:
        assert lock.acquire(5)
        came.append(n)
        lock.release()

    assert lock.acquire(0)
    threads = []
    for n in range(20):
        threads.append(threading.Thread(target=take, args=(n,)))
        threads[-1].start()
        wait_until(lambda: len(lock._waiting) == len(threads))
    lock.release()
    for thread in threads:
        thread.join()
    assert came == [*range(20)]
    assert lock.acquire(0)


def test_who_waits_too_long_gives_up_and_the_next_one_gets_the_turn() -> None:
    lock = FairLock()
    assert lock.acquire(0)
    assert not lock.acquire(0)
    begun = time.monotonic()
    assert not lock.acquire(0.05)
    assert 0.05 <= time.monotonic() - begun < 1
    lock.release()
    assert lock.acquire(0)
    lock.release()


def test_a_turn_that_comes_in_the_moment_of_giving_up_is_not_lost(full: bool) -> None:
    lock, inside = FairLock(), list[int]()

    def take(patience: float) -> None:
        for n in range(2_000 if full else 300):
            if lock.acquire(patience):
                inside.append(n)
                assert len(inside) == 1
                inside.pop()
                lock.release()

    # Patience about as long as a turn: the end of the one and of the other meet often.
    threads = [threading.Thread(target=take, args=(1e-5 * (n + 1),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lock.acquire(0)


def test_nobody_starves_among_many_threads(sqlite_shop: Shop, full: bool) -> None:
    ids, waits = stock(sqlite_shop), list[float]()
    run(sqlite_shop, "UPDATE balances SET free = 100000, taken_in = 100000 WHERE kind = 'STOCK'")
    each = 300 if full else 40

    def write() -> None:
        for _ in range(each):
            begun = time.monotonic()
            number = place(sqlite_shop, (ids.cream, 1))
            cancel_order(sqlite_shop, MAI, number, "BU_MISTAKE", key=fresh())
            waits.append(time.monotonic() - begun)

    all_at_once(*[write] * 8)
    assert len(waits) == 8 * each
    assert max(waits) < 2
    assert check(sqlite_shop).violations == ()


def _writer(url: str, each: int, begin: Any, waits: "Queue[float]") -> None:
    with closing(open_shop(url, now=Clock())) as shop:
        begin.wait()
        worst = 0.0
        for n in range(each):
            key = f"{os.getpid()}-{n}"
            begun = time.monotonic()
            cancel_order(shop, MAI, place(shop, key=key), "BU_MISTAKE", key=f"{key}-back")
            worst = max(worst, time.monotonic() - begun)
        waits.put(worst)


def test_nobody_starves_among_several_processes(sqlite_url: str, clock: Clock, full: bool) -> None:
    processes, each = (8, 200) if full else (2, 60)
    spawn = multiprocessing.get_context("spawn")
    begin, waits = spawn.Barrier(processes), spawn.Queue()
    with closing(open_shop(sqlite_url, now=clock)) as shop:
        stock(shop)
        run(shop, "UPDATE balances SET free = 100000, taken_in = 100000 WHERE kind = 'STOCK'")
        writing = [
            spawn.Process(target=_writer, args=(sqlite_url, each, begin, waits)) for _ in range(processes)
        ]
        for one in writing:
            one.start()
        worst = [waits.get(timeout=120) for _ in writing]
        for one in writing:
            one.join()
        assert max(worst) < 2
        assert rows(shop, "SELECT status, count(*) FROM orders GROUP BY status") == [
            ("CANCELLED", processes * each)
        ]
        assert check(shop).violations == ()


@pytest.mark.parametrize("error", [Refused("no"), ValueError("no"), KeyboardInterrupt()])
def test_a_change_that_ends_in_an_error_changes_nothing(shop: Shop, error: BaseException) -> None:
    def half_way() -> None:
        with shop.change() as work:
            work.run(ADD_HANDLE, handle="half")
            raise error

    before = everything(shop)
    with pytest.raises(type(error)):
        half_way()
    assert everything(shop) == before
    with shop.change() as work:
        work.run(ADD_HANDLE, handle="whole")
    assert rows(shop, "SELECT handle FROM handles") == [("whole",)]


def test_what_is_not_committed_is_seen_by_nobody_else(url: str, shop: Shop, clock: Clock) -> None:
    with closing(open_shop(url, now=clock)) as other:
        with shop.change() as work:
            work.run(ADD_HANDLE, handle="new")
            assert work.rows(HANDLES) == [("new",)]
            assert rows(other, "SELECT handle FROM handles") == []
        assert rows(other, "SELECT handle FROM handles") == [("new",)]


def test_a_snapshot_tells_of_one_moment(url: str, shop: Shop, clock: Clock) -> None:
    with closing(open_shop(url, now=clock)) as other:
        with shop.snapshot() as work:
            first = work.rows(HANDLES)
            with other.change() as change:
                change.run(ADD_HANDLE, handle="new")
            assert work.rows(HANDLES) == first == []
        assert rows(shop, "SELECT handle FROM handles") == [("new",)]


def test_a_snapshot_writes_nothing(postgres_url: str, clock: Clock) -> None:
    with closing(open_shop(postgres_url, now=clock)) as shop:
        with pytest.raises(Exception, match="store_read_only"), shop.snapshot() as work:
            work.run(ADD_HANDLE, handle="new")
        assert rows(shop, "SELECT handle FROM handles") == []


def test_what_contradicts_the_store_is_a_change_of_somebody_else(shop: Shop, stocked: Stocked) -> None:
    for sql in (
        "INSERT INTO handles VALUES ('mai')",
        "UPDATE people SET handle = 'nobody-has-it' WHERE id = 1",
        "UPDATE balances SET free = -1",
        "UPDATE balances SET held = held + 1",
        "UPDATE orders SET total_minor = NULL",
    ):
        if "orders" in sql:
            place(shop)
        with pytest.raises(Changed):
            run(shop, sql)


def test_what_no_database_can_hold_is_refused(shop: Shop) -> None:
    for handle in ("half \ud83d", "a" * 10 + "\udc00"):
        with pytest.raises(Invalid, match="value_unusable"):
            run(shop, "INSERT INTO handles VALUES (:handle)", handle=handle)
    with pytest.raises(Invalid, match="value_unusable"):
        run(shop, "UPDATE balances SET taken_in = CAST(:many AS BIGINT)", many=2**63)


def test_a_mistake_in_a_statement_stays_one(shop: Shop) -> None:
    with pytest.raises(Exception, match="no_such_table"):
        rows(shop, "SELECT 1 FROM no_such_table")
    assert rows(shop, "SELECT count(*) FROM handles") == [(0,)]


def test_a_store_keeps_what_was_committed_when_power_fails(sqlite_shop: Shop) -> None:
    with sqlite_shop.place.writing() as writer:
        kept = [writer.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
        assert kept == ["wal", 2]
        assert writer.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_thread_that_ended_holds_no_connection(shop: Shop) -> None:
    shop.place.connection()
    kept = shop.place._connections._all  # type: ignore[attr-defined]
    before, opened = len(kept), list[Any]()
    for _ in range(3):
        all_at_once(lambda: opened.append(shop.place.connection().cursor().execute("SELECT 1")))
    gc.collect()
    assert (len(opened), len(kept)) == (3, before)


def test_threads_of_a_browser_are_not_assumed(sqlite_shop: Shop, tmp_path: Path) -> None:
    before = threading.active_count()
    stock(sqlite_shop)
    cancel_order(sqlite_shop, MAI, place(sqlite_shop), "BU_MISTAKE", key="k")
    assert threading.active_count() == before


async def test_what_was_committed_is_durable(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    await shop.durable()
    assert column(shop, number, "status") == "UNPAID"


def test_closing_twice_is_closing(url: str, clock: Clock) -> None:
    shop = open_shop(url, now=clock)
    shop.close()
    shop.close()
