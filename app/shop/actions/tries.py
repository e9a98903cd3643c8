"""Tries to sign in, counted before it is known what comes of them: many at one moment count as well."""

from collections.abc import Iterator, Mapping

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import col

from app.shop.pseudonym import KIND, digest, pseudonym
from app.shop.retry import transact
from app.shop.rules.accounts import FORGOTTEN_MS, PATIENCE, Guessed
from app.shop.rules.errors import Refused
from app.shop.shop import Shop
from app.shop.sql import Row, Statement, Work
from app.shop.tables import Secret, Tries

_t = Tries
_OF = (col(_t.kind) == bindparam("of_kind"), col(_t.subject) == bindparam("of_subject"))
_SECRET = Statement(select(col(Secret.value)).where(col(Secret.kind) == KIND))
_STANDS = select(col(_t.n), col(_t.at)).where(*_OF)
_WAITS, _SEEN = Statement(_STANDS), Statement(_STANDS.with_for_update())
_FIRST = Statement(insert(_t).values({name: bindparam(name) for name in ("kind", "subject", "n", "at")}))
_AGAIN = Statement(update(_t).where(*_OF).values(n=bindparam("tries"), at=bindparam("now")))
_FORGET = Statement(delete(_t).where(*_OF))
_TAKE_BACK = Statement(update(_t).where(*_OF, col(_t.n) > 0).values(n=col(_t.n) - 1))


Told = Mapping[Guessed, str]
"""What a try is counted by."""


def count_try(shop: Shop, address: str, name: str | None = None) -> Told:
    """Count a try to get in from an `address`, as `name` where that is known yet.

    Raises Refused where one of the two has to wait, with the seconds left.
    """
    told = {Guessed.ADDRESS: address} | ({} if name is None else {Guessed.NAME: name})
    # Who keeps on trying while they have to wait keeps nobody from writing.
    with shop.look() as work:
        for kind, subject in _subjects(work, told):
            _stands(work, _WAITS, kind, subject)

    def counted(work: Work) -> None:
        for kind, subject in _subjects(work, told):
            _count(work, kind, subject)

    transact(shop, counted)
    return told


def succeeded(work: Work, told: Told) -> None:
    """It was who it said: what was tried before as them is forgotten, and this was no guess from there."""
    for kind, subject in _subjects(work, told):
        work.run(_FORGET if kind is Guessed.NAME else _TAKE_BACK, of_kind=kind, of_subject=subject)


def _subjects(work: Work, told: Told) -> Iterator[tuple[Guessed, str]]:
    # Whoever has the store learns neither addresses nor what was typed for a name.
    (secret,) = work.first(_SECRET) or ("",)
    return ((kind, pseudonym(secret, digest(f"tries-{kind}", one))) for kind, one in told.items())


def _count(work: Work, kind: Guessed, subject: str) -> None:
    stands = _stands(work, _SEEN, kind, subject)
    if stands is None:
        work.run(_FIRST, kind=kind, subject=subject, n=1, at=work.now)
        return
    tries, passed = stands
    n = 1 if passed > FORGOTTEN_MS else tries + 1
    work.run(_AGAIN, of_kind=kind, of_subject=subject, tries=n, now=work.now)


def _stands(work: Work, asked: Statement, kind: Guessed, subject: str) -> tuple[int, int] | None:
    """How many tries there were and how many ms ago the last was, if any. Raises Refused where one waits."""
    seen: Row | None = work.first(asked, of_kind=kind, of_subject=subject)
    if seen is None:
        return None
    n, at = seen
    passed = work.now - at
    left = PATIENCE[kind].wait_ms(n) - passed
    if left > 0:
        raise Refused("try_later", {"seconds": -(-left // 1000)})
    return n, passed
