"""Erasing a person: what they wrote and are known by is gone for good, and the books stay right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import once
from app.shop import tables as t
from app.shop.access import authorise_erasure
from app.shop.actions.cancel import cancelled
from app.shop.actions.erasing import erase
from app.shop.actions.forgetting import forget_erased
from app.shop.actions.opening import open_order
from app.shop.once import action
from app.shop.reads.viewer import STAFF
from app.shop.rules.erasure import erased_handle
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.orders import Action, Status
from app.shop.rules.reasons import REASONS
from app.shop.rules.refunds import RefundState
from app.shop.rules.requests import OPEN
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work, one_of

_o, _p, _m = t.Order, t.Person, t.Member
_PERSON: Any = bindparam("person")
_WHY = REASONS["BU_NOT_NEEDED"]

_OPEN = Statement(
    select(
        select(col(_p.handle)).where(col(_p.id) == _PERSON).scalar_subquery().label("handle"),
        STAFF.label("staff"),
        *once.KEPT,
    )
)
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
        unpaid = len(work.rows(_UNPAID, person=actor.id))
        return Ahead(unpaid, tuple(_in_the_way(work, actor.id)))


def erase_person(shop: Shop, actor: Actor, person: int, *, key: str) -> Done:
    """Erase a person: themself, the platform's staff or the system may. Their unpaid orders are cancelled.

    Orders, amounts, stock and tallies stay; messages, notes, photos, addresses and names are gone for good,
    in the files too: at once, or with a later sweep (`forget_erased`). Raises Refused with what is in the
    way: something that is owed, or that they alone run a shop or the platform; NotFound where there is no
    such person, or it is not the actor's to do.
    """
    done = take_out(shop, actor, person, key=key)
    forget_erased(shop)
    return done


@action
def take_out(shop: Shop, actor: Actor, person: int, *, key: str) -> Done:
    """Take a person out of every table, as `erase_person` does before it sees to the files."""
    with shop.change() as work:
        mark = once.fingerprint(key, "erase_person", str(person))
        row = work.first(_OPEN, person=person, actor=actor.id, key=key)
        assert row is not None  # noqa: S101  (it has no table to be missing from)
        handle, staff, kept = row[0], bool(row[1]), row[2:]
        once.replay(kept if kept[0] is not None else None, mark)
        authorise_erasure(actor, person, staff=staff)
        if handle is None:
            raise NotFound("no_such_person", {"handle": str(person)})
        for refused in _in_the_way(work, person):
            raise refused
        concerned = _cancel_unpaid(work, person)
        photos = erase(work, person, handle)
        answer = {"handle": erased_handle(person), "cancelled": len(concerned), "photos": photos}
        people = frozenset({person}).union(*concerned)
        return once.keep(work, actor, key, mark, Done(answer, people))


def _in_the_way(work: Work, person: int) -> Iterator[Refused]:
    for code, step, statement in _IN_THE_WAY:
        count, number = work.first(statement, person=person) or (0, 0)
        if count:
            yield Refused(code, {"count": count, "number": str(number)}, step)
    (shop,) = work.first(_LAST_OF, person=person) or (None,)
    if shop:
        yield Refused("erase_runs_shop", {"shop": shop})
    if (work.first(_LAST_STAFF, person=person) or (0,))[0]:
        yield Refused("erase_last_staff")


def _cancel_unpaid(work: Work, person: int) -> list[frozenset[int]]:
    """Take back what they have not paid: what it holds is others' to buy. Whom each concerns."""
    concerned = []
    for (number,) in work.rows(_UNPAID, person=person):
        order = open_order(work, Actor(person), Action.CANCEL, number, f"erase-{number}")
        order.may()
        concerned.append(cancelled(order, _WHY).people)
    return concerned
