"""A store in the browser: a SQLite file in what the page keeps (`app/packaging/site/lasting.js`)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.pool import Pool, StaticPool

from app.shop.page_pictures import PagePictures
from app.shop.pictures import QUALITY, SIDE, SMALL_QUALITY, SMALL_SIDE, Picture
from app.shop.place.connections import PATIENCE
from app.shop.place.sqlite import SqliteFile

try:
    import takeback_page  # type: ignore[import-not-found]
except ImportError:  # Python of the browser without a page, as tests run it
    takeback_page = None


async def _made(sent: bytes) -> Picture:
    whole, small = await takeback_page.picture(sent, SIDE, QUALITY / 100, SMALL_SIDE, SMALL_QUALITY / 100)
    return Picture(whole.content.to_bytes(), small.content.to_bytes(), whole.width, whole.height)


class BrowserFile(SqliteFile):
    """The file of one page, which no other page has open meanwhile: one connection does all, without threads.

    So SQLite need not share what it knows of its log, which no browser's file could.
    """

    threads = False
    pool: type[Pool] = StaticPool

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        super().__init__(path, patience)
        self.lasts = takeback_page is None or bool(takeback_page.lasts)
        self.pictures = PagePictures(_made if takeback_page is not None else None)

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """Nobody else writes."""
        yield self.connection()

    def changed(self, within: float) -> bool:  # noqa: ARG002
        """Nobody else commits."""
        return False

    async def durable(self) -> None:
        """Have files to spare for what is made next; what was committed is on the disk already."""
        await self.make_room(0)

    async def make_room(self, files: int) -> None:
        """Have them opened beforehand: nothing can wait for that later."""
        if takeback_page is not None:
            await takeback_page.reserve(files)

    def _say_open(self, *_connecting: object) -> None:
        """Nobody asks."""

    def _set_up(self, connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        super()._set_up(connection, record)
