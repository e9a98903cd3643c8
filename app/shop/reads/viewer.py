"""What a viewer is to a row: columns to be selected beside it, for `app.shop.access` to decide upon."""

from typing import Any

from sqlalchemy import Integer, bindparam, cast, exists
from sqlmodel import col

from app.shop.tables import Member, Staff

_ACTOR: Any = bindparam("actor")

STAFF: Any = cast(exists().where(col(Staff.person_id) == _ACTOR), Integer)
"""Whether `actor` is of the platform's staff (1 or 0)."""


def member_of(shop_id: Any) -> Any:
    """Whether `actor` is a member of the shop with this id (1 or 0)."""
    return cast(exists().where(col(Member.shop_id) == shop_id, col(Member.person_id) == _ACTOR), Integer)
