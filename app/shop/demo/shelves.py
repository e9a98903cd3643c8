"""What is left of everything when a demo is sold: stock, uses of vouchers, coins."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.shop import ledger
from app.shop import tables as t
from app.shop.demo.rows import Ids
from app.shop.rules.receipt import Held, Kind
from app.shop.sql import Statement, Work

_b, _v = t.Balance, t.Variant


def _some(least: int, spread: int) -> Any:
    return least + (col(_b.subject) * 37) % spread


_alike = aliased(_v)
# The first variant of a product is always there: a shop takes down what it has nothing left of.
_first = (
    select(func.min(col(_alike.id)))
    .join(_v, col(_v.product_id) == col(_alike.product_id))
    .where(col(_v.id) == col(_b.subject))
)
_PIECES = case(
    (col(_b.subject) == _first.scalar_subquery(), _some(6, 90)),
    (col(_b.subject) % 11 == 0, 0),
    (col(_b.subject) % 7 == 0, _some(1, 5)),
    else_=_some(6, 90),
)
"""Pieces of a variant: some are sold out, of others few are left."""


def _rest(left: Any) -> Statement:
    return Statement(
        update(_b)
        .where(
            col(_b.kind) == bindparam("of_kind"),
            col(_b.subject).between(bindparam("first"), bindparam("last")),
        )
        .values(free=left, taken_in=col(_b.taken_in) - col(_b.free) + left)
    )


_RESTS = (
    (Kind.STOCK, t.Variant, _rest(_PIECES)),
    (Kind.VOUCHER, t.Voucher, _rest(_some(40, 900))),
    (Kind.COINS, t.Person, _rest(_some(120, 4_000))),
)


def leave_rest(work: Work, ids: Ids, emptied: Iterable[Held]) -> None:
    """Count again what is there: a believable rest of everything, and nothing of what ran out lately."""
    for kind, table, statement in _RESTS:
        made = ids.made(table)
        work.run(statement, of_kind=kind.value, first=made.start, last=made.stop - 1)
    ledger.empty_shelves(work, emptied)
