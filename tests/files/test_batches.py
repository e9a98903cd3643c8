"""A file too big for one transaction: it comes in by batches, is stopped between them, and goes on."""

import itertools
import tracemalloc
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

import pytest

from app.shop import tables as t
from app.shop.check import check
from app.shop.files import batch
from app.shop.files.take_in import take_in
from app.shop.shop import Shop
from app.shop.sql import Work
from app.shop.store import open_shop
from tests.conftest import Clock
from tests.files.made import (
    CREATED,
    as_file,
    brought,
    counts,
    events,
    lines,
    only,
    orders,
    prices,
    stored,
    tiktok_order,
)
from tests.files.made_retail import invoices, write

Batches = Callable[[int], None]


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> Batches:
    """Sets how many orders and lines are one transaction."""
    return lambda at_once: monkeypatch.setattr(batch, "AT_ONCE", at_once)


def content(shop: Shop) -> list[Any]:
    """All that is told of orders, but for the ids, which come as the batches do."""
    told = [(one.number, one.status, one.total_minor, one.flags, one.version) for one in orders(shop)]
    bought = [(one.order_number, one.n, one.title, one.quantity, one.total_minor) for one in lines(shop)]
    facts = [(one.order_number, one.n, one.action, one.at) for one in events(shop)]
    goods = sorted(one.title for one in stored(shop, t.Product))
    return [told, bought, prices(shop), facts, goods, sorted(one.handle for one in stored(shop, t.Handle))]


def retail(folder: Path, count: int = 30, each: int = 4) -> Path:
    """A file of so many invoices."""
    return write(folder, invoices(count, each=each))


def test_batches_bring_what_one_would(
    shop: Shop, tmp_path: Path, batches: Batches, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = retail(tmp_path)
    tried = take_in(shop, [path], dry_run=True).as_json()
    batches(20)
    written: list[Shop] = []
    change = Shop.change

    def counted(self: Shop) -> AbstractContextManager[Work]:
        written.append(self)
        return change(self)

    monkeypatch.setattr(Shop, "change", counted)
    assert take_in(shop, [path], dry_run=True).as_json() == tried
    assert (len(written), orders(shop)) == (1, [])
    assert take_in(shop, [path]).as_json() == tried | {"dry_run": False}
    assert len(written) > 5
    assert counts(brought(shop, path)) == (0, 0, 30, 0)
    assert check(shop).sound


def test_a_store_filled_by_batches_is_the_same(
    sqlite_shop: Shop, tmp_path: Path, batches: Batches, clock: Clock
) -> None:
    path = retail(tmp_path)
    take_in(sqlite_shop, [path])
    batches(17)
    with closing(open_shop(f"sqlite:///{tmp_path / 'other.db'}", clock)) as other:
        take_in(other, [path])
        assert content(other) == content(sqlite_shop)


def test_who_stops_keeps_what_came_in_and_goes_on_from_there(
    shop: Shop, tmp_path: Path, batches: Batches
) -> None:
    batches(20)
    path = retail(tmp_path)
    told: list[tuple[int, int]] = [(0, 1)]
    report = take_in(
        shop, [path], stop=lambda: told[-1][0] > told[-1][1] * 0.6, progress=lambda *far: told.append(far)
    )
    file = only(report)
    assert (report.stopped, report.as_json()["stopped"], file.notes[-1].code) == (True, True, "stopped")
    assert 0 < file.new == len(orders(shop)) == report.orders < 30
    assert told[-1][0] < told[-1][1]
    assert check(shop).sound
    again = take_in(shop, [path])
    assert (again.stopped, counts(only(again))) == (False, (30 - file.new, 0, file.new, 0))


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_small_file_that_is_stopped_never_came_in(sqlite_shop: Shop, tmp_path: Path, dry_run: bool) -> None:
    paths = [retail(tmp_path), as_file(tmp_path, [tiktok_order()])]
    asked = iter([False, False])
    report = take_in(sqlite_shop, paths, stop=lambda: next(asked, True), dry_run=dry_run)
    assert (report.stopped, len(report.files), report.files[0].new) == (True, 1, 0)
    assert orders(sqlite_shop) == []


@pytest.mark.parametrize("at_once", [1, 20, 20_000])
def test_progress_goes_on_while_batches_are_written(
    sqlite_shop: Shop, tmp_path: Path, batches: Batches, at_once: int
) -> None:
    batches(at_once)
    path = retail(tmp_path)
    for paths in ([path], [as_file(tmp_path, [tiktok_order(n) for n in range(1, 30)]), path]):
        told: list[tuple[int, int]] = []
        take_in(sqlite_shop, paths, progress=lambda *far, told=told: told.append(far))
        total = 2 * sum(one.stat().st_size for one in paths)
        assert told == sorted(told)
        assert told[-1] == (total, total)
        assert total * 0.6 < told[-2][0] or at_once > 20
        assert max(after - before for (before, _), (after, _) in itertools.pairwise(told)) < total * 0.8


def test_an_order_in_two_batches_is_in_its_later_state(shop: Shop, tmp_path: Path, batches: Batches) -> None:
    there = [
        tiktok_order(1),
        tiktok_order(2),
        tiktok_order(3),
        tiktok_order(update_time=CREATED + 5_000, status="CANCELLED"),
        tiktok_order(2),
    ]
    path = as_file(tmp_path, there[::-1])
    whole = take_in(shop, [path], dry_run=True).as_json()
    batches(2)
    for made in (path, as_file(tmp_path, there, "turned.json")):
        report = take_in(shop, [made])
        assert only(report).read == sum(counts(only(report)))
        assert [problem.code for problem in report.problems] == ["order_twice"] * 2
        assert sorted(one.status for one in orders(shop)) == [
            "AWAITING_SHIPMENT",
            "AWAITING_SHIPMENT",
            "CANCELLED",
        ]
        assert (report.orders, report.lines_of_orders) == (whole["orders"], whole["lines"])
    assert check(shop).sound


def test_a_file_of_any_size_takes_the_same_memory(
    sqlite_shop: Shop, tmp_path: Path, batches: Batches, full: bool
) -> None:
    batches(500)
    sizes = []
    for count in (150, 4_000 if full else 600):
        path = write(tmp_path, invoices(count, each=8, goods=50, buyers=20), f"{count}.csv")
        tracemalloc.start()
        take_in(sqlite_shop, [path], dry_run=True)
        sizes.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert sizes[1] < sizes[0] * 1.25
