"""The tokens somebody made for programs."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop.access import authorise_own
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from app.shop.tables import ApiToken

_k = ApiToken
_THEIRS = Statement(
    select(col(_k.id), col(_k.name), col(_k.scopes), col(_k.made_at), col(_k.seen_at), col(_k.ends_at))
    .where(col(_k.person_id) == bindparam("person"), col(_k.ends_at) > bindparam("now"))
    .order_by(col(_k.made_at).desc(), col(_k.id).desc())
)


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token, without what it is shown by; times in milliseconds UTC."""

    id: int
    name: str
    scopes: tuple[str, ...]
    made_at: int
    seen_at: int | None
    ends_at: int


def tokens_of(shop: Shop, actor: Actor) -> tuple[TokenRow, ...]:
    """The actor's tokens that have not ended, the newest first."""
    authorise_own(actor)
    with shop.look() as work:
        rows = work.rows(_THEIRS, person=actor.id, now=work.now)
    return tuple(
        TokenRow(number, name, tuple(scopes.split()), *times) for number, name, scopes, *times in rows
    )
