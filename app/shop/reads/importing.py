"""Whether who looks may bring orders in."""

from sqlalchemy import Integer, bindparam, cast, exists, or_, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_import
from app.shop.reads.viewer import STAFF
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement

_ANSWERS = exists().where(col(t.Member.person_id) == bindparam("actor"))
_GOVERNED = or_(exists(select(col(t.Member.shop_id))), exists(select(col(t.Staff.person_id))))
_WHO = Statement(select(cast(_ANSWERS, Integer), STAFF, cast(_GOVERNED, Integer)))


def may_import(shop: Shop, actor: Actor) -> bool:
    """True where `actor` may bring orders in; raises Refused where not."""
    with shop.look() as work:
        member, staff, governed = map(bool, work.rows(_WHO, actor=actor.id)[0])
    authorise_import(actor, member=member, staff=staff, governed=governed)
    return True
