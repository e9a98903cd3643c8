"""A seller's queue: whose requests wait for an answer, the most urgent first, over all shops of a member."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice
from typing import Any

from sqlalchemy import bindparam, func, literal, select, tuple_
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.folding import words_of
from app.shop.reads.keys import keys
from app.shop.reads.orders import COUNTED, PAGE
from app.shop.reads.search import CHUNK, REACH, holds
from app.shop.reads.tasks import SellerTask, task_of, these_tasks
from app.shop.rules.errors import NotFound
from app.shop.rules.requests import Queue
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement, Work

Key = tuple[int, int]
"""Where a request stands in its queue: (`queue_at`, id)."""

_q, _o, _l, _p, _s, _m = t.Request, t.Order, t.Line, t.Person, t.Shop, t.Member
_FIRST, _LAST = (-(2**62), 0), (2**62, 0)
_NEWEST_FIRST = frozenset({Queue.CLOSED})
"""Where the last to come stand first; else the first do."""


@dataclass(frozen=True, slots=True)
class Tasks:
    """A page of a queue; `end` is the key that the next one comes `after`, None where nothing is further.

    A page that has looked far enough ends before it is full, even empty.
    """

    tasks: tuple[SellerTask, ...]
    end: Key | None


_COMPARED: tuple[Any, ...] = (
    *(col(_q.queue_at), col(_q.id), col(_q.reason)),
    *(col(_q.order_number).label("number"), col(_q.buyer_id)),
)


def _in_order(newest_first: bool) -> tuple[Any, ...]:
    """The requests of one shop in one queue from a key on, and the order they stand in."""
    at, number = col(_q.queue_at), col(_q.id)
    key, after = tuple_(at, number), tuple_(bindparam("after_at"), bindparam("after_id"))
    beyond = key < after if newest_first else key > after
    order = (at.desc(), number.desc()) if newest_first else (at, number)
    here = (col(_q.shop_id) == bindparam("shop"), col(_q.queue) == bindparam("queue"), beyond)
    return here, order


def _page(newest_first: bool) -> Statement:
    here, order = _in_order(newest_first)
    keyed = select(col(_q.queue_at), col(_q.id)).where(*here)
    return Statement(keyed.order_by(*order).limit(bindparam("limit")))


def _chunk(newest_first: bool) -> Statement:
    """What is compared of some requests, a row per line of their orders."""
    here, order = _in_order(newest_first)
    chunk = select(*_COMPARED).where(*here).order_by(*order).limit(CHUNK).subquery()
    at, number = chunk.c.queue_at, chunk.c.id
    return Statement(
        select(
            *(at, number, chunk.c.reason, chunk.c.number, col(_o.outside_number)),
            *(col(_p.handle), col(_p.name), col(_l.title), col(_l.variant)),
        )
        .join(_o, col(_o.number) == chunk.c.number)
        .join(_p, col(_p.id) == chunk.c.buyer_id)
        .join(_l, col(_l.order_number) == chunk.c.number, isouter=True)
        .order_by(*((at.desc(), number.desc()) if newest_first else (at, number)))
    )


_PAGES = {newest_first: _page(newest_first) for newest_first in (False, True)}
_CHUNKS = {newest_first: _chunk(newest_first) for newest_first in (False, True)}
_SHOPS = Statement(
    select(col(_s.id), col(_s.handle))
    .join(_m, col(_m.shop_id) == col(_s.id))
    .where(col(_m.person_id) == bindparam("person"))
)


def tasks_of(
    shop: Shop,
    actor: Actor,
    queue: Queue,
    *,
    shop_handle: str | None = None,
    reason: str | None = None,
    search: str = "",
    after: Key | None = None,
    limit: int = PAGE,
) -> Tasks:
    """The requests in `queue` of the actor's shops, or of one of them, the most urgent first, after a key.

    `reason` is the buyer's; words of `search` may stand in a line's title or variant, in the buyer's name or
    handle, and in either number of the order. Closed ones stand the newest first. Who is a member of no shop
    has none; raises NotFound for a shop that is not theirs.
    """
    words = words_of(search)
    with shop.snapshot() as work:
        shops = [one for one, handle in work.rows(_SHOPS, person=actor.id) if shop_handle in (None, handle)]
        if not shops and shop_handle is not None:
            raise NotFound("no_such_shop", {"handle": shop_handle})
        if words or reason:
            found, end = _matching(work, shops, queue, after, reason, words, limit)
        else:
            found = [row[:2] for row in islice(_merged(work, _PAGES, shops, queue, after, limit), limit)]
            end = found[-1] if len(found) == limit else None
        rows = work.rows(these_tasks(limit), **keys(one for _, one in found)) if found else []
        tasks = {row[0]: task_of(row) for row in rows}
    return Tasks(tuple(tasks[one] for _, one in found), end)


def _merged(
    work: Work, pages: dict[bool, Statement], shops: list[int], queue: Queue, after: Key | None, limit: int
) -> Iterator[Row]:
    """The rows of all `shops` in one order."""
    newest_first = queue in _NEWEST_FIRST
    start = after or (_LAST if newest_first else _FIRST)
    each = [_in_shop(work, pages[newest_first], one, queue, start, limit) for one in shops]
    return merge(*each, key=lambda row: row[:2], reverse=newest_first)


def _in_shop(work: Work, page: Statement, shop: int, queue: Queue, after: Key, limit: int) -> Iterator[Row]:
    """The rows of one shop, read as far as they are asked for."""
    while True:
        rows = work.rows(
            page, shop=shop, queue=queue.value, after_at=after[0], after_id=after[1], limit=limit
        )
        yield from rows
        if len({row[1] for row in rows}) < limit:
            return
        after = rows[-1][0], rows[-1][1]


def _matching(
    work: Work,
    shops: list[int],
    queue: Queue,
    after: Key | None,
    reason: str | None,
    words: tuple[str, ...],
    limit: int,
) -> tuple[list[Key], Key | None]:
    """The keys of up to `limit` requests that fit, and where to look on."""
    found: list[Key] = []
    merged = _merged(work, _CHUNKS, shops, queue, after, CHUNK)
    for looked, (key, lines) in enumerate(groupby(merged, key=lambda row: row[:2]), 1):
        rows = list(lines)
        # Without its reason, a row is what a search of orders compares.
        if reason in (None, rows[0][2]) and (not words or holds([row[3:] for row in rows], words)):
            found.append(key)
        if len(found) == limit or looked == REACH:
            return found, key
    return found, None


def _counted(queue: Any) -> Any:
    waiting = (
        select(literal(1).label("one"))
        .select_from(_m)
        .join(_q, col(_q.shop_id) == col(_m.shop_id))
        .where(col(_m.person_id) == bindparam("person"), col(_q.queue) == queue)
        .limit(COUNTED)
        .subquery()
    )
    return select(func.count()).select_from(waiting).scalar_subquery()


_COUNTS = Statement(select(*(_counted(queue.value).label(queue.name) for queue in Queue)))
_WAITING = Statement(select(_counted(Queue.TO_ANSWER.value)))


def queue_counts(shop: Shop, actor: Actor) -> dict[Queue, int]:
    """How many requests stand in each queue of the actor's shops, counted up to `COUNTED`."""
    with shop.look() as work:
        row = work.first(_COUNTS, person=actor.id) or ()
    return dict(zip(Queue, row, strict=True))


def waiting(shop: Shop, actor: Actor) -> int:
    """How many requests wait for an answer of the actor's shops, counted up to `COUNTED`."""
    with shop.look() as work:
        row = work.first(_WAITING, person=actor.id)
    return int(row[0]) if row else 0
