"""Rows on their way into a store, by table."""

from typing import Any

from sqlalchemy import func, insert, select
from sqlmodel import SQLModel

from app.shop import tables as t
from app.shop.sql import Statement, Work

_TABLES: tuple[type[SQLModel], ...] = (
    t.Handle,
    t.Person,
    t.Staff,
    t.Shop,
    t.Member,
    t.PolicyRow,
    t.Creator,
    t.Product,
    t.Variant,
    t.Voucher,
    t.Address,
    t.Balance,
    t.Order,
    t.Line,
    t.PriceEntry,
    t.Payment,
    t.OrderEvent,
    t.Refund,
    t.Request,
    t.Hold,
    t.Notification,
)
"""In an order in which each row finds what it refers to."""

_INSERT = {table: Statement(insert(table)) for table in _TABLES}

PLENTY = 10**12
"""What there is of everything while a demo is sold; afterwards `shelves` leaves a believable rest."""


class Rows:
    """Rows by table; a column that is not named is NULL."""

    __slots__ = ("of",)

    def __init__(self) -> None:
        self.of: dict[type[SQLModel], list[dict[str, Any]]] = {table: [] for table in _TABLES}

    def add(self, table: type[SQLModel], **values: Any) -> None:
        """One more row."""
        self.of[table].append(values)

    def plenty(self, kind: str, subject: int) -> None:
        """A balance nothing runs out of."""
        self.add(t.Balance, kind=kind, subject=subject, taken_in=PLENTY, free=PLENTY, held=0, used=0, lost=0)

    def take(self, others: "Rows") -> None:
        """Take the rows of others, too."""
        for table, rows in others.of.items():
            if rows:
                self.of[table] += rows

    def write(self, work: Work) -> None:
        """Insert all of them, and be empty."""
        for table, rows in self.of.items():
            work.many(_INSERT[table], rows)
            rows.clear()


_NUMBERED: tuple[Any, ...] = (
    t.Person,
    t.Address,
    t.Shop,
    t.Creator,
    t.Product,
    t.Variant,
    t.Voucher,
)
_LAST = Statement(select(*(select(func.max(table.id)).scalar_subquery() for table in _NUMBERED)))


class Ids:
    """New ids for the rows of a store, each above all that are there."""

    __slots__ = ("_before", "_last")

    def __init__(self, work: Work) -> None:
        found = work.first(_LAST) or (None,) * len(_NUMBERED)
        self._last = {table: last or 0 for table, last in zip(_NUMBERED, found, strict=True)}
        self._before = dict(self._last)

    def new(self, table: type[SQLModel]) -> int:
        """The next id of `table`."""
        self._last[table] += 1
        return self._last[table]

    def made(self, table: type[SQLModel]) -> range:
        """The ids of `table` that were made here."""
        return range(self._before[table] + 1, self._last[table] + 1)
