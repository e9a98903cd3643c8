"""The people of the store, for the platform's staff to help one of them."""

from sqlalchemy import select

from app.shop.access import authorise_platform
from app.shop.reads.people import SHOWN, Account, accounts_among
from app.shop.reads.viewer import STAFF
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement

_STAFF = Statement(select(STAFF.label("staff")))


def directory(shop: Shop, actor: Actor, search: str = "") -> tuple[Account, ...]:
    """People who hold every word of `search` in handle or name; raises NotFound for who is not staff."""
    with shop.snapshot() as work:
        (staff,) = work.first(_STAFF, actor=actor.id) or (0,)
        authorise_platform(actor, staff=bool(staff))
        return accounts_among(work, search, SHOWN)
