"""A program killed in the middle of an import: taken in again, the file is there as if nothing had been."""

import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from app.shop.check import check
from app.shop.files import batch
from app.shop.files.take_in import take_in
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.conftest import MONDAY, Clock
from tests.files.made import only
from tests.files.made_retail import invoices, write

AT_ONCE, INVOICES = 60, 60

# What it has done is told, so that the killer knows when to begin.
IMPORTING = """
import sys
from pathlib import Path
from app.shop.files import batch
from app.shop.files.take_in import take_in
from app.shop.store import open_shop
url, path, batch.AT_ONCE, now = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
shop = open_shop(url, now=lambda: now)
take_in(shop, [path], progress=lambda *far: print(*far, flush=True))
"""


def everything(shop: Shop) -> dict[str, list[Any]]:
    """Every row of every table."""
    cursor, rows = shop.place.connection().cursor(), {}
    for name in SQLModel.metadata.tables:
        cursor.execute(f"SELECT * FROM {name}")
        rows[name] = sorted(cursor.fetchall(), key=repr)
    return rows


def killed(url: str, path: Path, moment: random.Random, steps: int) -> None:
    """Begin an import in a program of its own, and kill that at some moment."""
    command = [sys.executable, "-c", IMPORTING, url, str(path), str(AT_ONCE), str(MONDAY)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        for _ in range(moment.randint(1, steps)):
            assert program.stdout.readline()
        time.sleep(moment.uniform(0, 0.01))
        program.send_signal(signal.SIGKILL)
        program.stdout.read()


def test_an_import_that_was_killed_is_finished_by_the_next(
    tmp_path: Path, empty_store: Path, full: bool, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "AT_ONCE", AT_ONCE)
    path, moment = write(tmp_path, invoices(INVOICES, each=8)), random.Random(7)
    before, steps = set[int](), list[int]()
    with closing(_opened(empty_store, tmp_path / "whole.db", clock)) as shop:
        take_in(shop, [path], progress=lambda done, _: steps.append(done))
        whole = everything(shop)
    for n in range(50 if full else 2):
        with closing(_opened(empty_store, tmp_path / f"{n}.db", clock)) as shop:
            killed(f"sqlite:///{tmp_path / f'{n}.db'}", path, moment, len(steps))
            assert check(shop).sound
            file = only(take_in(shop, [path]))
            assert (file.new + file.same, file.skipped) == (INVOICES, 0)
            assert everything(shop) == whole
            before.add(file.same)
    assert any(0 < same < INVOICES for same in before), "every kill came before the import or after it"


def _opened(empty: Path, store: Path, clock: Clock) -> Shop:
    shutil.copy(empty, store)
    return open_shop(f"sqlite:///{store}", clock)
