"""Insights as CSV, for spreadsheets and programs: columns and codes are called the same in every language."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from app.shop.reads.insights import Insights
from app.shop.reads.spans import Span
from app.shop.reads.spreadsheet import csv_lines
from app.shop.rules.tallies import ANSWER_BOUNDS

Cell = str | int | float | None

_MINUTE = 60_000


class Plot(StrEnum):
    """What can be seen of a shop, each with a file of its own."""

    OVER_TIME = "over-time"
    REASONS = "reasons"
    VARIANTS = "variants"
    CREATORS = "creators"
    ANSWER_TIME = "answer-time"
    AUTO_APPROVALS = "auto-approvals"


def as_csv(found: Insights, plot: Plot) -> Iterator[str]:
    """The numbers of one plot, a line each, days and not weeks, shares to four places."""
    return csv_lines(*table(found, plot))


def table(found: Insights, plot: Plot) -> tuple[tuple[str, ...], Iterator[tuple[Cell, ...]]]:
    """The names of a plot's columns and its rows, as its file has them."""
    names, rows = _TABLES[plot]
    return names, (tuple(map(_rounded, row)) for row in rows(found))


def file_name(found: Insights, plot: Plot) -> str:
    """What the file is called, after the shop, the plot and the days."""
    whole = found.whole
    return f"{found.shop}-{plot}-{_date(whole.first)}-{_date(whole.last)}.csv"


def _rounded(cell: Cell) -> Cell:
    return round(cell, 4) if isinstance(cell, float) else cell


def _date(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def _over_time(found: Insights) -> Iterable[tuple[Cell, ...]]:
    return ((_date(one.first), one.placed, one.cancelled, one.rate) for one in found.per_day)


def _reasons(found: Insights) -> Iterable[tuple[Cell, ...]]:
    return ((one.code, one.cancelled, one.share) for one in found.reasons)


def _variants(found: Insights) -> Iterable[tuple[Cell, ...]]:
    return ((one.title, one.variant, one.cancelled, one.placed, one.rate) for one in found.variants)


def _creators(found: Insights) -> Iterable[tuple[Cell, ...]]:
    return ((one.handle, one.cancelled, one.placed, one.rate) for one in found.creators)


def _answer_time(found: Insights) -> Iterable[tuple[Cell, ...]]:
    bounds = [0, *(bound // _MINUTE for bound in ANSWER_BOUNDS), None]
    return zip(bounds, bounds[1:], found.answers.groups, strict=False)


def _auto_approvals(found: Insights) -> Iterable[tuple[Cell, ...]]:
    return ((_date(one.first), *_decided(one)) for one in found.per_day)


def _decided(one: Span) -> tuple[Cell, ...]:
    return one.answered, one.auto_approved, one.auto_share


_TABLES: dict[Plot, tuple[tuple[str, ...], Callable[[Insights], Iterable[tuple[Cell, ...]]]]] = {
    Plot.OVER_TIME: (("day", "orders_placed", "orders_cancelled", "rate"), _over_time),
    Plot.REASONS: (("reason", "orders_cancelled", "share"), _reasons),
    Plot.VARIANTS: (("product", "variant", "pieces_cancelled", "pieces_ordered", "rate"), _variants),
    Plot.CREATORS: (("creator", "orders_cancelled", "orders_placed", "rate"), _creators),
    Plot.ANSWER_TIME: (("minutes_from", "minutes_below", "requests_answered"), _answer_time),
    Plot.AUTO_APPROVALS: (
        ("day", "requests_answered", "requests_approved_without_answer", "share"),
        _auto_approvals,
    ),
}
