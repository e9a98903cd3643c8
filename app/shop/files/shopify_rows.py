"""Which rows of a Shopify export are one order: its own cells stand on one of them, its items on all."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.shop.files.table import Numbered, Row

_OWN = ("id", "financial status", "currency", "subtotal", "total", "cancelled at")
"""Cells that only the row with an order's own cells has."""


@dataclass(slots=True)
class OrderRows:
    """The rows of one order, numbered as a spreadsheet does; `own` None where none has the order's cells."""

    name: str
    own: Numbered | None = None
    rows: list[Numbered] = field(default_factory=list)

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


def name_of(one: Numbered) -> str:
    """What the rows of one order share: its name, in files without names its id."""
    _, row = one
    return row["name"] or row.get("id", "")


def orders_of(rows: Sequence[Numbered]) -> list[OrderRows]:
    """The orders of one name: more than one where two shops have it, or two exports are in one file.

    Rows of an order need not follow one another: in a sorted file they stand anywhere, even before the row
    with the order's own cells. Of several orders, rows of items belong to the one they follow.
    """
    found: list[OrderRows] = []
    for number, cells in rows:
        row = {name: cell for name, cell in cells.items() if cell}
        there, owns = found[-1] if found else None, any(column in row for column in _OWN)
        if there is None or (owns and there.own and not there.repeats(number, row)):
            there = OrderRows(name_of((number, cells)))
            found.append(there)
        if owns and there.own is None:
            there.own = (number, row)
        there.rows.append((number, row))
    return found
