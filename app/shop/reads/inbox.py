"""A person's inbox."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, literal, select, tuple_
from sqlmodel import col

from app.shop.reads.orders import COUNTED, PAGE
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from app.shop.tables import Notification, Order

_n = Notification
_BOUGHT = select(col(Order.buyer_id)).where(col(Order.number) == col(_n.order_number)).scalar_subquery()
_FAR = (2**62, 0, 0)


@dataclass(frozen=True)
class Notice:
    """One entry: a code and the facts its text is filled with, drawn in the reader's language.

    `bought`: the reader is the buyer of the order.
    """

    at: int
    order_number: int
    n: int
    code: str
    facts: dict[str, Any]
    read: bool
    bought: bool

    @property
    def key(self) -> tuple[int, int, int]:
        """Where it stands in the inbox: the next page is from before here."""
        return self.at, self.order_number, self.n


_PAGE = Statement(
    select(
        *(col(_n.at), col(_n.order_number), col(_n.n), col(_n.code), col(_n.facts), col(_n.read_at)),
        _BOUGHT,
    )
    .where(
        col(_n.person_id) == bindparam("person"),
        tuple_(col(_n.at), col(_n.order_number), col(_n.n))
        < tuple_(bindparam("before_at"), bindparam("before_number"), bindparam("before_n")),
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
    shop: Shop, actor: Actor, *, before: tuple[int, int, int] | None = None, limit: int = PAGE
) -> tuple[Notice, ...]:
    """The actor's inbox, newest first, from before the entry with the key `before` on."""
    at, number, n = before or _FAR
    with shop.look() as work:
        rows = work.rows(_PAGE, person=actor.id, before_at=at, before_number=number, before_n=n, limit=limit)
    return tuple(
        Notice(at, number, n, code, json.loads(facts), read is not None, buyer == actor.id)
        for at, number, n, code, facts, read, buyer in rows
    )


def unread(shop: Shop, actor: Actor) -> int:
    """How many entries the actor has not read, counted up to `COUNTED`."""
    with shop.look() as work:
        row = work.first(_UNREAD, person=actor.id)
    return int(row[0]) if row else 0
