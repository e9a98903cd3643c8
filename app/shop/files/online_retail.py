"""UCI's Online Retail (CSV): a row per item of an invoice; cancellations are invoices that name no other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from app.shop.files.aside import Rows
from app.shop.files.dates import DayMonth, LocalTimes
from app.shop.files.findings import Finding, Unusable
from app.shop.files.online_retail_lines import Numbered, priced
from app.shop.files.outside import UNKNOWN, Format, OutsideAddress, OutsideOrder, Personal, Times
from app.shop.files.record import Record
from app.shop.files.report import FileReport
from app.shop.files.source import Source
from app.shop.files.table import Row, Table
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Status

ORIGIN = "uci"
_ZONE = "Europe/London"
_CURRENCY = "GBP"
_NAMES = {
    "invoiceno": "invoice",
    "stockcode": "stockcode",
    "description": "description",
    "quantity": "quantity",
    "invoicedate": "invoicedate",
    "unitprice": "price",
    "customerid": "customer id",
    "country": "country",
}
"""The columns, and how the second edition of the set calls them."""

_CANCELS, _ADJUSTS = re.compile(r"[Cc]\d+"), re.compile(r"[Aa]\d+")
_BAD_DEBT = "B"
"""The stock code of adjustments of the books."""
_WHOLE = re.compile(r"(\d{1,15})\.0")


def _columns(table: Table) -> dict[str, str]:
    """What the file calls the columns that it has, by our names."""
    told = {name: name if name in table.columns else other for name, other in _NAMES.items()}
    return {name: column for name, column in told.items() if column in table.columns}


def recognises(source: Source) -> bool:
    """Whether the file is such a list of invoices."""
    return source.table is not None and len(_columns(source.table)) == len(_NAMES)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a file is read, and what reading it meets: all its rows, and the report."""

    zone: str
    times: LocalTimes
    currency: str
    rows: Rows
    report: FileReport


def read(source: Source, whole: bool) -> Iterator[OutsideOrder]:
    """The orders of the file by their number, none of which it says the shop of: `whole` is given where one
    is chosen.

    Rows of an invoice may stand anywhere, so all are put aside first: on disk, for there may be any number.
    """
    if (table := source.table) is None:
        return
    dates = DayMonth()
    with Rows(_NAMES, source.advance) as rows:
        rows.put(_keyed(table, source.report, rows, dates))
        zone = source.clock(_ZONE)
        times = dates.local_times(ZoneInfo(zone), source.choices.month_first)
        source.report.notes.append(Finding("total_missing"))
        if not whole:
            source.report.notes.append(Finding("shop_not_told"))
        reading = _Reading(zone, times, source.choices.currency or _CURRENCY, rows, source.report)
        for several in rows.by_key():
            yield from _usable(several, reading)


def _keyed(table: Table, report: FileReport, rows: Rows, dates: DayMonth) -> Iterator[tuple[str, int, Row]]:
    """The rows as they are put aside, by their invoice; on the way their times are looked at."""
    columns, before = _columns(table), ""
    for number, told in table.rows(report, rows.read):
        row = {name: told[column] for name, column in columns.items()}
        yield _exact(row["invoiceno"]) or f"row {number}", number, row
        if (at := row["invoicedate"]) != before:
            dates.add(at)
            before = at


def _exact(text: str) -> str:
    """An id without what it got from being taken for a number: 17850.0."""
    found = _WHOLE.fullmatch(text)
    return found[1] if found else text


def _usable(several: list[tuple[int, Row]], reading: _Reading) -> Iterator[OutsideOrder]:
    flags: list[Finding] = []
    rows = [(n, Record(row, flags)) for n, row in several]
    if len({tuple(row.values()) for _, row in several}) < len(several):
        flags.append(Finding("row_repeated"))
    reading.report.read += 1
    try:
        yield from _orders(rows, flags, reading)
    except Unusable as error:
        reading.report.skip(replace(error.finding, row=rows[0][0]))


def _orders(rows: list[Numbered], flags: list[Finding], reading: _Reading) -> Iterator[OutsideOrder]:
    """The invoice as an order; none where nothing of it is one, and then the report is told of each row."""
    (row, first), report = rows[0], reading.report
    number = _id(first, "invoiceno") or first.needed_id("invoiceno")
    if _ADJUSTS.fullmatch(number) and all(record.raw("stockcode") == _BAD_DEBT for _, record in rows):
        for n, record in rows:
            report.skip(Finding("bad_debt", "unitprice", record.text("unitprice"), n))
        return
    cancels = _CANCELS.fullmatch(number) is not None
    at, country = _first_time(rows, reading), _first(rows, "country")
    buyer = _first(rows, "customerid") and _id(first, "customerid")
    found = priced(rows, report, reading.currency, cancels=cancels)
    if found is None:
        return
    for code, odd in (("no_items", not found.lines), ("buyer_unknown", not buyer)):
        if odd:
            first.flag(code)
    if cancels:
        flags += _what_it_cancels(rows, at, reading)
    yield OutsideOrder(
        number=number,
        row=row,
        buyer=buyer or UNKNOWN,
        shop=None,
        zone=reading.zone,
        status=Status.CANCELLED if cancels else Status.COMPLETED,
        created_at=at,
        currency=reading.currency,
        method=Method.OTHER,
        times=Times(cancelled_at=at if cancels else None),
        total_minor=found.total_minor,
        lines=found.lines,
        prices=found.prices,
        said=(("country", country or ""),),
        flags=tuple(dict.fromkeys(flags)),
        unplaced=cancels,
        personal=Personal(address=OutsideAddress(country=country)),
    )


def _id(record: Record, name: str) -> str | None:
    text = record.text(name)
    return Record({name: _exact(text)}).id(name) if text else None


def _first(rows: list[Numbered], name: str) -> str | None:
    """What the first row says; flagged where others say something else."""
    (_, first), *others = rows
    told = first.raw(name)
    if odd := next((record.text(name) for _, record in others if record.raw(name) != told), None):
        first.flag("rows_disagree", name, odd)
    return first.text(name)


def _first_time(rows: list[Numbered], reading: _Reading) -> int:
    """When the first row was written: an invoice may have taken minutes."""
    _first(rows, "invoicedate")
    return rows[0][1].needed_time("invoicedate", reading.times.ms)


def _what_it_cancels(rows: list[Numbered], at: int, reading: _Reading) -> Iterator[Finding]:
    """That a cancellation names no order, and the one it may be of where the file has exactly one like it.

    It is not taken for that: the next one like it may be in another file.
    """
    yield Finding("cancels_unnamed")
    for _, record in rows:
        customer, code, pieces = (record.text(name) for name in ("customerid", "stockcode", "quantity"))
        if customer and code and pieces:
            like = reading.rows.find(customerid=customer, stockcode=code, quantity=pieces.lstrip("-"))
            orders = {key for key, row in like if not _CANCELS.fullmatch(key) and _by(row, at, reading)}
            if len(orders) == 1:
                yield Finding("may_cancel", "stockcode", f"{code}: {orders.pop()}")


def _by(row: Row, at: int, reading: _Reading) -> bool:
    """Whether a row that was put aside is of no later time."""
    try:
        return reading.times.ms(row["invoicedate"]) <= at
    except (ValueError, OverflowError):
        return False


FORMAT = Format("online-retail", ORIGIN, ORIGIN, recognises, read)
