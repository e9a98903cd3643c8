"""Rows of an order that a file has more than once, as in two exports pasted into one: each counts once."""

from collections.abc import Callable, Sequence

from app.shop.files.findings import Finding
from app.shop.files.report import FileReport
from app.shop.files.table import Row


def once(
    report: FileReport,
    rows: Sequence[tuple[int, Row]],
    item: str,
    alike: Sequence[str],
    stage: Callable[[Row], int],
) -> list[tuple[int, Row]]:
    """The numbered rows without those that are `alike` in these columns: of several, the one furthest along.

    `stage` tells how far along a row is, `item` is the column that names it to the report.
    """
    found: dict[tuple[str, ...], tuple[int, Row]] = {}
    for number, row in rows:
        key = tuple(row.get(name, "") for name in alike)
        there = found.setdefault(key, (number, row))
        if there[0] == number:
            continue
        found[key] = later = (number, row) if stage(row) > stage(there[1]) else there
        report.skip(Finding("row_twice", item, row[item], there[0] if later[0] == number else number))
    return sorted(found.values(), key=lambda one: one[0])
