"""Rows of an order that a file has more than once, as in two exports pasted into one: each counts once."""

from collections.abc import Callable, Collection, Sequence

from app.shop.files.findings import Finding
from app.shop.files.table import Numbered, Row


def once(
    rows: Sequence[Numbered], item: str, alike: Collection[str], stage: Callable[[Row], int]
) -> tuple[list[Numbered], list[Finding]]:
    """The numbered rows without those that are the same again, and what is to be told of these.

    The same are rows that are `alike` in these columns, else in all: of several, the one furthest along is
    kept. `stage` tells how far along a row is, `item` is the column that names it.
    """
    found: dict[tuple[str, ...], Numbered] = {}
    told: list[Finding] = []
    for number, row in rows:
        key = tuple(row.get(name, "") for name in alike or row)
        there = found.setdefault(key, (number, row))
        if there[0] == number:
            continue
        found[key] = later = (number, row) if stage(row) > stage(there[1]) else there
        told.append(Finding("row_twice", item, row[item], there[0] if later[0] == number else number))
    return sorted(found.values(), key=lambda one: one[0]), told
