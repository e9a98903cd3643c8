"""What is left of everything when a demo is sold: stock, uses of vouchers, coins."""

from collections.abc import Iterable

from sqlalchemy import bindparam, update
from sqlmodel import col

from app.shop import ledger
from app.shop import tables as t
from app.shop.demo.rows import Ids
from app.shop.rules.receipt import Held, Kind
from app.shop.sql import Statement, Work

_b = t.Balance


def _rest(least: int, spread: int) -> Statement:
    left = least + (col(_b.subject) * 37) % spread
    return Statement(
        update(_b)
        .where(
            col(_b.kind) == bindparam("of_kind"),
            col(_b.subject).between(bindparam("first"), bindparam("last")),
        )
        .values(free=left, taken_in=col(_b.taken_in) - col(_b.free) + left)
    )


_RESTS = (
    (Kind.STOCK, t.Variant, _rest(6, 90)),
    (Kind.VOUCHER, t.Voucher, _rest(40, 900)),
    (Kind.COINS, t.Person, _rest(120, 4_000)),
)


def leave_rest(work: Work, ids: Ids, emptied: Iterable[Held]) -> None:
    """Count again what is there: a believable rest of everything, and nothing of what ran out lately."""
    for kind, table, statement in _RESTS:
        made = ids.made(table)
        work.run(statement, of_kind=kind.value, first=made.start, last=made.stop - 1)
    ledger.empty_shelves(work, emptied)
