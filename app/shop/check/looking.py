"""Several who look a store over, each with a connection of its own, all at one moment of it.

SQLite works for one statement on one processor: with a second looker, a million orders take half the time.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Lock
from typing import Generic, TypeVar

from sqlalchemy import text

from app.shop.shop import Shop
from app.shop.sql import Row, Statement, Work

_VERSION = Statement(text("PRAGMA data_version"))

R = TypeVar("R")
Progress = Callable[[int, int], None]


class Looking(Generic[R]):
    """What is left to look for, taken by whoever comes next, and what was found of each."""

    def __init__(
        self, wanted: Iterable[R], find: Callable[[Work, R], list[Row]], progress: Progress | None
    ) -> None:
        self._wanted = list(wanted)
        self._left = iter(self._wanted)
        self._find, self._progress = find, progress
        self._lock = Lock()
        self._found: dict[R, list[Row]] = {}

    def look(self, work: Work) -> None:
        """Look for what is left, as `work` sees the store, until nothing is."""
        while (one := self._next()) is not None:
            found = self._find(work, one)
            with self._lock:
                self._found[one] = found
                if self._progress:
                    self._progress(len(self._found), len(self._wanted))

    def stop(self) -> None:
        """Nobody begins with another."""
        with self._lock:
            self._left = iter(())

    def found(self) -> Iterator[tuple[R, list[Row]]]:
        """What was found, in the order in which it was wanted."""
        return ((one, self._found[one]) for one in self._wanted)

    def _next(self) -> R | None:
        with self._lock:
            return next(self._left, None)


@contextmanager
def helped(shop: Shop, looking: Looking[R]) -> Iterator[Work]:
    """A view of the store at one moment, and a second looker with the same view where only one writes.

    If somebody has written between the two, the second leaves it all to the first.
    """
    if not (shop.place.threads and shop.place.one_writer):
        with shop.snapshot() as work:
            yield work
        return
    before, begun = Event(), Event()

    def help_out() -> None:
        try:
            with shop.look() as work:
                version = work.first(_VERSION)
        finally:
            before.set()
        begun.wait()
        with shop.snapshot() as work:
            if work.first(_VERSION) == version:
                looking.look(work)

    with ThreadPoolExecutor(1) as second:
        helping = second.submit(help_out)
        try:
            before.wait()
            with shop.snapshot() as work:
                work.first(_VERSION)
                begun.set()
                yield work
                helping.result()
        finally:
            looking.stop()
            begun.set()
