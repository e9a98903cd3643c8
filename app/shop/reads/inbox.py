"""A person's inbox."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, func, literal, or_, select
from sqlmodel import col

from app.shop.reads.orders import COUNTED, PAGE
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from app.shop.tables import Notification

_n = Notification
_FAR = (2**62, 0)


@dataclass(frozen=True)
class Notice:
    """One entry: a code and the facts its text is filled with, drawn in the reader's language."""

    at: int
    order_number: int
    n: int
    code: str
    facts: dict[str, Any]
    read: bool


_PAGE = Statement(
    select(col(_n.at), col(_n.order_number), col(_n.n), col(_n.code), col(_n.facts), col(_n.read_at))
    .where(
        col(_n.person_id) == bindparam("person"),
        or_(
            col(_n.at) < bindparam("before_at"),
            and_(col(_n.at) == bindparam("before_at"), col(_n.order_number) < bindparam("before_number")),
        ),
    )
    .order_by(col(_n.at).desc(), col(_n.order_number).desc(), col(_n.n).desc())
    .limit(bindparam("limit"))
)
_UNREAD = Statement(
    select(func.count()).select_from(
        select(literal(1).label("one"))
        .where(col(_n.person_id) == bindparam("person"), col(_n.read_at).is_(None))
        .limit(COUNTED)
        .subquery()
    )
)


def notices(
    shop: Shop, actor: Actor, *, before: tuple[int, int] | None = None, limit: int = PAGE
) -> tuple[Notice, ...]:
    """The actor's inbox, newest first, from before the entry at (time, order number) on."""
    at, number = before or _FAR
    with shop.look() as work:
        rows = work.rows(_PAGE, person=actor.id, before_at=at, before_number=number, limit=limit)
    return tuple(
        Notice(at, number, n, code, json.loads(facts), read is not None)
        for at, number, n, code, facts, read in rows
    )


def unread(shop: Shop, actor: Actor) -> int:
    """How many entries the actor has not read, counted up to `COUNTED`."""
    with shop.look() as work:
        row = work.first(_UNREAD, person=actor.id)
    return int(row[0]) if row else 0
