"""Which rows of a Shopify export are one order: its own cells stand on one of them, its items on all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.shop.files.table import Row

_OWN = ("id", "financial status", "currency", "subtotal", "total", "cancelled at")
"""Cells that only the row with an order's own cells has."""


@dataclass(slots=True)
class OrderRows:
    """The rows of one order, numbered as a spreadsheet does; `own` None where none has the order's cells."""

    name: str
    own: tuple[int, Row] | None = None
    rows: list[tuple[int, Row]] = field(default_factory=list)

    @property
    def row(self) -> int:
        """Where it stands."""
        return (self.own or self.rows[0])[0]

    def repeats(self, number: int, row: Row) -> bool:
        """Whether a row repeats the order's cells for its next item, as after filling a column down."""
        last, before = self.rows[-1]
        return last == number - 1 and row != before and _order_cells(row) == _order_cells(before)


def _order_cells(row: Row) -> Row:
    return {name: cell for name, cell in row.items() if not name.startswith("lineitem ") and name != "vendor"}


def orders_of(rows: Iterable[tuple[int, Row]]) -> Iterator[OrderRows]:
    """The orders, as they come first in the file.

    Rows of an order need not follow one another: in a sorted file they stand anywhere, even before the row
    with the order's own cells. Where two orders have one name, as two shops' may, rows of items belong to the
    one they follow.
    """
    found: list[OrderRows] = []
    latest: dict[str, OrderRows] = {}
    for number, cells in rows:
        row = {name: cell for name, cell in cells.items() if cell}
        name, owns = row.get("name") or row.get("id", ""), any(column in row for column in _OWN)
        there = latest.get(name)
        if there is None or (owns and there.own and not there.repeats(number, row)):
            there = latest[name] = OrderRows(name)
            found.append(there)
        if owns and there.own is None:
            there.own = (number, row)
        there.rows.append((number, row))
    yield from found
