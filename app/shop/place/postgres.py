"""A store on a PostgreSQL server."""

import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.pool import NullPool

from app.shop.pictures import Pictures, Pillow
from app.shop.place.connections import PATIENCE, Connections
from app.shop.rules.errors import (
    Changed,
    Invalid,
    ShopError,
    StoreAway,
    StoreBusy,
    StoreFull,
    StoreReadOnly,
)
from app.shop.tables.triggers import CHANNEL

REACHED_WITHIN = 10
"""Seconds that a server gets to take a connection."""


class Server:
    """A PostgreSQL server: it keeps its own order among writers."""

    threads = lasts = True
    one_writer = False
    pictures: Pictures = Pillow()
    begin = "BEGIN"
    begin_alone = "BEGIN; SELECT pg_advisory_xact_lock(7236)"
    begin_snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        self.engine = create_engine(
            url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args={"connect_timeout": REACHED_WITHIN},
        )
        event.listen(self.engine, "connect", partial(_wait_for_locks, patience))
        self._connections = Connections(self.engine)
        self._listening: Any = None

    @property
    def dialect(self) -> Dialect:
        """SQLAlchemy's dialect of this store."""
        return self.engine.dialect

    def connection(self) -> Any:
        """This thread's connection, in autocommit mode; raises StoreTrouble where the server is away."""
        connection = self._connections.connection()
        if connection.closed or _hung_up(connection):  # the server was away for a while
            self._connections.forget()
            connection = self._connections.connection()
        return connection

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """Every writer at once: rows are locked by the server."""
        yield self.connection()

    def translated(self, error: Exception) -> Exception:
        """PostgreSQL's error as one of ours, by its SQLSTATE."""
        cause = getattr(error, "orig", error)  # SQLAlchemy wraps what the driver says
        driver = self.dialect.loaded_dbapi
        if isinstance(cause, driver.DataError | UnicodeEncodeError):
            return Invalid("value_unusable")
        state = getattr(cause, "sqlstate", None)
        if state is None:  # what it says itself of a server that it cannot reach
            return StoreAway("store_away") if isinstance(cause, driver.OperationalError) else error
        return next((make(cause) for start, make in _POSTGRES_ERRORS if state.startswith(start)), error)

    def forget_deleted(self, erased: int, *, alone: bool = False, briefly: bool = False) -> bool:  # noqa: ARG002
        """Nothing: the server writes over it in its own time, and its files are read through it alone."""
        return True

    def changed(self, within: float) -> bool:
        """Whether something is said to be done, within so many seconds; True where that is not known.

        A lost connection is made anew; what was said meanwhile was not heard.
        """
        if self._listening is None or self._listening.driver_connection.closed:
            self._listening = self._connections.another()
            self._listening.driver_connection.execute(f"LISTEN {CHANNEL}")
            return True
        return any(self._listening.driver_connection.notifies(timeout=within, stop_after=1))

    async def durable(self) -> None:
        """Nothing to wait for: a commit returns when the server has it."""

    async def make_room(self, files: int) -> None:
        """Nothing to do: a file is made when it is needed."""

    def close(self) -> None:
        """Close every connection."""
        self._listening = None
        self._connections.close()


def _hung_up(connection: Any) -> bool:
    """Whether there is something to hear on a connection that has asked nothing: that it has ended."""
    if connection.pgconn.transaction_status != _IDLE:
        return False
    poll = select.poll()  # `select.select` knows no more than 1,024 files, and a server has as many windows
    poll.register(connection.pgconn.socket, select.POLLIN)
    return bool(poll.poll(0))


_IDLE = 0
"""How libpq numbers a connection between two transactions."""


def _wait_for_locks(patience: float, connection: Any, _record: object) -> None:
    connection.execute(f"SET lock_timeout = {int(patience * 1000)}")


_POSTGRES_ERRORS: tuple[tuple[str, Callable[[Exception], ShopError]], ...] = (
    ("23", lambda error: Changed("changed", {"what": str(error)})),
    ("40003", lambda _: StoreAway("store_away")),  # nobody knows whether it is done
    ("40", lambda error: Changed("changed", {"what": str(error)})),
    ("55P03", lambda _: StoreBusy("store_busy")),
    ("25006", lambda _: StoreReadOnly("store_read_only")),
    ("42501", lambda _: StoreReadOnly("store_read_only")),
    ("53100", lambda _: StoreFull("store_full")),
    ("53", lambda _: StoreBusy("store_busy")),
    ("57014", lambda _: StoreBusy("store_busy")),
    ("08", lambda _: StoreAway("store_away")),
    ("25P03", lambda _: StoreAway("store_away")),
    ("57P", lambda _: StoreAway("store_away")),
)
