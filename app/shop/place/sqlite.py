"""A store in a SQLite file on this machine."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import portalocker
from sqlalchemy import create_engine, event
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.pool import NullPool, Pool

from app.shop.pictures import Pictures, Pillow
from app.shop.place.connections import MARK, PATIENCE, Connections
from app.shop.place.locks import WRITER, lock_file, share, take
from app.shop.place.locks import alone as nobody_else
from app.shop.place.turns import FairLock
from app.shop.rules.errors import (
    Changed,
    Invalid,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreReadOnly,
    StoreTrouble,
)

SOON = 64_000_000
"""Bytes of a file that is written anew while others wait to write: about two seconds."""
AT_ONCE = 8_000_000
"""As many where many people wait: about a quarter of a second."""
_PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "cache_size=-4000", "secure_delete=ON")
"""With NORMAL the newest WAL page may be lost at a power cut: a cancel that was shown must stay. A cache over
4 MB a connection makes nothing quicker (to a million orders): the system has the file in memory too.
"""
_BRIEFLY = 0.2
"""Seconds that readers are waited for before their log is folded later."""


class SqliteFile:
    """A SQLite file on this machine, for any number of threads and processes.

    SQLite's own waiting for the writer's lock starves the unlucky (seconds, measured). So writers take turns:
    first come, first served within the process, and a lock file between processes. Another one tells who has
    the file open: whoever replaces it must know (`locks`).
    """

    threads = lasts = True
    one_writer = True
    pictures: Pictures = Pillow()
    begin = "BEGIN IMMEDIATE"
    begin_alone = "BEGIN IMMEDIATE"
    begin_snapshot = "BEGIN"
    pool: type[Pool] = NullPool

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self.path = path
        self._patience = patience
        # A `file:` address must not be opened read-write-create by a mere look, hence the plain path.
        self.engine = create_engine(
            f"sqlite:///{path}",
            poolclass=self.pool,
            connect_args={"check_same_thread": False, "timeout": patience, "isolation_level": None},
        )
        event.listen(self.engine, "do_connect", self._say_open)
        event.listen(self.engine, "connect", self._set_up)
        self._connections = Connections(self.engine)
        self._turn = FairLock()
        self._version: int | None = None
        self._lock_file: TextIOWrapper | None = None
        self._open: TextIOWrapper | None = None
        self._opening = threading.Lock()

    @property
    def dialect(self) -> Dialect:
        """SQLAlchemy's dialect of this store."""
        return self.engine.dialect

    def connection(self) -> Any:
        """This thread's connection, in autocommit mode."""
        return self._connections.connection()

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """The writer's turn, in this process and among all; raises StoreBusy when patience ends.

        One connection writes for all threads: SQLite forgets what a connection has read of the file as soon
        as another one commits, so that with one each, every change would begin by reading it all again.
        """
        start = time.monotonic()
        if not self._turn.acquire(self._patience):
            raise StoreBusy("store_busy", {"store": str(self.path)})
        try:
            lock = self._locked_file(start)
            try:
                yield self._connections.writer
            finally:
                portalocker.unlock(lock)
        finally:
            self._turn.release()

    def _locked_file(self, start: float) -> TextIOWrapper:
        if self._lock_file is None:
            self._lock_file = lock_file(self.path, WRITER)
        take(self._lock_file, portalocker.LOCK_EX, self.path, start + self._patience)
        return self._lock_file

    def _say_open(self, *_connecting: object) -> None:
        with self._opening:
            if self._open is None and not _anothers(self.path):
                self._open = share(self.path, self._patience)

    def _set_up(self, connection: sqlite3.Connection, _record: object) -> None:
        # WAL stays with a file: that of another program is left as it is.
        if connection.execute(_OURS).fetchone()[0]:
            _write_ahead(connection)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    def translated(self, error: Exception) -> Exception:
        """SQLite's error as one of ours."""
        cause = getattr(error, "orig", error)  # SQLAlchemy wraps what the driver says
        if isinstance(cause, sqlite3.IntegrityError):
            return Changed("changed", {"what": str(cause)})
        if isinstance(cause, OverflowError | UnicodeEncodeError):
            return Invalid("value_unusable")
        kind = _SQLITE_ERRORS.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
        return kind[0](kind[1], {"store": str(self.path)}) if kind else error

    def forget_deleted(self, erased: int, *, alone: bool = False, briefly: bool = False) -> bool:
        """Write the file anew if it was not since so many people were `erased`; False where that must wait.

        SQLite overwrites what is deleted (`secure_delete`), but not the copies that it left where it moved
        rows from. Meanwhile nobody writes, so a file of more than `SOON` bytes (`AT_ONCE`, where it is to be
        done `briefly`) waits until nobody else has it open: with `alone` this process closes it and looks.
        Raises StoreTrouble where that fails.
        """
        try:
            if _written_anew_for(self.connection()) == erased:
                return True
            with self.writing() as connection:
                soon = self.path.stat().st_size <= (AT_ONCE if briefly else SOON)
                with _impatient(connection, self._patience):
                    done = _write_anew(connection, erased) if soon else _fold_log(connection)
            return (soon and done) or (alone and self._written_anew_alone(erased))
        except sqlite3.Error as error:
            raise self.translated(error) from error

    def _written_anew_alone(self, erased: int) -> bool:
        self.close()
        try:
            with nobody_else(self.path), closing(sqlite3.connect(self.path, isolation_level=None)) as own:
                return _write_anew(own, erased)
        except StoreBusy:
            return False

    def changed(self, within: float) -> bool:
        """Whether another connection committed since the last look; SQLite is asked once they are over."""
        time.sleep(within)
        before = self._version
        (self._version,) = self.connection().execute("PRAGMA data_version").fetchone()
        return before != self._version

    async def durable(self) -> None:
        """Nothing to wait for: a commit returns when the disk has it (`synchronous=FULL`)."""

    async def make_room(self, files: int) -> None:
        """Nothing to do: a file is made when it is needed."""

    def close(self) -> None:
        """Close every connection and the lock files."""
        self._connections.close()
        for lock in (self._lock_file, self._open):
            if lock:
                lock.close()
        self._lock_file = self._open = None


_SQLITE_ERRORS: dict[int, tuple[type[StoreTrouble], str]] = {
    sqlite3.SQLITE_BUSY: (StoreBusy, "store_busy"),
    sqlite3.SQLITE_LOCKED: (StoreBusy, "store_busy"),
    sqlite3.SQLITE_READONLY: (StoreReadOnly, "store_read_only"),
    sqlite3.SQLITE_CANTOPEN: (StoreReadOnly, "store_read_only"),
    sqlite3.SQLITE_PERM: (StoreReadOnly, "store_read_only"),
    sqlite3.SQLITE_FULL: (StoreFull, "store_full"),
    sqlite3.SQLITE_IOERR: (StoreFull, "store_full"),
    sqlite3.SQLITE_CORRUPT: (StoreDamaged, "store_damaged"),
    sqlite3.SQLITE_NOTADB: (StoreDamaged, "store_damaged"),
}


def _written_anew_for(connection: Any) -> int:
    """How many people were erased when the file was last written anew; SQLite keeps a number for us."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _write_anew(connection: Any, erased: int) -> bool:
    connection.execute("VACUUM")
    done = _fold_log(connection)
    if done:
        connection.execute(f"PRAGMA user_version={erased:d}")
    return done


def _fold_log(connection: Any) -> bool:
    """Have the log hold nothing; False where somebody reads of it."""
    return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


@contextmanager
def _impatient(connection: Any, patience: float) -> Iterator[None]:
    """Wait for readers only briefly: all who want to write wait along."""
    connection.execute(f"PRAGMA busy_timeout={_BRIEFLY * 1000:.0f}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout={patience * 1000:.0f}")


_OURS = f"SELECT count(*) = 0 OR max(name = '{MARK}') FROM sqlite_master"  # noqa: S608


def _anothers(file: Path) -> bool:
    """Whether a file is another program's, beside which nothing is put; read past whatever lock is on it."""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as look:
            return not look.execute(_OURS).fetchone()[0]
    except sqlite3.Error as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_NOTADB


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Have the file keep a write-ahead log; of several that begin with a new file, each in its turn.

    SQLite refuses two that change this at one moment at once, whatever the timeout: waiting could not end.
    """
    start = time.monotonic()
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() - start > PATIENCE:
                raise
            time.sleep(0.002)
        else:
            return
