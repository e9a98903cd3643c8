"""Forgetting: what has ended by itself, and what erased people leave: files of photos, bytes nothing uses.

It goes after their erasure is done, so what fails here is tried again with the next sweep.
"""

import logging
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, tuple_
from sqlmodel import col

from app.shop.actions.photos import SWEPT, sweep_photos
from app.shop.retry import transact
from app.shop.rules.accounts import FORGOTTEN_MS, LASTS_MS, UNUSED_MS
from app.shop.rules.errors import StoreTrouble
from app.shop.shop import Shop
from app.shop.sql import Statement
from app.shop.tables import Invitation, Person, SignIn, Tries

log = logging.getLogger("takeback")

AT_ONCE = 500
"""Rows that are forgotten in one transaction."""


def _old(table: Any, key: tuple[Any, ...], where: Any) -> tuple[Statement, Statement]:
    """Whether there is one to be forgotten, and what forgets some of them."""
    found = select(*map(col, key)).where(where)
    columns = tuple_(*map(col, key))
    return Statement(found.limit(1)), Statement(delete(table).where(columns.in_(found.limit(AT_ONCE))))


_ENDED = (
    _old(Tries, (Tries.kind, Tries.subject), col(Tries.at) < bindparam("tried")),
    _old(
        SignIn,
        (SignIn.id,),
        or_(col(SignIn.seen_at) < bindparam("used"), col(SignIn.begun_at) < bindparam("begun")),
    ),
    _old(Invitation, (Invitation.token,), col(Invitation.ends_at) < bindparam("ended")),
)
_ERASED = Statement(select(func.count()).select_from(Person).where(col(Person.erased_at).is_not(None)))


def forget_ended(shop: Shop) -> int:
    """Forget what has ended by itself and nobody comes for: tries, sign-ins, invitations; how many rows.

    A few at a time, as others write meanwhile; where there is none, nothing is written.
    """
    return sum(_forget(shop, old) for old in _ENDED)


def _forget(shop: Shop, old: tuple[Statement, Statement]) -> int:
    any_, some = old
    times = {"tried": FORGOTTEN_MS, "used": UNUSED_MS, "begun": LASTS_MS, "ended": 0}
    gone = 0
    while True:
        now = shop.now()
        before = {name: now - after for name, after in times.items()}
        with shop.look() as work:
            if work.first(any_, **before) is None:
                return gone
        gone += transact(shop, lambda work, before=before: work.run(some, **before))  # type: ignore[misc]


def forget_erased(shop: Shop, *, alone: bool = False) -> bool:
    """Take away photos nobody is to have, and traces of erased people in the store's files; whether all went.

    A large store is written anew only where nobody else has it open: `alone` is for who can let go of it.
    """
    try:
        while sweep_photos(shop) == SWEPT:
            pass
        with shop.look() as work:
            (erased,) = work.first(_ERASED) or (0,)
        return shop.place.forget_deleted(erased, alone=alone, briefly=shop.served)
    except StoreTrouble as trouble:
        log.warning("what was erased leaves traces until the next sweep: %s", trouble)
        return False
