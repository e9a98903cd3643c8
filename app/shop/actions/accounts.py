"""Accounts: made by who wants one or by the platform, and their passwords replaced."""

from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_platform, for_owner
from app.shop.actions.api_tokens import end_tokens
from app.shop.actions.sign_in import end_sign_ins
from app.shop.actions.tries import count_try, succeeded
from app.shop.numbers import new_number
from app.shop.passwords import checked_password, hashed, matches, new_password, normal
from app.shop.reads.viewer import STAFF
from app.shop.retry import transact
from app.shop.rules.accounts import TEMPORARY_MS
from app.shop.rules.errors import Invalid, NotFound, Refused
from app.shop.rules.handles import checked_handle
from app.shop.rules.words import NAME, clean
from app.shop.rules.zones import is_zone
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work

_a, _p = t.Account, t.Person
_PERSON: Any = bindparam("person")

_TAKEN = Statement(select(col(t.Handle.handle)).where(col(t.Handle.handle) == bindparam("handle")))
_RESERVE = Statement(insert(t.Handle).values(handle=bindparam("handle")))
_NEW_PERSON = ("id", "handle", "name", "language", "time_zone", "joined_at")
_MAKE = Statement(insert(_p).values({name: bindparam(name) for name in _NEW_PERSON}))
_KEPT: dict[str, Any] = {
    "password": bindparam("hash"),
    "set_at": bindparam("now"),
    "ends_at": bindparam("until"),
}
_OPEN = Statement(insert(_a).values({"person_id": _PERSON, **_KEPT}))
_SET = Statement(update(_a).where(col(_a.person_id) == _PERSON).values(_KEPT))
_OWN = Statement(
    select(col(_p.handle), col(_a.password))
    .join(_a, col(_a.person_id) == col(_p.id))
    .where(col(_p.id) == _PERSON)
)
_WHOSE = Statement(
    select(
        STAFF.label("staff"),
        select(col(_p.handle)).where(col(_p.id) == _PERSON, col(_p.erased_at).is_(None)).scalar_subquery(),
    )
)
_ANY_ACCOUNT = Statement(select(col(_a.person_id)).limit(1))
_SOMEBODY = Statement(select(col(t.Staff.person_id)).order_by(col(t.Staff.person_id)).limit(1))
_EMPLOY = Statement(insert(t.Staff).values(person_id=_PERSON))

PLATFORM = "platform"
"""What the platform's first account is called where there is no staff yet."""


@dataclass(frozen=True, slots=True)
class Temporary:
    """A password to be told once: it is good for one day, and to be replaced at the first use."""

    handle: str
    password: str


def sign_up(
    shop: Shop,
    handle: str,
    password: str,
    name: str = "",
    *,
    language: str = "en",
    time_zone: str = "UTC",
    address: str,
) -> Actor:
    """Make a person with an account of their own, asked for from a network `address`.

    Raises Invalid for a handle, name or password that will not do, Refused where the handle is taken, or too
    much was tried from there.
    """
    handle = checked_handle(handle)
    name = clean(name, NAME)
    kept = hashed(checked_password(password, handle, name))
    count_try(shop, address)

    def begin(work: Work) -> int:
        if work.first(_TAKEN, handle=handle):
            raise Refused("handle_taken", {"handle": handle})
        person = _make(work, handle, name or None, language, time_zone)
        _set(work, _OPEN, person, kept)
        return person

    return Actor(transact(shop, begin))


def change_password(
    shop: Shop,
    actor: Actor,
    old: str,
    new: str,
    *,
    address: str,
    here: int = 0,
    key: str = "",  # noqa: ARG001
) -> Done:
    """Replace the actor's password; every sign-in but the one `here` ends.

    Raises Refused where the `old` one is not right, Invalid where the `new` one will not do or is the same,
    NotFound for who has no account. It takes the old one, which a second time is another: no key is kept.
    """
    with shop.look() as work:
        row = work.first(_OWN, person=actor.id)
    if row is None:
        raise NotFound("missing")
    handle, kept = row
    told = count_try(shop, address, handle)
    if not matches(kept, old):
        raise Refused("password_wrong")
    if normal(new) == normal(old):
        raise Invalid("password_same")
    replaced = hashed(checked_password(new, handle))

    def replace(work: Work) -> int:
        if work.first(_OWN, person=actor.id) != row:  # which no other attempt would mend
            raise Refused("password_wrong")
        succeeded(work, told)
        _set(work, _SET, actor.id, replaced)
        return end_sign_ins(work, actor.id, here)

    return Done({"signed_out": transact(shop, replace)}, frozenset({actor.id}))


def give_password(shop: Shop, actor: Actor, person: int) -> Temporary:
    """Give a person a temporary password, and an account where they have none: the platform's to do.

    Wherever they are signed in they no longer are, and the tokens of their programs end. It is told once and
    nowhere kept: asked again, there is another. Raises NotFound where there is no such person, or it is not
    the actor's to do.
    """
    password = new_password()
    kept = hashed(password)

    def give(work: Work) -> str:
        staff, handle = work.first(_WHOSE, person=person, actor=actor.id) or (0, None)
        authorise_platform(actor, staff=bool(staff))
        if handle is None:
            raise NotFound("no_such_person", {"person": str(person)})
        _give(work, person, kept)
        end_sign_ins(work, person)
        end_tokens(work, person)
        return str(handle)

    return Temporary(transact(shop, give), password)


def open_account(shop: Shop, actor: Actor, handle: str, name: str = "") -> Temporary:
    """Make a person with a temporary password: the platform's to do. It is told once and nowhere kept.

    Raises NotFound where it is not the actor's to do, Invalid for a handle or name that will not do, Refused
    where the handle is taken.
    """
    handle, name, password = checked_handle(handle), clean(name, NAME), new_password()
    kept = hashed(password)

    def begin(work: Work) -> None:
        staff, _ = work.first(_WHOSE, person=0, actor=actor.id) or (0, None)
        authorise_platform(actor, staff=bool(staff))
        if work.first(_TAKEN, handle=handle):
            raise Refused("handle_taken", {"handle": handle})
        _give(work, _make(work, handle, name or None, "en", "UTC"), kept)

    transact(shop, begin)
    return Temporary(handle, password)


@for_owner
def first_account(shop: Shop) -> Temporary | None:
    """The platform's account and how to sign in to it, where a store has no account at all yet."""
    with shop.look() as work:
        if work.first(_ANY_ACCOUNT):
            return None
    password = new_password()
    kept = hashed(password)

    def begin(work: Work) -> Temporary | None:
        if work.first(_ANY_ACCOUNT):
            return None
        (person,) = work.first(_SOMEBODY) or (None,)
        if person is None:
            person = _make(work, _free(work), None, "en", "UTC")
            work.run(_EMPLOY, person=person)
        _give(work, person, kept)
        handle, _ = work.first(_OWN, person=person) or ("", "")
        return Temporary(handle, password)

    return transact(shop, begin)


def _free(work: Work) -> str:
    names = chain([PLATFORM], (f"{PLATFORM}-{n}" for n in count(2)))
    return next(name for name in names if not work.first(_TAKEN, handle=name))


def _make(work: Work, handle: str, name: str | None, language: str, time_zone: str) -> int:
    person = new_number(work.now)
    zone = time_zone if is_zone(time_zone) else "UTC"
    work.run(_RESERVE, handle=handle)
    work.run(
        _MAKE, id=person, handle=handle, name=name, language=language, time_zone=zone, joined_at=work.now
    )
    return person


def _give(work: Work, person: int, kept: str) -> None:
    """A temporary password, in place of the one there was."""
    there = work.first(_OWN, person=person)
    _set(work, _SET if there else _OPEN, person, kept, work.now + TEMPORARY_MS)


def _set(work: Work, statement: Statement, person: int, kept: str, ends_at: int | None = None) -> None:
    work.run(statement, person=person, hash=kept, now=work.now, until=ends_at)
