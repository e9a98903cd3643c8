"""Signing in and out: a password once, from then on a token that is replaced as it is used."""

import logging
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_own
from app.shop.actions.tries import count_try, succeeded
from app.shop.numbers import new_number
from app.shop.passwords import hashed, matches, outdated
from app.shop.retry import transact
from app.shop.rules.accounts import GRACE_MS, MOST_SIGN_INS, ROTATE_MS, SEEN_MS, over
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.words import DEVICE, HANDLE
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work
from app.shop.tokens import new_token, token_digest

log = logging.getLogger("takeback")

_a, _s = t.Account, t.SignIn
_PERSON: Any = bindparam("person")
_DIGEST: Any = bindparam("digest")
_THIS = col(_s.id) == bindparam("sign_in")
_THEIRS = col(_s.person_id) == _PERSON

_ACCOUNT = Statement(
    select(col(_a.person_id), col(_a.password), col(_a.ends_at))
    .join(t.Person, col(t.Person.id) == col(_a.person_id))
    .where(col(t.Person.handle) == bindparam("handle"))
)
_PASSWORD = Statement(select(col(_a.password)).where(col(_a.person_id) == _PERSON).with_for_update())
_REHASH = Statement(update(_a).where(col(_a.person_id) == _PERSON).values(password=bindparam("hash")))
_COLUMNS = ("id", "person_id", "token", "token_at", "device", "begun_at", "seen_at")
_BEGIN = Statement(insert(_s).values({name: bindparam(name) for name in _COLUMNS}))
_SPARE = select(col(_s.id)).where(_THEIRS).order_by(col(_s.seen_at).desc(), col(_s.id).desc())
_END_OLDEST = Statement(delete(_s).where(col(_s.id).in_(_SPARE.offset(MOST_SIGN_INS))))
_FOUND = Statement(
    select(
        col(_s.id),
        col(_s.person_id),
        col(_s.begun_at),
        col(_s.seen_at),
        col(_s.token_at),
        col(_s.spent_at),
        (col(_s.offered) == _DIGEST).label("is_offered"),
        (col(_s.spent) == _DIGEST).label("is_spent"),
        col(_a.ends_at).is_not(None).label("temporary"),
    )
    .join(_a, col(_a.person_id) == col(_s.person_id))
    .where(or_(col(_s.token) == _DIGEST, col(_s.offered) == _DIGEST, col(_s.spent) == _DIGEST))
)
_SEE = Statement(update(_s).where(_THIS).values(seen_at=bindparam("now")))
_OFFER = Statement(update(_s).where(_THIS).values(offered=_DIGEST, seen_at=bindparam("now")))
_TAKE = Statement(
    update(_s)
    .where(_THIS, col(_s.offered) == _DIGEST)
    .values(
        token=_DIGEST,
        token_at=bindparam("now"),
        offered=None,
        spent=col(_s.token),
        spent_at=bindparam("now"),
        seen_at=bindparam("now"),
    )
)
_END = Statement(delete(_s).where(_THIS))
_END_MINE = Statement(delete(_s).where(_THIS, _THEIRS))
_END_OTHERS = Statement(delete(_s).where(_THEIRS, col(_s.id) != bindparam("sign_in")))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a device is signed in as. `token` is what it is to keep from now on; None: what it has."""

    actor: Actor
    sign_in: int
    token: str | None
    replace_password: bool
    """Whether the password is one that the platform gave, and has to be replaced first."""


def sign_in(shop: Shop, name: str, password: str, *, address: str, device: str) -> SignedIn:
    """Sign in as who has the handle `name`, from a network `address`, on a `device` called so.

    Raises Refused for a name or password that is not right (which of the two is not said, and takes as
    long), and where too many were tried.
    """
    name = name.strip().removeprefix("@")[:HANDLE]
    told = count_try(shop, address, name)
    with shop.look() as work:
        person, kept, ends_at = work.first(_ACCOUNT, handle=name) or (0, None, None)
    if not matches(kept, password):
        raise Refused("sign_in_failed")
    if ends_at is not None and ends_at < shop.now():
        raise Refused("password_ended")
    anew = hashed(password) if outdated(kept) else None
    token = new_token()

    def begin(work: Work) -> int:
        if work.first(_PASSWORD, person=person) != (kept,):  # it was changed in this moment
            raise Refused("sign_in_failed")
        succeeded(work, told)
        if anew:
            work.run(_REHASH, person=person, hash=anew)
        return _begin(work, person, token, device)

    return SignedIn(Actor(person), transact(shop, begin), token, ends_at is not None)


def _begin(work: Work, person: int, token: str, device: str) -> int:
    number, now = new_number(work.now), work.now
    digest, called = token_digest(token), device[:DEVICE]
    times = {"token_at": now, "begun_at": now, "seen_at": now}
    work.run(_BEGIN, id=number, person_id=person, token=digest, device=called, **times)
    work.run(_END_OLDEST, person=person)
    return number


def resume(shop: Shop, token: str) -> SignedIn:
    """Go on as who a `token` was given to; once it is old another is offered, which counts when it is shown.

    One that was replaced is taken for a moment more. If it comes later, two have it: the sign-in ends.
    Raises Refused where the token is none, or no longer.
    """
    digest = token_digest(token)
    with shop.look() as work:
        row = work.first(_FOUND, digest=digest)
        now = work.now
    if row is None:
        raise Refused("signed_out")
    number, person, begun_at, seen_at, token_at, spent_at, is_offered, is_spent, temporary = row
    if over(begun_at, seen_at, now) or (is_spent and now - spent_at > GRACE_MS):
        if is_spent:
            log.warning("a sign-in ended: a token that was replaced came once more")
        _run(shop, _END, number)
        raise Refused("signed_out")
    offered = None
    if is_offered:
        _run(shop, _TAKE, number, digest=digest)
    elif not is_spent and now - token_at >= ROTATE_MS:
        offered = new_token()
        _run(shop, _OFFER, number, digest=token_digest(offered))
    elif now - seen_at >= SEEN_MS:
        _run(shop, _SEE, number)
    return SignedIn(Actor(person), number, offered, bool(temporary))


def _run(shop: Shop, statement: Statement, number: int, **values: Any) -> None:
    transact(shop, lambda work: work.run(statement, sign_in=number, now=work.now, **values))


def sign_out(shop: Shop, actor: Actor, number: int, *, key: str = "") -> Done:  # noqa: ARG001
    """End a sign-in of the actor. Raises NotFound where there is none such of theirs.

    Doing it twice is doing it once, so the key is not kept.
    """
    if not transact(shop, lambda work: work.run(_END_MINE, sign_in=number, person=actor.id)):
        raise NotFound("missing")
    return Done({"signed_out": 1}, frozenset({actor.id}))


def sign_out_elsewhere(shop: Shop, actor: Actor, here: int = 0, *, key: str = "") -> Done:  # noqa: ARG001
    """End every sign-in of the actor but the one `here`; without one, all of them."""
    authorise_own(actor)
    ended = transact(shop, lambda work: end_sign_ins(work, actor.id, here))
    return Done({"signed_out": ended}, frozenset({actor.id}))


def end_sign_ins(work: Work, person: int, but: int = 0) -> int:
    """End the sign-ins of a person, but for one; how many."""
    return work.run(_END_OTHERS, person=person, sign_in=but)
