"""The vouchers of a shop and of the platform that have not ended, out of the index of when they end."""

from typing import Any

from sqlalchemy import CompoundSelect, bindparam, select, union_all
from sqlmodel import col

from app.shop.tables import Voucher

_v = Voucher


def running(columns: tuple[Any, ...], *only: Any, after: str, most: int) -> CompoundSelect[Any]:
    """Those of `shop` and of the platform in `currency` that end after `after`, at most `most` of each.

    They are those that end first; `shop`, `currency` and `after` name values that are given when it runs.
    """

    def of(whose: Any) -> Any:
        found = (
            select(*columns)
            .where(
                whose,
                col(_v.currency) == bindparam("currency"),
                col(_v.ends_at) > bindparam(after),
                *only,
            )
            .order_by(col(_v.ends_at), col(_v.id))
            .limit(most)
            .subquery()
        )
        return select(*found.c)

    return union_all(of(col(_v.shop_id) == bindparam("shop")), of(col(_v.shop_id).is_(None)))
