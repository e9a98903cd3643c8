"""Whether who looks may bring orders in, and into which shops."""

from sqlalchemy import Integer, bindparam, cast, exists, or_, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_import
from app.shop.reads.viewer import STAFF
from app.shop.shop import SYSTEM, Actor, Shop
from app.shop.sql import Statement

_ANSWERS = exists().where(col(t.Member.person_id) == bindparam("actor"))
_GOVERNED = or_(exists(select(col(t.Member.shop_id))), exists(select(col(t.Staff.person_id))))
_WHO = Statement(select(cast(_ANSWERS, Integer), STAFF, cast(_GOVERNED, Integer)))


_THEIRS = Statement(select(col(t.Member.shop_id)).where(col(t.Member.person_id) == bindparam("actor")))


def may_import(shop: Shop, actor: Actor) -> bool:
    """True where `actor` may bring orders in; raises Refused where not."""
    importable_shops(shop, actor)
    return True


def importable_shops(shop: Shop, actor: Actor) -> frozenset[int] | None:
    """The shops (ids) whose orders `actor` may bring in, None: any; raises Refused where none.

    In a store that is served to many a file of a member's is about their own shops alone.
    """
    with shop.snapshot() as work:
        member, staff, governed = map(bool, work.rows(_WHO, actor=actor.id)[0])
        authorise_import(actor, member=member, staff=staff, governed=governed or shop.served)
        if not shop.served or staff or actor == SYSTEM:
            return None
        return frozenset(one for (one,) in work.rows(_THEIRS, actor=actor.id))
