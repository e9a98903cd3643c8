"""Keeping an address book. What an address says is never changed: orders keep where they were sent to."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlmodel import col

from app.shop import once
from app.shop.actions.beginning import begin
from app.shop.numbers import new_number
from app.shop.once import action
from app.shop.rules.addresses import MOST, PARTS, Parts, checked_parts
from app.shop.rules.errors import Changed, NotFound, Refused
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work
from app.shop.tables import Address

_a = Address
_OF_PERSON = col(_a.person_id) == bindparam("person")
_ONE = (col(_a.id) == bindparam("address"), _OF_PERSON, col(_a.removed_at).is_(None))
_COUNT = Statement(
    select(func.count(), func.count(col(_a.preferred_at))).where(_OF_PERSON, col(_a.removed_at).is_(None))
)
_LIVE = Statement(select(col(_a.preferred_at)).where(*_ONE))
_ADD = Statement(
    insert(_a).values({name: bindparam(name) for name in ("id", "person_id", "preferred_at", *PARTS)})
)
_REMOVE = Statement(update(_a).where(*_ONE).values(removed_at=bindparam("now"), preferred_at=None))
_PREFER_NONE = Statement(
    update(_a).where(_OF_PERSON, col(_a.preferred_at).is_not(None)).values(preferred_at=None)
)
_PREFER = Statement(update(_a).where(*_ONE).values(preferred_at=bindparam("now")))


@action
def add_address(shop: Shop, actor: Actor, parts: Parts, *, preferred: bool = False, key: str) -> Done:
    """Add an address to the book; the first is the preferred one, a later one where it is said to be.

    Raises Invalid for a part that will not do, Refused where the book is full.
    """
    parts = checked_parts(parts)
    mark = once.fingerprint(key, "add_address", asdict(parts), preferred)
    with shop.change() as work:
        begin(work, actor, key, mark)
        count, chosen = work.first(_COUNT, person=actor.id) or (0, 0)
        if count >= MOST:
            raise Refused("address_book_full", {"most": MOST})
        if preferred and chosen:
            work.run(_PREFER_NONE, person=actor.id)
        return _done(work, actor, key, mark, _add(work, actor, parts, preferred=preferred or not chosen))


@action
def change_address_entry(shop: Shop, actor: Actor, address_id: int, parts: Parts, *, key: str) -> Done:
    """Put an address right: another takes its place in the book, orders sent to the old one keep it.

    Raises Invalid for a part that will not do, NotFound where it is not in the actor's book.
    """
    parts = checked_parts(parts)
    mark = once.fingerprint(key, "change_address_entry", address_id, asdict(parts))
    with shop.change() as work:
        begin(work, actor, key, mark)
        preferred = _live(work, actor, address_id)
        _retire(work, actor, address_id)
        return _done(work, actor, key, mark, _add(work, actor, parts, preferred=preferred))


@action
def remove_address(shop: Shop, actor: Actor, address_id: int, *, key: str) -> Done:
    """Take an address out of the book; orders sent to it keep it. Raises NotFound where it is not there."""
    mark = once.fingerprint(key, "remove_address", address_id)
    with shop.change() as work:
        begin(work, actor, key, mark)
        _live(work, actor, address_id)
        _retire(work, actor, address_id)
        return _done(work, actor, key, mark, address_id)


@action
def prefer_address(shop: Shop, actor: Actor, address_id: int, *, key: str) -> Done:
    """Have this address taken where none is named; raises NotFound where it is not in the actor's book."""
    mark = once.fingerprint(key, "prefer_address", address_id)
    with shop.change() as work:
        begin(work, actor, key, mark)
        if not _live(work, actor, address_id):
            work.run(_PREFER_NONE, person=actor.id)
            if not work.run(_PREFER, address=address_id, person=actor.id, now=work.now):
                raise Changed("changed", {"address": str(address_id)})
        return _done(work, actor, key, mark, address_id)


def _live(work: Work, actor: Actor, address_id: int) -> bool:
    """Whether an address of the book is the preferred one; raises NotFound where it is not in there."""
    row = work.first(_LIVE, address=address_id, person=actor.id)
    if row is None:
        raise NotFound("no_such_address", {"address": str(address_id)})
    return row[0] is not None


def _add(work: Work, actor: Actor, parts: Parts, *, preferred: bool) -> int:
    address = new_number(work.now)
    given: dict[str, Any] = {name: part or None for name, part in asdict(parts).items()} | {
        "label": parts.label
    }
    work.run(_ADD, id=address, person_id=actor.id, preferred_at=work.now if preferred else None, **given)
    return address


def _retire(work: Work, actor: Actor, address_id: int) -> None:
    if not work.run(_REMOVE, address=address_id, person=actor.id, now=work.now):
        raise Changed("changed", {"address": str(address_id)})


def _done(work: Work, actor: Actor, key: str, mark: str, address_id: int) -> Done:
    """Nothing of the address itself is told: it is nobody else's to read."""
    done = Done({"address": str(address_id)}, frozenset({actor.id}))
    return once.keep(work, actor, key, mark, done)
