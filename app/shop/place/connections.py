"""Connections of the driver: one per thread to read, one to write, all closed together."""

import threading
from functools import cached_property
from typing import Any
from weakref import WeakSet

from sqlalchemy import Engine, PoolProxiedConnection

from app.shop.rules.errors import StoreBusy

PATIENCE = 10.0
"""Seconds a writer waits for its turn before it says that the store is busy."""
MOST = 40
"""Connections of one process to a store: a server has so many for all of them together, 100 where nobody says
otherwise. A desk's threads, the background's and who listens are a dozen."""
MARK = "idempotency_keys"
"""The table that tells a store of ours from another program's."""


class Connections:
    """A driver connection per thread, and one for writing, all closed together.

    That of a thread is closed when the thread ends: the pool's own hand on it is kept by the thread alone.
    Nothing is handed around between threads, so nobody waits for a connection, and what a connection has
    learned of its statements stays; in return there are never more than `MOST`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._mine = threading.local()
        self._all: WeakSet[PoolProxiedConnection] = WeakSet()
        self._counting = threading.Lock()

    def connection(self) -> Any:
        try:
            return self._mine.connection
        except AttributeError:
            kept = self._mine.kept = self._new()
            self._mine.connection = kept.driver_connection
            return self._mine.connection

    def forget(self) -> None:
        """This thread's connection is of no more use: the next one is new."""
        self._mine.kept.invalidate()
        self._mine.__dict__.clear()

    def another(self) -> PoolProxiedConnection:
        """A connection of its own, open as long as whoever asked holds it."""
        return self._new()

    @property
    def writer(self) -> Any:
        return self._writer.driver_connection

    @cached_property
    def _writer(self) -> PoolProxiedConnection:
        return self._new()

    def _new(self) -> PoolProxiedConnection:
        with self._counting:
            if len(self._all) >= MOST:
                raise StoreBusy("store_busy", {"store": str(self._engine.url)})
            kept = self._engine.raw_connection()
            self._all.add(kept)
        return kept

    def close(self) -> None:
        for kept in tuple(self._all):
            kept.close()
        self._mine = threading.local()
        self.__dict__.pop("_writer", None)
        self._engine.dispose()
