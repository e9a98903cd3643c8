"""What people who were erased leave outside of the tables: files of photos, and bytes that nothing uses.

It goes after their erasure is done, so what fails here is tried again with the next sweep.
"""

import logging

from sqlalchemy import func, select
from sqlmodel import col

from app.shop.actions.photos import SWEPT, sweep_photos
from app.shop.rules.errors import StoreTrouble
from app.shop.shop import Shop
from app.shop.sql import Statement
from app.shop.tables import Person

log = logging.getLogger("takeback")

_ERASED = Statement(select(func.count()).select_from(Person).where(col(Person.erased_at).is_not(None)))


def forget_erased(shop: Shop, *, alone: bool = False) -> bool:
    """Take away photos nobody is to have, and traces of erased people in the store's files; whether all went.

    A large store is written anew only where nobody else has it open: `alone` is for who can let go of it.
    """
    try:
        while sweep_photos(shop) == SWEPT:
            pass
        with shop.look() as work:
            (erased,) = work.first(_ERASED) or (0,)
        return shop.place.forget_deleted(erased, alone=alone)
    except StoreTrouble as trouble:
        log.warning("what was erased leaves traces until the next sweep: %s", trouble)
        return False
