"""TikTok Shop Seller Centre's order export, CSV or workbook: a row per SKU of an order."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from app.shop.files.amounts import currency_in, decimal_marks
from app.shop.files.dates import DayMonth
from app.shop.files.findings import Unusable
from app.shop.files.outside import Format, OutsideOrder
from app.shop.files.record import Record
from app.shop.files.report import Advance, FileReport
from app.shop.files.rows_once import once
from app.shop.files.source import Source
from app.shop.files.table import Row, Table
from app.shop.files.tiktok_seller_lines import AFTER, Numbered, Ways
from app.shop.files.tiktok_seller_order import MONEY, TIMES, order_of, stage_of
from app.shop.files.tiktok_seller_words import currency_of
from app.shop.files.tiktok_words import ORIGIN, PREFIX, ZONES

_ALIKE = ("sku id", "quantity", AFTER)
"""What two rows of one SKU in one order have alike only where they are the same row, at two times maybe."""
_COLUMNS = frozenset({"order id", "order status", "sku id", "created time"})


def recognises(source: Source) -> bool:
    """Whether the file is such an export, by its columns."""
    return source.table is not None and source.table.columns >= _COLUMNS


@dataclass(slots=True)
class _Overview:
    """What only the whole file tells: how many rows each order has, how times and amounts are written."""

    rows: Counter[str] = field(default_factory=Counter)
    dates: DayMonth = field(default_factory=DayMonth)
    marks: set[str] = field(default_factory=set)
    currencies: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)

    def add(self, key: str, row: Row) -> None:
        """Look at a row."""
        self.rows[key] += 1
        for name in TIMES:
            self.dates.add(row.get(name, ""))
        told = [text for name in MONEY if (text := row.get(name))]
        self.marks |= decimal_marks(told)
        self.currencies |= {currency for text in told if (currency := currency_in(text))}
        self.countries.add(row.get("country", ""))


def read(source: Source, _whole: bool) -> Iterator[OutsideOrder]:
    """The orders of the file, each as soon as all its rows were read, wherever they stand."""
    if (table := source.table) is None:
        return
    overview = _Overview()
    for number, row in _rows(table, FileReport(table.path.name), lambda _: None):
        overview.add(_key(number, row), row)
    ways = _ways(overview, table, source) if overview.rows else None
    waiting: dict[str, list[Numbered]] = defaultdict(list)
    for number, row in _rows(table, source.report, source.advance):
        key = _key(number, row)
        waiting[key].append((number, row))
        overview.rows[key] -= 1
        if ways and not overview.rows[key]:
            yield from _usable(source.report, waiting.pop(key), ways)


def _rows(table: Table, report: FileReport, advance: Advance) -> Iterator[Numbered]:
    """The rows without the one that describes the columns: if it is there it stands first, without digits."""
    for n, (number, row) in enumerate(table.rows(report, advance)):
        told = [row[name] for name in ("order id", "sku id", "created time")]
        if n or not all(told) or any(map(str.isdecimal, "".join(told))):
            yield number, row


def _key(number: int, row: Row) -> str:
    """What the rows of one order share; a row whose id cannot be used stands alone, to be told of."""
    try:
        return Record(row).needed_id("order id")
    except Unusable:
        return f"row {number}"


def _ways(overview: _Overview, table: Table, source: Source) -> Ways:
    """How the file is to be read; raises Unusable where neither it nor the person says."""
    market = currency_of(overview.countries, table.columns)
    told = next(iter(overview.currencies)) if len(overview.currencies) == 1 else None
    currency = told or source.choices.currency or market
    if not currency and not overview.currencies:
        raise Unusable("currency_open")
    zone = source.clock(ZONES.get(currency or "", "UTC"))
    times = overview.dates.local_times(ZoneInfo(zone), source.choices.month_first)
    return Ways(currency, next(iter(overview.marks)) if len(overview.marks) == 1 else None, zone, times.ms)


def _usable(report: FileReport, rows: list[Numbered], ways: Ways) -> Iterator[OutsideOrder]:
    report.read += 1
    found = once(report, rows, "sku id", _ALIKE, stage_of)
    try:
        yield order_of(found, ways)
    except Unusable as error:
        report.skip(error.finding if error.finding.row else replace(error.finding, row=found[0][0]))


FORMAT = Format("tiktok-seller", ORIGIN, PREFIX, recognises, read)
