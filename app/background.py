"""The loops of a process: deadlines and changes that other processes made, and the way to the gateway."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Protocol

from sqlalchemy import bindparam, exists, select, union_all
from sqlmodel import col

from app.log import note
from app.shop import tables as t
from app.shop.actions.charge import ask_due
from app.shop.actions.clock import apply_due
from app.shop.actions.forgetting import forget_ended, forget_erased
from app.shop.actions.settle import settle_due
from app.shop.reads.sign_ins import ended
from app.shop.rules.errors import StoreTrouble
from app.shop.shop import Done, Shop
from app.shop.sql import Statement

log = logging.getLogger("takeback")

PAUSE = 0.3
"""Seconds between two looks, where nobody says meanwhile that something was done."""
AT_LEAST = 0.05
"""Seconds between two looks, however much is done."""
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


Signed = Callable[[], Mapping[int, int]]
"""Whom the sign-ins are of that windows here show, by their ids."""


class Background:
    """Looks at the clock and at the store, and tells the people concerned."""

    def __init__(self, shop: Shop, tell: Tell, signed: Signed = dict) -> None:
        self._shop = shop
        self._tell = tell
        self._signed = signed
        self._seen: set[tuple[int, int]] = set()

    async def run(self) -> None:
        """Step, settle and sweep for ever, each in a thread of its own: a gateway may take its time.

        All steps are of one thread, because SQLite counts changes per connection.
        """
        if self._shop.place.threads:
            loop, within = _again_and_again, PAUSE - AT_LEAST
        else:
            loop, within = _in_place, 0.0
        step = partial(self.step, within)
        await asyncio.gather(
            loop(step, PAUSE - within), loop(self.settle, PAUSE), loop(self.sweep, BETWEEN_SWEEPS)
        )

    def step(self, within: float = 0.0) -> None:
        """Apply what is due, then wait so many seconds at most for changes, and tell whom they concern.

        What fails is tried again at the next step.
        """
        with _survived(within):
            apply_due(self._shop, most=MOST_DUE, tell=self._tell_of)
            if self._shop.place.changed(within):
                self._tell(self._concerned() | self._signed_out())

    def settle(self) -> None:
        """Ask about money on its way in, and have money go back. What fails is tried again the next time."""
        with _survived():
            ask_due(self._shop, most=MOST_DUE, tell=self._tell_of)
            settle_due(self._shop, most=MOST_DUE, tell=self._tell_of)

    def sweep(self) -> None:
        """Take away what has ended by itself, photos that were never sent, and what erased people left."""
        with _survived():
            forget_ended(self._shop)
            forget_erased(self._shop)

    def _tell_of(self, done: Done) -> None:
        self._tell(done.people, done.shop, staff=done.staff)

    def _signed_out(self) -> frozenset[int]:
        """The people one of whose sign-ins here was ended."""
        signed = dict(self._signed())
        return frozenset(signed[one] for one in ended(self._shop, signed))

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
def _survived(pause: float = 0.0) -> Iterator[None]:
    """What fails is told, and so many seconds pass before it is tried again."""
    try:
        yield
    except StoreTrouble as trouble:
        log.warning("the store cannot be looked at: %s", trouble)
        time.sleep(pause)
    except Exception:
        note("a step of the background failed")
        time.sleep(pause)
