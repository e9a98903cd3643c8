"""Erasing a person: what they wrote and are known by is gone for good, and the books stay right."""

from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import once
from app.shop import tables as t
from app.shop.access import authorise_erasure
from app.shop.actions.cancel import cancelled
from app.shop.actions.erasing import erase
from app.shop.actions.forgetting import forget_erased
from app.shop.actions.opening import open_order
from app.shop.once import action
from app.shop.reads.erasing import in_the_way, unpaid_of
from app.shop.reads.viewer import STAFF
from app.shop.rules.erasure import erased_handle
from app.shop.rules.errors import NotFound
from app.shop.rules.orders import Action
from app.shop.rules.reasons import REASONS
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work

_p = t.Person
_PERSON: Any = bindparam("person")
_WHY = REASONS["BU_NOT_NEEDED"]

_OPEN = Statement(
    select(
        select(col(_p.handle)).where(col(_p.id) == _PERSON).scalar_subquery().label("handle"),
        STAFF.label("staff"),
        *once.KEPT,
    )
)
_STAY = (
    # Two who act for the same shop, or for the platform, could both go at one moment, each seeing the other.
    Statement(
        select(col(t.Member.person_id))
        .where(
            col(t.Member.shop_id).in_(select(col(t.Member.shop_id)).where(col(t.Member.person_id) == _PERSON))
        )
        .order_by(col(t.Member.shop_id), col(t.Member.person_id))
        .with_for_update()
    ),
    Statement(select(col(t.Staff.person_id)).order_by(col(t.Staff.person_id)).with_for_update()),
)
"""Has those stay, until this is done, who could take over from the person."""


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
        for statement in _STAY:
            work.rows(statement, person=person)
        for refused in in_the_way(work, person):
            raise refused
        concerned = _cancel_unpaid(work, person)
        photos = erase(work, person, handle)
        answer = {"handle": erased_handle(person), "cancelled": len(concerned), "photos": photos}
        people = frozenset({person}).union(*concerned)
        return once.keep(work, actor, key, mark, Done(answer, people))


def _cancel_unpaid(work: Work, person: int) -> list[frozenset[int]]:
    """Take back what they have not paid: what it holds is others' to buy. Whom each concerns."""
    concerned = []
    for number in unpaid_of(work, person):
        order = open_order(work, Actor(person), Action.CANCEL, number, f"erase-{number}")
        order.may()
        concerned.append(cancelled(order, _WHY).people)
    return concerned
