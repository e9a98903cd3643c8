"""What the driver itself needs: our statements, recorded once, run again by hand on a plain driver."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.shop.shop import Shop
from app.shop.sql import Work

Recorded = list[tuple[str, Any, bool]]


class _Recorder:
    """A cursor that notes what it is given."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self.log: Recorded = []

    def execute(self, sql: str, values: Any = ()) -> Any:
        self.log.append((sql, values, False))
        return self._cursor.execute(sql, values)

    def executemany(self, sql: str, values: Any) -> Any:
        self.log.append((sql, values, True))
        return self._cursor.executemany(sql, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


class Rehearsal(Shop):
    """A shop whose changes are recorded and then taken back."""

    log: Recorded

    @contextmanager
    def change(self) -> Iterator[Work]:
        with self.place.writing() as connection:
            cursor = connection.cursor()
            cursor.execute(self.place.begin)
            recorder = _Recorder(cursor)
            self.log = recorder.log
            try:
                yield Work(recorder, self.place.dialect, self.now())
            finally:
                cursor.execute("ROLLBACK")


def rehearsed(shop: Shop, act: Callable[[Shop], Any]) -> Recorded:
    """The statements of one action, with their values; nothing of it stays."""
    rehearsal = Rehearsal(shop.place, shop.now, shop.photos, lambda _: shop.gateway)
    act(rehearsal)
    return rehearsal.log


def connect(path: Path) -> sqlite3.Connection:
    """A plain connection with the same settings as the store's own."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=60, check_same_thread=False)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def timed(run: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


def replay(cursor: Any, log: Recorded, begin: str = "BEGIN IMMEDIATE") -> None:
    """Run recorded statements in a transaction."""
    cursor.execute(begin)
    for sql, values, many in log:
        if many:
            cursor.executemany(sql, values)
        elif (told := cursor.execute(sql, values)).description:
            told.fetchall()
    cursor.execute("COMMIT")
