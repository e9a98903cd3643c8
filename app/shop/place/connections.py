"""Connections of the driver: one per thread to read, one to write, all closed together."""

import threading
from functools import cached_property
from typing import Any

from sqlalchemy import Engine

PATIENCE = 10.0
"""Seconds a writer waits for its turn before it says that the store is busy."""
MARK = "idempotency_keys"
"""The table that tells a store of ours from another program's."""


class Connections:
    """A driver connection per thread, and one for writing, all closed together."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._mine = threading.local()
        self._all: list[Any] = []

    def connection(self) -> Any:
        try:
            return self._mine.connection
        except AttributeError:
            self._mine.connection = self._new()
            return self._mine.connection

    def forget(self) -> None:
        """This thread's connection is of no more use: the next one is new."""
        self._mine.__dict__.clear()

    @cached_property
    def writer(self) -> Any:
        return self._new()

    def _new(self) -> Any:
        kept = self._engine.raw_connection()
        self._all.append(kept)
        return kept.driver_connection

    def close(self) -> None:
        for connection in self._all:
            connection.close()
        self._all.clear()
        self._mine = threading.local()
        self.__dict__.pop("writer", None)
        self._engine.dispose()
