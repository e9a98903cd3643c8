"""The address book of a person: theirs alone to read."""

from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop.rules.addresses import PARTS, Parts
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.orders import Role
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement, Work
from app.shop.tables import Address

_a = Address
_BOOK = Statement(
    select(col(_a.id), *(col(getattr(_a, part)) for part in PARTS))
    .where(col(_a.person_id) == bindparam("person"), col(_a.removed_at).is_(None))
    .order_by(col(_a.preferred_at).is_(None), col(_a.id).desc())
)

_CALLED = Statement(select(col(_a.label), col(_a.city)).where(col(_a.id) == bindparam("address")))


@dataclass(frozen=True, slots=True)
class Entry:
    """An address of the book; the `preferred` one is taken where none is named."""

    id: int
    parts: Parts
    preferred: bool


def address_book(shop: Shop, actor: Actor) -> tuple[Entry, ...]:
    """The addresses of who asks, the preferred one first, then the newest."""
    with shop.look() as work:
        return entries_of(work, actor)


def entries_of(work: Work, actor: Actor) -> tuple[Entry, ...]:
    """What `address_book` answers, as `work` sees it; where none is preferred, the newest stands in."""
    return tuple(
        Entry(id_, Parts(*(part or "" for part in parts)), preferred=at == 0)
        for at, (id_, *parts) in enumerate(work.rows(_BOOK, person=actor.id))
    )


def as_called(work: Work, change: Change | None, role: Role) -> Change | None:
    """A change with its address called as its buyer calls it, where it is the buyer who reads."""
    if role is not Role.BUYER or change is None or change.kind is not ChangeKind.ADDRESS:
        return change
    called = work.first(_CALLED, address=change.address_id) or ()
    return replace(change, label=", ".join(part for part in called if part) or change.label)
