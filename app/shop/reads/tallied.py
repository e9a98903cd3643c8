"""Tallies between two days: a year is eleven blocks and the days around them, not 365 days."""

from typing import Any

from sqlalchemy import bindparam, literal_column, select, union_all
from sqlmodel import col

from app.shop import tables as t
from app.shop.rules.tallies import BLOCK, Counted
from app.shop.sql import one_of

_y = t.Tally


_SHOP: Any = (bindparam("shop"),)


def within(
    kinds: tuple[Counted, ...], days: int, first: str, last: str, *, shop: Any = _SHOP
) -> tuple[Any, ...]:
    """The tallies of these kinds and of so many days, between two of the days asked for.

    They are those of the shop asked for, or of all that `shop` selects.
    """
    return (
        col(_y.shop_id).in_(shop),
        one_of(col(_y.kind), *kinds),
        col(_y.days) == literal_column(str(days)),
        col(_y.day).between(bindparam(first), bindparam(last)),
    )


def everything(*kinds: Counted, shop: Any = _SHOP) -> Any:
    """The tallies of these kinds over all days asked for: whole blocks, and the days before and after."""
    parts = ((1, "first", "head"), (BLOCK, "block", "end"), (1, "tail", "last"))
    columns = (col(_y.kind), col(_y.subject), col(_y.n), col(_y.total))
    return union_all(*(select(*columns).where(*within(kinds, *part, shop=shop)) for part in parts)).subquery()


def taken_apart(first: int, last: int) -> dict[str, int]:
    """The days from `first` to `last` as `everything` takes them apart."""
    block, tail = -(-first // BLOCK) * BLOCK, (last + 1) // BLOCK * BLOCK
    if block >= tail:  # not one block is whole
        block = tail = last + 1
    return {"first": first, "head": block - 1, "block": block, "end": tail - 1, "tail": tail, "last": last}
