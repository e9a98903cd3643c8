"""Beginning to act on nothing that is there yet: who acts is a person, and whether the key was answered."""

from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlmodel import col

from app.shop import once
from app.shop import tables as t
from app.shop.rules.errors import NotFound
from app.shop.shop import Actor
from app.shop.sql import Statement, Work

_k = t.IdempotencyKey
_ACTOR: Any = bindparam("actor")
_BEGIN = Statement(
    select(col(t.Person.id), col(_k.fingerprint), col(_k.answer), col(_k.people))
    .select_from(t.Person)
    .join(_k, and_(col(_k.actor_id) == col(t.Person.id), col(_k.key) == bindparam("key")), isouter=True)
    .where(col(t.Person.id) == _ACTOR)
)


def begin(work: Work, actor: Actor, key: str, mark: str) -> None:
    """Let a person act under `key`, which stands for `mark`; leaves with the first answer where there is one.

    Raises NotFound where the actor is no person, KeyReused where the key stood for something else.
    """
    row = work.first(_BEGIN, actor=actor.id, key=key)
    if row is None:
        raise NotFound("no_such_person", {"person": str(actor.id)})
    once.replay(row[1:] if row[1] is not None else None, mark)
