"""An import while many people use the store: it takes small turns, and what is only tried out takes none."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from app.shop.actions.inbox import mark_read
from app.shop.files.batch import BRIEFLY
from app.shop.files.take_in import take_in_as
from app.shop.shop import SYSTEM, Shop
from app.shop.store import open_shop
from tests.actions.steps import MAI, everything, rows
from tests.conftest import Clock
from tests.files.made import only
from tests.files.made_retail import invoices, write
from tests.people import stock

EACH = 20
"""Lines of an order."""


@pytest.fixture
def served(sqlite_store: str, clock: Clock) -> Iterator[Shop]:
    """A store in a file that many use; nobody waits long for another there."""
    with closing(open_shop(sqlite_store, now=clock, patience=0.5, served=True)) as shop:
        stock(shop)
        yield shop


def test_what_is_tried_out_tells_the_same_and_keeps_nobody_waiting(served: Shop, tmp_path: Path) -> None:
    path = write(tmp_path, invoices(60, each=EACH))
    before = everything(served)

    def go_on(*_told: int) -> None:
        mark_read(served, MAI)

    # Were the turn taken, nobody would get it within half a second.
    tried = take_in_as(served, SYSTEM, [path], dry_run=True, progress=go_on)
    assert everything(served) == before
    told = take_in_as(served, SYSTEM, [path])
    assert tried.as_json() == told.as_json() | {"dry_run": True}
    assert only(told).new == 60


def test_a_served_file_comes_in_by_small_turns(
    served: Shop, sqlite_store: str, clock: Clock, tmp_path: Path
) -> None:
    path = write(tmp_path, invoices(150, each=EACH))
    seen = {0}
    with closing(open_shop(sqlite_store, now=clock)) as other:
        count = "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM lines)"
        take_in_as(served, SYSTEM, [path], progress=lambda *_: seen.add(rows(other, count)[0][0]))
        steps = sorted({*seen, rows(other, count)[0][0]})
    assert len(steps) > 4
    assert max(after - before for before, after in pairwise(steps)) <= BRIEFLY + EACH + 1


def test_nobody_waits_for_long(served: Shop, tmp_path: Path, full: bool) -> None:
    path = write(tmp_path, invoices(2_900 if full else 60, each=EACH))
    waits = list[float]()
    for dry_run in (True, False):
        importing = threading.Thread(
            target=lambda dry_run=dry_run: take_in_as(served, SYSTEM, [path], dry_run=dry_run)
        )
        importing.start()
        while importing.is_alive():
            begun = time.monotonic()
            mark_read(served, MAI)
            waits.append(time.monotonic() - begun)
            time.sleep(0.01)
        importing.join()
    assert max(waits) < (0.3 if full else 1.0)
