"""Where somebody is signed in."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop.access import authorise_own
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from app.shop.tables import SignIn

_s = SignIn
_IS = Statement(select(col(_s.id)).where(col(_s.id) == bindparam("sign_in")))
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


def is_signed_in(shop: Shop, number: int) -> bool:
    """Whether a sign-in has not been ended."""
    with shop.look() as work:
        return work.first(_IS, sign_in=number) is not None
