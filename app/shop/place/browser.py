"""A store in the browser: a SQLite file in what the page keeps (`app/packaging/site/lasting.js`)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.pool import Pool, StaticPool

from app.shop.place.sqlite import SqliteFile

try:
    import takeback_page  # type: ignore[import-not-found]
except ImportError:  # Python of the browser without a page, as tests run it
    takeback_page = None


class BrowserFile(SqliteFile):
    """The file of one page, which no other page has open meanwhile: one connection does all, without threads.

    So SQLite need not share what it knows of its log, which no browser's file could.
    """

    threads = False
    lasts = takeback_page is None or bool(takeback_page.lasts)
    pool: type[Pool] = StaticPool

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """Nobody else writes."""
        yield self.connection()

    def changed(self, within: float) -> bool:  # noqa: ARG002
        """Nobody else commits."""
        return False

    async def durable(self) -> None:
        """Have files to spare for what is made next; what was committed is on the disk already."""
        if takeback_page is not None:
            await takeback_page.reserve()

    def _say_open(self, *_connecting: object) -> None:
        """Nobody asks."""

    def _set_up(self, connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        super()._set_up(connection, record)
