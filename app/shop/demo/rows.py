"""Rows on their way into a store, by table."""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Dialect
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
    t.Message,
    t.ReadMark,
)
"""In an order in which each row finds what it refers to."""

PLENTY = 10**12
"""What there is of everything while a demo is sold; afterwards `shelves` leaves a believable rest."""


class Rows:
    """Rows by table; a column that is not named is NULL."""

    __slots__ = ("of",)

    def __init__(self) -> None:
        self.of: defaultdict[type[SQLModel], list[dict[str, Any]]] = defaultdict(list)

    def add(self, table: type[SQLModel], **values: Any) -> None:
        """One more row."""
        self.of[table].append(values)

    def plenty(self, kind: str, subject: int) -> None:
        """A balance nothing runs out of."""
        self.add(t.Balance, kind=kind, subject=subject, taken_in=PLENTY, free=PLENTY, held=0, used=0, lost=0)


class _Insert(Statement):
    """An insert that takes each row as its values, in the order of `columns`."""

    __slots__ = ("_texts", "columns")

    def __init__(self, table: Any) -> None:
        super().__init__(insert(table))
        self.columns: tuple[str, ...] = tuple(table.__table__.columns.keys())
        self._texts: dict[str, tuple[str, bool]] = {}

    def values(self, dialect: Dialect, given: Any) -> tuple[str, Any]:
        """The text for `dialect`, and the row as its driver takes it."""
        found = self._texts.get(dialect.name)
        if found is None:
            sql, taken = super().values(dialect, dict(zip(self.columns, self.columns, strict=True)))
            found = self._texts[dialect.name] = (sql, taken == list(self.columns))
        return found[0], given if found[1] else dict(zip(self.columns, given, strict=True))


_INSERT = {table: _Insert(table) for table in _TABLES}


class Packed:
    """Rows ready to be written, or to be sent to the process that writes them.

    Looking every value up by its column takes a fifth of the time of writing; here that is done where the
    rows are made.
    """

    __slots__ = ("of",)

    def __init__(self) -> None:
        self.of: dict[type[SQLModel], list[Any]] = {table: [] for table in _TABLES}

    def take(self, rows: Rows) -> None:
        """Take these rows, too."""
        for table, some in rows.of.items():
            columns = _INSERT[table].columns
            self.of[table] += [tuple(map(row.get, columns)) for row in some]

    def write(self, work: Work) -> None:
        """Insert them."""
        for table in _TABLES:
            work.many(_INSERT[table], self.of[table])


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

    def some(self, table: type[SQLModel], count: int) -> range:
        """The next so many ids of `table`."""
        first = self._last[table] + 1
        self._last[table] += count
        return range(first, first + count)

    def made(self, table: type[SQLModel]) -> range:
        """The ids of `table` that were made here."""
        return range(self._before[table] + 1, self._last[table] + 1)
