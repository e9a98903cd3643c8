"""Idempotency: the same key with the same arguments gives the first answer, and does nothing twice."""

import json
from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any, Concatenate, ParamSpec, cast

from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import col

from app.shop.retry import anew, transact
from app.shop.rules.errors import Invalid, KeyReused, Refused, StoreAway
from app.shop.rules.policy import DAY
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work, as_json
from app.shop.tables import IdempotencyKey

P = ParamSpec("P")

KEPT_MS = 30 * DAY
KEY_LONGEST = 200

_KEEP = Statement(
    insert(IdempotencyKey).values(
        {name: bindparam(name) for name in ("actor_id", "key", "fingerprint", "answer", "people", "at")}
    )
)
_OF_KEY = (
    col(IdempotencyKey.actor_id) == bindparam("actor"),
    col(IdempotencyKey.key) == bindparam("key"),
)
KEPT: tuple[Any, ...] = tuple(
    select(col(column)).where(*_OF_KEY).scalar_subquery()
    for column in (IdempotencyKey.fingerprint, IdempotencyKey.answer, IdempotencyKey.people)
)
"""Columns of what was kept under `key` of `actor`, for a statement that is about no row of theirs."""
_OLD = Statement(select(col(IdempotencyKey.at)).where(col(IdempotencyKey.at) < bindparam("before")).limit(1))
_PURGE = Statement(delete(IdempotencyKey).where(col(IdempotencyKey.at) < bindparam("before")))


class Replayed(Exception):
    """This key has been answered already: the way out of a transaction that has nothing to do."""

    def __init__(self, done: Done) -> None:
        super().__init__()
        self.done = done


def action(run: Callable[Concatenate[Shop, Actor, P], Done]) -> Callable[Concatenate[Shop, Actor, P], Done]:
    """An action: once per key, and tried again where somebody else was faster.

    What changed in between is then read anew, so that the loser of a race is told what happened instead of
    that something did. Raises Changed where that happens too many times in a row (`retry.anew`).
    """

    @wraps(run)
    def once(shop: Shop, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> Done:
        def attempt() -> Done:
            try:
                return run(shop, actor, *args, **kwargs)
            except Replayed as replayed:
                return replayed.done

        try:
            return anew(attempt)
        except (Refused, StoreAway):
            # What stands in the way may be this very command, sent twice at one instant; and where the store
            # went away at the end of it, it may be done or not. Its key tells.
            if shop.place.one_writer:
                raise
            return anew(attempt)

    return cast("Callable[Concatenate[Shop, Actor, P], Done]", once)


def fingerprint(key: str, what: str, *arguments: Any) -> str:
    """What `key` stands for: a hash of the action's name and its arguments; raises Invalid for no key."""
    if not 0 < len(key) <= KEY_LONGEST:
        raise Invalid("key_length", {"most": KEY_LONGEST})
    told = as_json([what, *arguments])
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def replay(kept: tuple[str, str, str] | None, mark: str) -> None:
    """Leave by `Replayed` where (fingerprint, answer, people) were kept under this key.

    Raises KeyReused where they were kept for something else.
    """
    if kept is None:
        return
    if kept[0] != mark:
        raise KeyReused("key_reused")
    raise Replayed(Done(json.loads(kept[1]), frozenset(json.loads(kept[2])), replayed=True))


def keep(work: Work, actor: Actor, key: str, mark: str, done: Done) -> Done:
    """Keep what was answered, in the transaction that did it."""
    work.run(
        _KEEP,
        actor_id=actor.id,
        key=key,
        fingerprint=mark,
        answer=as_json(done.answer),
        people=as_json(sorted(done.people)),
        at=work.now,
    )
    return done


def purge(shop: Shop) -> int:
    """Forget keys older than 30 days; how many. Where there are none, nothing is written."""
    with shop.look() as work:
        if work.first(_OLD, before=work.now - KEPT_MS) is None:
            return 0
    return transact(shop, lambda work: work.run(_PURGE, before=work.now - KEPT_MS))
