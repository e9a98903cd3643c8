"""Making a demo's orders batch by batch, in a process beside this one where there are many."""

import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import cpu_count
from random import Random

from app.shop.demo.cast import Cast
from app.shop.demo.orders import Orders
from app.shop.demo.record import Record
from app.shop.demo.rows import Packed
from app.shop.demo.talking import talk
from app.shop.rules.policy import DAY
from app.shop.rules.receipt import Held

MANY = 20_000
"""From so many orders on, making them beside the writing saves more than starting a process costs."""
AHEAD = 1
"""Batches that are made while one is written; more would only fill the memory."""
LATELY_MS = 3 * DAY


@dataclass(frozen=True, slots=True)
class Batch:
    """Orders to be made: those every demo shows, or one at each of these times with a number not taken."""

    n: int
    featured: int = 0
    moments: tuple[int, ...] = ()
    taken: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Made:
    """The rows of a batch, how many orders they are, and what ran out of stock lately."""

    rows: Packed
    orders: int
    emptied: list[Held]


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes batches: the same ones for the same seed, people and time, wherever and in whatever order."""

    cast: Cast
    seed: str
    now: int

    def make(self, batch: Batch) -> Made:
        """The orders of a batch."""
        chance = Random(f"{self.seed}/{batch.n}")  # noqa: S311  (nothing secret depends on it)
        orders = Orders(self.cast, chance, self.now)
        made = Made(Packed(), batch.featured + len(batch.moments), [])
        for record in orders.featured(batch.featured):
            self._take(made, record)
        for at in batch.moments:
            self._take(made, orders.placed_at(at, batch.taken))
        return made

    def _take(self, made: Made, record: Record) -> None:
        talk(record)
        made.rows.take(record.rows)
        if record.at > self.now - LATELY_MS:
            made.emptied.extend(record.emptied)


def make_all(maker: Maker, batches: Iterable[Batch], *, many: bool) -> Iterator[Made]:
    """Every batch, in order; `many` of them are made beside the caller's work where the system can."""
    lonely = sys.platform in ("emscripten", "android", "ios") or getattr(sys, "frozen", False)
    if many and not lonely and (cpu_count() or 1) > 1:
        yield from _beside(maker, batches)
    else:
        yield from map(maker.make, batches)


def _beside(maker: Maker, batches: Iterable[Batch]) -> Iterator[Made]:
    from concurrent.futures import Future, ProcessPoolExecutor  # noqa: PLC0415  (a phone has none)
    from multiprocessing import get_context  # noqa: PLC0415

    # Spawned, not forked: a fork would take the store's connections and locks along.
    context = get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=_begin, initargs=(maker,)) as process:
        waiting: deque[Future[Made]] = deque()
        for batch in batches:
            waiting.append(process.submit(_make, batch))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_makers: list[Maker] = []
"""The one of a process that makes batches for another: sent once, not with each batch."""


def _begin(maker: Maker) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the one who writes, and that ends this
    _makers.append(maker)


def _make(batch: Batch) -> Made:
    return _makers[0].make(batch)
