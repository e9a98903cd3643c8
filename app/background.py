"""The loops of a process: deadlines and changes that other processes made, and the way to the gateway."""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import bindparam, exists, select, union_all
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions.charge import ask_due
from app.shop.actions.clock import apply_due
from app.shop.actions.forgetting import forget_erased
from app.shop.actions.settle import settle_due
from app.shop.rules.errors import StoreTrouble
from app.shop.shop import Done, Shop
from app.shop.sql import Statement

log = logging.getLogger("takeback")

PAUSE = 0.3
"""Seconds between two looks."""
BETWEEN_SWEEPS = 600.0
"""Seconds between two sweeps."""
MOST_DUE = 50
"""Deadlines applied at one look: what is due after a long sleep must not keep changes from being seen."""
RECENT_MS = 10_000
"""How far back events are read. They are not committed in the order of their numbers, nor by one clock."""

_e, _o, _m, _s, _f = t.OrderEvent, t.Order, t.Member, t.Message, t.Staff
_happened = union_all(
    select(col(_e.order_number), col(_e.n)).where(col(_e.at) > bindparam("since")),
    # Below zero, as their notifications are.
    select(col(_s.order_number), -col(_s.n)).where(col(_s.at) > bindparam("since")),
).subquery()
_for_staff = exists().where(col(t.Request.order_number) == _happened.c.order_number)
"""Whatever happens to an order about which something was asked may be what the platform looks at."""
_RECENT = Statement(
    select(_happened.c.order_number, _happened.c.n, col(_o.buyer_id), col(_m.person_id), col(_f.person_id))
    .join(_o, col(_o.number) == _happened.c.order_number)
    .join(_m, col(_m.shop_id) == col(_o.shop_id), isouter=True)
    .join(_f, _for_staff, isouter=True)
)


class Tell(Protocol):
    """Has the windows of `people` look again, of the members of a shop (its id), of the platform's staff."""

    def __call__(self, people: Collection[int], shop: int | None = None, *, staff: bool = False) -> None: ...


class Background:
    """Looks at the clock and at the store, and tells the people concerned."""

    def __init__(self, shop: Shop, tell: Tell) -> None:
        self._shop = shop
        self._tell = tell
        self._version: int | None = None
        self._seen: set[tuple[int, int]] = set()

    async def run(self) -> None:
        """Step, settle and sweep for ever, each in a thread of its own: a gateway may take its time.

        All steps are of one thread, because SQLite counts changes per connection.
        """
        loop = _again_and_again if self._shop.place.threads else _in_place
        await asyncio.gather(
            loop(self.step, PAUSE), loop(self.settle, PAUSE), loop(self.sweep, BETWEEN_SWEEPS)
        )

    def step(self) -> None:
        """Apply what is due, then look for changes. What fails is tried again at the next step."""
        with _survived():
            apply_due(self._shop, most=MOST_DUE, tell=self._tell_of)
            if self._changed():
                self._tell(self._concerned())

    def settle(self) -> None:
        """Ask about money on its way in, and have money go back. What fails is tried again the next time."""
        with _survived():
            ask_due(self._shop, most=MOST_DUE, tell=self._tell_of)
            settle_due(self._shop, most=MOST_DUE, tell=self._tell_of)

    def sweep(self) -> None:
        """Take away photos that were never sent, and what erased people left."""
        with _survived():
            forget_erased(self._shop)

    def _tell_of(self, done: Done) -> None:
        self._tell(done.people, done.shop, staff=done.staff)

    def _changed(self) -> bool:
        """Whether anybody committed since the last look; on PostgreSQL only the events tell."""
        place = self._shop.place
        if place.dialect.name != "sqlite":
            return True
        before = self._version
        (self._version,) = place.connection().execute("PRAGMA data_version").fetchone()
        return before != self._version

    def _concerned(self) -> frozenset[int]:
        """The people of the recent events and messages that were not seen yet."""
        with self._shop.look() as work:
            rows = work.rows(_RECENT, since=work.now - RECENT_MS)
        new = [row for row in rows if (row[0], row[1]) not in self._seen]
        self._seen = {(row[0], row[1]) for row in rows}
        return frozenset(person for row in new for person in row[2:] if person is not None)


async def _again_and_again(work: Callable[[], None], pause: float) -> None:
    with ThreadPoolExecutor(1, thread_name_prefix="background") as thread:
        while True:
            await asyncio.get_running_loop().run_in_executor(thread, work)
            await asyncio.sleep(pause)


async def _in_place(work: Callable[[], None], pause: float) -> None:
    while True:
        work()
        await asyncio.sleep(pause)


@contextmanager
def _survived() -> Iterator[None]:
    try:
        yield
    except StoreTrouble as trouble:
        log.warning("the store cannot be looked at: %s", trouble)
    except Exception:
        log.exception("a step of the background failed")
