"""What the platform has to decide: refusals that buyers brought before it, the longest waiting first."""

from typing import Any

from sqlalchemy import Integer, bindparam, cast, exists, func, literal_column, select, tuple_
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_platform
from app.shop.reads.keys import keys
from app.shop.reads.orders import COUNTED, PAGE
from app.shop.reads.queue import Key, Tasks
from app.shop.reads.tasks import task_of, these_tasks
from app.shop.rules.requests import Queue
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement, Work

_q = t.Request
# Written out, so that the database knows it for its partial index.
_HERE: Any = col(_q.queue) == literal_column(f"'{Queue.WITH_PLATFORM}'")
_PAGE = Statement(
    select(col(_q.queue_at), col(_q.id))
    .where(_HERE, tuple_(col(_q.queue_at), col(_q.id)) > tuple_(bindparam("after_at"), bindparam("after_id")))
    .order_by(col(_q.queue_at), col(_q.id))
    .limit(bindparam("limit"))
)
_COUNT = Statement(
    select(func.count()).select_from(
        select(col(_q.queue_at))
        .where(_HERE, col(_q.queue_at) > 0)  # as everything is: only so is it counted in its index
        .limit(COUNTED)
        .subquery()
    )
)
_STAFF = Statement(select(cast(exists().where(col(t.Staff.person_id) == bindparam("actor")), Integer)))


def escalations(shop: Shop, actor: Actor, *, after: Key | None = None, limit: int = PAGE) -> Tasks:
    """What the platform has to decide, from after a key on; raises NotFound for who is not of its staff."""
    with shop.snapshot() as work:
        _let_in(work, actor)
        at, number = after or (-(2**62), 0)
        found = work.rows(_PAGE, after_at=at, after_id=number, limit=limit)
        rows = work.rows(these_tasks(limit), **keys(one for _, one in found)) if found else []
    tasks = {row[0]: task_of(row) for row in rows}
    end = (found[-1][0], found[-1][1]) if len(found) == limit else None
    return Tasks(tuple(tasks[one] for _, one in found), end)


def to_decide(shop: Shop, actor: Actor) -> int:
    """How many there are, counted up to `COUNTED`; raises NotFound for who is not the platform's staff."""
    with shop.snapshot() as work:
        _let_in(work, actor)
        row = work.first(_COUNT)
    return int(row[0]) if row else 0


def _let_in(work: Work, actor: Actor) -> None:
    authorise_platform(actor, staff=bool((work.first(_STAFF, actor=actor.id) or (0,))[0]))
