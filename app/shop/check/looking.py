"""Several who look a store over, each with a connection of its own, all at one moment of it.

SQLite works for one statement on one processor: with a second looker, a million orders take half the time.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Lock

from sqlalchemy import text

from app.shop.check.looks import Look, looks_for
from app.shop.check.rule import Rule
from app.shop.shop import Shop
from app.shop.sql import Row, Statement, Work

_VERSION = Statement(text("PRAGMA data_version"))

Progress = Callable[[int, int], None]


class Looking:
    """The looks that are left, each taken by whoever comes next, and what was found of each rule."""

    def __init__(self, rules: Sequence[Rule], most: int, progress: Progress | None) -> None:
        self._rules, self._most, self._progress = rules, most, progress
        looks = looks_for(rules)
        self._left = iter(looks)
        self._open = Counter(rule for look in looks for rule in look.rules)
        self._lock = Lock()
        self._found: dict[Rule, list[Row]] = {}

    def look(self, work: Work) -> None:
        """Look for what is left, as `work` sees the store, until nothing is."""
        while (one := self._next()) is not None:
            found = one.find(work, self._most)
            with self._lock:
                self._open -= Counter(one.rules)
                self._found |= found
                if self._progress:
                    self._progress(len(self._rules) - len(self._open), len(self._rules))

    def stop(self) -> None:
        """Nobody begins with another."""
        with self._lock:
            self._left = iter(())

    def found(self) -> Iterator[tuple[Rule, list[Row]]]:
        """What was found of each rule, in their order."""
        return ((rule, self._found.get(rule, [])) for rule in self._rules)

    def _next(self) -> Look | None:
        with self._lock:
            return next(self._left, None)


@contextmanager
def helped(shop: Shop, looking: Looking) -> Iterator[Work]:
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
