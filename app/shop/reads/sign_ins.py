"""Where somebody is signed in."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop.access import authorise_own
from app.shop.reads.keys import among, keys
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from app.shop.tables import SignIn

_s = SignIn
_IS = Statement(select(col(_s.id)).where(col(_s.id) == bindparam("sign_in")))
AT_ONCE = 500
_THERE = Statement(select(col(_s.id)).where(among(_s.id, AT_ONCE)))
_THEIRS = Statement(
    select(col(_s.id), col(_s.device), col(_s.begun_at), col(_s.seen_at))
    .where(col(_s.person_id) == bindparam("person"))
    .order_by(col(_s.seen_at).desc(), col(_s.id).desc())
)


@dataclass(frozen=True, slots=True)
class Place:
    """A device on which somebody is signed in; times in milliseconds UTC."""

    id: int
    device: str
    begun_at: int
    seen_at: int


def sign_ins(shop: Shop, actor: Actor) -> tuple[Place, ...]:
    """Where the actor is signed in, the place used last first."""
    authorise_own(actor)
    with shop.look() as work:
        return tuple(Place(*row) for row in work.rows(_THEIRS, person=actor.id))


def ended(shop: Shop, numbers: Collection[int]) -> tuple[int, ...]:
    """Which of these sign-ins are no longer."""
    there: set[int] = set()
    left = iter(numbers)
    with shop.look() as work:
        while some := tuple(islice(left, AT_ONCE)):
            there |= {number for (number,) in work.rows(_THERE, **keys(some))}
    return tuple(number for number in numbers if number not in there)


def is_signed_in(shop: Shop, number: int) -> bool:
    """Whether a sign-in has not been ended."""
    with shop.look() as work:
        return work.first(_IS, sign_in=number) is not None
