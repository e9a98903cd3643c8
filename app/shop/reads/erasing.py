"""What erasing a person meets: what has to be settled before, and what is cancelled with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Status
from app.shop.rules.refunds import RefundState
from app.shop.rules.requests import OPEN
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement, Work, one_of

_o, _m = t.Order, t.Member
_PERSON: Any = bindparam("person")

_THEIRS = col(_o.buyer_id) == _PERSON
_OWN = (_THEIRS, col(_o.source) == "takeback")
_SETTLED = (Status.UNPAID, Status.COMPLETED, Status.CANCELLED)
_RUNNING = (*_OWN, ~one_of(col(_o.status), *(status.value for status in _SETTLED)))
_OTHERS = select(col(_m.person_id)).where(col(_m.person_id) != _PERSON)


def _count(what: Any, *tables: Any) -> Any:
    """How many there are, and the lowest number of an order that they are of."""
    chosen = select(func.count(), func.min(col(_o.number))).select_from(_o)
    for table in tables:
        chosen = chosen.join(table, col(table.order_number) == col(_o.number))
    return Statement(chosen.where(*what))


_IN_THE_WAY = (
    (
        "erase_payment_out",
        "wait_for_bank",
        _count((*_OWN, col(t.Payment.due_at).is_not(None)), t.Payment),
    ),
    ("erase_orders_open", "finish_orders", _count(_RUNNING)),
    (
        "erase_refunds_open",
        "see_refunds",
        _count((*_OWN, col(t.Refund.state) != RefundState.DONE.value), t.Refund),
    ),
    (
        "erase_requests_open",
        "withdraw_requests",
        _count((_THEIRS, one_of(col(t.Request.status), *(status.value for status in OPEN))), t.Request),
    ),
)
"""What is owed to the person or by them, with what settles it: their name is needed until then."""
_LAST_OF = Statement(
    select(func.min(col(t.Shop.handle)))
    .select_from(_m)
    .join(t.Shop, col(t.Shop.id) == col(_m.shop_id))
    .where(
        col(_m.person_id) == _PERSON,
        ~_OTHERS.where(col(_m.shop_id) == col(t.Shop.id)).correlate(t.Shop).exists(),
    )
)
_LAST_STAFF = Statement(
    select(func.count())
    .select_from(t.Staff)
    .where(
        col(t.Staff.person_id) == _PERSON,
        ~select(col(t.Person.id))
        .join(t.Staff, col(t.Staff.person_id) == col(t.Person.id))
        .where(col(t.Person.id) != _PERSON)
        .exists(),
    )
)
_UNPAID = Statement(select(col(_o.number)).where(*_OWN, col(_o.status) == Status.UNPAID.value))


@dataclass(frozen=True, slots=True)
class Ahead:
    """What erasing somebody meets: so many unpaid orders to be cancelled, and all that is in the way."""

    unpaid: int
    in_the_way: tuple[Refused, ...]


def ahead_of_erasing(shop: Shop, actor: Actor) -> Ahead:
    """What erasing `actor` would meet now."""
    with shop.snapshot() as work:
        unpaid = len(unpaid_of(work, actor.id))
        return Ahead(unpaid, tuple(in_the_way(work, actor.id)))


def in_the_way(work: Work, person: int) -> Iterator[Refused]:
    """Why `person` cannot be erased yet, each with what settles it."""
    for code, step, statement in _IN_THE_WAY:
        count, number = work.first(statement, person=person) or (0, 0)
        if count:
            yield Refused(code, {"count": count, "number": str(number)}, step)
    (shop,) = work.first(_LAST_OF, person=person) or (None,)
    if shop:
        yield Refused("erase_runs_shop", {"shop": shop})
    if (work.first(_LAST_STAFF, person=person) or (0,))[0]:
        yield Refused("erase_last_staff")


def unpaid_of(work: Work, person: int) -> list[int]:
    """The orders that `person` has not paid."""
    return [number for (number,) in work.rows(_UNPAID, person=person)]
