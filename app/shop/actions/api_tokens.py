"""Tokens for programs: made for a person, shown with each request, ended one by one.

They are apart from sign-ins: who signs out everywhere or replaces a password keeps them, because each is
listed and has an end of its own. Where the platform gives a password somebody else may have had the account:
then they end with everything else.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_own
from app.shop.actions.tries import count_try
from app.shop.numbers import new_number
from app.shop.retry import transact
from app.shop.rules.accounts import MOST_TOKENS, SEEN_MS, TOKEN_DAYS, Scope
from app.shop.rules.errors import Invalid, NotFound, Refused
from app.shop.rules.policy import DAY
from app.shop.rules.words import NAME, clean
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work
from app.shop.tokens import new_token, token_digest

_k, _p = t.ApiToken, t.Person
_PERSON: Any = bindparam("person")
_THIS = col(_k.id) == bindparam("number")
_THEIRS = col(_k.person_id) == _PERSON

_IS = Statement(
    select(col(_p.id)).where(col(_p.id) == _PERSON, col(_p.erased_at).is_(None)).with_for_update()
)
_COUNT = Statement(select(func.count()).select_from(_k).where(_THEIRS))
_FORGET = Statement(delete(_k).where(_THEIRS, col(_k.ends_at) <= bindparam("now")))
_COLUMNS = ("id", "person_id", "token", "name", "scopes", "made_at", "ends_at")
_MAKE = Statement(insert(_k).values({name: bindparam(name) for name in _COLUMNS}))
_FOUND = Statement(
    select(col(_k.id), col(_k.person_id), col(_k.scopes), col(_k.seen_at), col(_k.ends_at)).where(
        col(_k.token) == bindparam("digest")
    )
)
_SEE = Statement(update(_k).where(_THIS).values(seen_at=bindparam("now")))
_END = Statement(delete(_k).where(_THIS, _THEIRS))
_END_ALL = Statement(delete(_k).where(_THEIRS))

MARK = "takeback_"
"""What every token begins with, so that tools that look for secrets know one when they see it."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token, told once."""

    id: int
    token: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Whom a program acts for, by the token with this `id`, and what it may be used for."""

    id: int
    actor: Actor
    scopes: frozenset[str]


def make_token(
    shop: Shop, actor: Actor, name: str, scopes: Collection[Scope], *, days: int = TOKEN_DAYS
) -> NewToken:
    """Make a token for a program that acts as the actor. It is told once: asked again, there is another.

    Raises Invalid for no scope, a name or number of days that will not do, Refused where there are too many.
    """
    authorise_own(actor)
    if not scopes:
        raise Invalid("token_without_scope")
    if not 0 < days <= TOKEN_DAYS:
        raise Invalid("token_days", {"most": TOKEN_DAYS})
    token, called = MARK + new_token(), clean(name, NAME)

    def make(work: Work) -> int:
        if not work.first(_IS, person=actor.id):
            raise NotFound("missing")
        work.run(_FORGET, person=actor.id, now=work.now)
        (there,) = work.first(_COUNT, person=actor.id) or (0,)
        if there >= MOST_TOKENS:
            raise Refused("too_many_tokens", {"most": MOST_TOKENS})
        number = new_number(work.now)
        work.run(
            _MAKE,
            id=number,
            person_id=actor.id,
            token=token_digest(token),
            name=called,
            scopes=" ".join(sorted(scopes)),
            made_at=work.now,
            ends_at=work.now + days * DAY,
        )
        return number

    return NewToken(transact(shop, make), token)


def show_token(shop: Shop, token: str, *, address: str) -> Shown:
    """Whom a `token` acts for. One that is none, or no longer, is a try to get in from its `address`.

    A good one is taken from wherever it comes: many programs may share an address with a guesser, who has
    2^256 to guess among. Raises Refused, with the seconds left where that address has to wait.
    """
    with shop.look() as work:
        row = work.first(_FOUND, digest=token_digest(token))
        now = work.now
    if row is None or row[4] <= now:
        count_try(shop, address)
        raise Refused("token_unusable")
    number, person, scopes, seen_at, _ = row
    if seen_at is None or now - seen_at >= SEEN_MS:
        with shop.change() as work:
            work.run(_SEE, number=number, now=work.now)
    return Shown(number, Actor(person), frozenset(scopes.split()))


def revoke_token(shop: Shop, actor: Actor, token_id: int, *, key: str = "") -> Done:  # noqa: ARG001
    """End a token of the actor. Raises NotFound where there is none such of theirs: no key is kept."""
    with shop.change() as work:
        if not work.run(_END, number=token_id, person=actor.id):
            raise NotFound("missing")
    return Done({"ended": 1}, frozenset({actor.id}))


def end_tokens(work: Work, person: int) -> int:
    """End the tokens of a person; how many."""
    return work.run(_END_ALL, person=person)
