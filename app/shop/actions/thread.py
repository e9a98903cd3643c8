"""A thread opened to write in it: one statement reads the order, who writes, and the key."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlmodel import col

from app.shop import once
from app.shop import tables as t
from app.shop.access import authorise, roles_of
from app.shop.numbers import LARGEST
from app.shop.reads.viewer import STAFF, member_of
from app.shop.rules.errors import NotFound
from app.shop.rules.orders import Role
from app.shop.shop import Actor
from app.shop.sql import Statement, Work

_o, _k, _m = t.Order, t.IdempotencyKey, t.Message
_ACTOR: Any = bindparam("actor")
_OPEN = Statement(
    select(
        col(_o.number),
        col(_o.buyer_id),
        col(_o.shop_id),
        col(_o.status),
        select(col(t.Line.title))
        .where(col(t.Line.order_number) == col(_o.number), col(t.Line.n) == 1)
        .scalar_subquery(),
        select(func.max(col(_m.n))).where(col(_m.order_number) == col(_o.number)).scalar_subquery(),
        member_of(col(_o.shop_id)),
        STAFF,
        col(_k.fingerprint),
        col(_k.answer),
        col(_k.people),
    )
    .select_from(_o)
    .join(_k, and_(col(_k.actor_id) == _ACTOR, col(_k.key) == bindparam("key")), isouter=True)
    .where(col(_o.number) == bindparam("number"))
)


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread of an order and who writes in it, as it stood when the transaction began."""

    work: Work
    actor: Actor
    role: Role
    number: int
    buyer_id: int
    shop_id: int
    status: str
    title: str
    last: int
    """The number of its newest message; 0 where there is none."""


def open_thread(work: Work, actor: Actor, what: str, number: int, key: str = "", mark: str = "") -> Thread:
    """The thread of order `number`, opened by `actor` to do `what`, for what `mark` stands for under `key`.

    Raises NotFound where it is not theirs, Refused where they may not, KeyReused where the key stood for
    something else; leaves with the first answer where it stood for this.
    """
    row = work.first(_OPEN, number=number, actor=actor.id, key=key) if number <= LARGEST else None
    if row is None:
        raise NotFound("no_such_order", {"number": str(number)})
    once.replay(row[8:11] if row[8] is not None else None, mark)
    roles = roles_of(actor, row[1], member=bool(row[6]), staff=bool(row[7]))
    title, last = row[4] or "", row[5] or 0
    return Thread(work, actor, authorise(what, roles, number), *row[:4], title, last)  # type: ignore[call-arg]
