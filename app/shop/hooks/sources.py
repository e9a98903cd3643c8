"""Sources: systems that may tell of the orders and payments of a shop."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.hooks.standing import EVERY_SHOP, Added, add, may_connect, secret_for, shop_to_connect
from app.shop.numbers import LARGEST
from app.shop.rules.errors import NotFound
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement

_q, _r, _p, _s = t.HookSource, t.HookReceived, t.HookPayment, t.Shop
_SOURCE: Any = bindparam("source")
_WHOSE = Statement(
    select(col(_q.id), col(_q.shop_id), col(_s.handle), col(_q.personal))
    .join(_s, col(_s.id) == col(_q.shop_id))
    .where(col(_q.id) == _SOURCE)
)
_REMOVE = (
    Statement(delete(_r).where(col(_r.source_id) == _SOURCE)),
    Statement(delete(_p).where(col(_p.source_id) == _SOURCE)),
    Statement(delete(_q).where(col(_q.id) == _SOURCE)),
)
_OPEN = (
    select(func.count()).select_from(_p).where(col(_p.source_id) == col(_q.id), col(_p.due_at).is_not(None))
)
_LIST = Statement(
    select(col(_q.id), col(_s.handle), col(_q.personal), col(_q.added_at), _OPEN.scalar_subquery())
    .join(_s, col(_s.id) == col(_q.shop_id))
    .where((col(_q.shop_id) == bindparam("shop")) | (bindparam("shop") == EVERY_SHOP))
    .order_by(col(_q.id))
)


@dataclass(frozen=True, slots=True)
class Source:
    """A system that tells of a shop's orders; `personal`: the names and addresses of buyers are kept too."""

    id: int
    shop_id: int
    shop: str
    personal: bool


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source in a list; so many of its payments are booked nowhere yet."""

    id: int
    shop: str
    personal: bool
    added_at: int
    unbooked: int


def add_source(shop: Shop, actor: Actor, handle: str, *, personal: bool = False) -> Added:
    """Let a system tell of the orders and payments of a shop; its secret is told once.

    Raises NotFound where that is not the actor's to decide, Refused where there are too many.
    """
    with shop.change() as work:
        return add(work, actor, handle, "source", _q, personal=personal)


def remove_source(shop: Shop, actor: Actor, source: int) -> Done:
    """Hear a system no longer, and forget its payments that wait; raises NotFound where it is not theirs."""
    with shop.change() as work:
        row = work.first(_WHOSE, source=source)
        may_connect(work, actor, row[1] if row else -1)
        if row is None:
            raise NotFound("no_such_source", {"source": str(source)})
        for statement in _REMOVE:
            work.run(statement, source=source)
    return Done({"source": str(source)}, frozenset({actor.id}))


def sources_of(shop: Shop, actor: Actor, handle: str | None = None) -> tuple[SourceSummary, ...]:
    """The sources of a shop, None: all there are; raises NotFound where they are not theirs to see."""
    with shop.look() as work:
        shop_id = shop_to_connect(work, actor, handle)
        rows = work.rows(_LIST, shop=shop_id)
    return tuple(SourceSummary(one, name, bool(personal), *rest) for one, name, personal, *rest in rows)


def source_with_secret(shop: Shop, source: int) -> tuple[Source, str] | None:
    """A source and its secret, to know who speaks; None where there is none."""
    with shop.look() as work:
        row = work.first(_WHOSE, source=source) if source <= LARGEST else None
        return row and (Source(row[0], row[1], row[2], bool(row[3])), secret_for(work, "source", source))
