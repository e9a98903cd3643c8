"""The address book of a person: theirs alone to read."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop.rules.addresses import Parts
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement, Work
from app.shop.tables import Address

_a = Address
_BOOK = Statement(
    select(
        *(col(_a.id), col(_a.label), col(_a.recipient), col(_a.phone), col(_a.lines), col(_a.city)),
        *(col(_a.region), col(_a.postal_code), col(_a.country)),
    )
    .where(col(_a.person_id) == bindparam("person"), col(_a.removed_at).is_(None))
    .order_by(col(_a.preferred_at).is_(None), col(_a.id).desc())
)


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
