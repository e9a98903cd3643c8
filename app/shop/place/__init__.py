"""Where a store lives: how to reach it, who may write now, and what its driver's errors mean."""

import sys
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import ArgumentError

from app.shop.pictures import Pictures
from app.shop.place.connections import MARK, PATIENCE
from app.shop.place.postgres import Server
from app.shop.place.sqlite import SqliteFile
from app.shop.place.turns import FairLock
from app.shop.rules.errors import Invalid

__all__ = ["MARK", "PATIENCE", "FairLock", "Place", "Server", "SqliteFile", "place_of"]


class Place(Protocol):
    """A store's home. `threads` says whether work may be done in worker threads (not in a browser),
    `lasts` whether what is committed is there at the next start. `pictures` makes the photos people send
    safe to keep, by what is there for it.

    `begin` begins a change, `begin_alone` one that nobody else runs beside: a store is made or migrated.
    `one_writer` says that changes come one after the other: none between what another reads and writes.
    """

    threads: bool
    lasts: bool
    one_writer: bool
    pictures: Pictures
    engine: Engine
    begin: str
    begin_alone: str
    begin_snapshot: str

    @property
    def dialect(self) -> Dialect: ...
    def connection(self) -> Any:
        """This thread's connection of the driver, in autocommit mode."""

    def writing(self) -> AbstractContextManager[Any]:
        """The writer's turn, held from before BEGIN until after COMMIT, and the connection to write with."""

    def translated(self, error: Exception) -> Exception:
        """A driver's error as one of ours where it has a meaning for people, else itself."""

    def forget_deleted(self, erased: int, *, alone: bool = False, briefly: bool = False) -> bool:
        """Have the store's files hold nothing of people erased, `erased` by now; False where that must wait.

        With `alone` this process may let go of the store to do it; `briefly` says that many wait to write
        meanwhile. Raises StoreTrouble where that fails.
        """

    def changed(self, within: float) -> bool:
        """Whether anybody committed since the last look, here or elsewhere; waits so many seconds for it."""

    async def durable(self) -> None:
        """Return once what was committed survives the end of the program."""

    async def make_room(self, files: int) -> None:
        """Be ready for so many new files beside the store."""

    def close(self) -> None:
        """Close every connection."""


def place_of(url: str, patience: float = PATIENCE) -> Place:
    """The place an SQLAlchemy address names, and how many seconds a writer waits there.

    Raises Invalid for one that is neither a SQLite file nor PostgreSQL.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise Invalid("database_address", {"value": url}) from error
    backend = address.get_backend_name()
    if backend == "sqlite" and address.database and address.database != ":memory:":
        path = Path(address.database).expanduser().absolute()
        with suppress(OSError):  # what is wrong is said when the file itself cannot be opened
            path.parent.mkdir(parents=True, exist_ok=True)
        if sys.platform == "emscripten":
            from app.shop.place.browser import BrowserFile  # noqa: PLC0415

            return BrowserFile(path, patience)
        return SqliteFile(path, patience)
    if backend == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
        return Server(address.render_as_string(hide_password=False), patience)
    raise Invalid("database_address", {"value": url})
