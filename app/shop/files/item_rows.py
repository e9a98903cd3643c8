"""Exports with a row per item, where every row repeats what is its order's: read wherever the rows stand."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from zoneinfo import ZoneInfo

from app.shop.files.amounts import currency_in, decimal_marks, plain
from app.shop.files.aside import Places
from app.shop.files.dates import DayMonth
from app.shop.files.findings import Finding, Unusable
from app.shop.files.gathered import gathered
from app.shop.files.market_words import ZONES
from app.shop.files.outside import SENT, OutsideOrder
from app.shop.files.record import Record
from app.shop.files.report import Advance, FileReport, halves
from app.shop.files.rows_once import once
from app.shop.files.source import Source
from app.shop.files.table import Numbered, Row
from app.shop.rules.money import exponent
from app.shop.rules.orders import Status

ReadRows = Callable[[FileReport, Advance], Iterator[Numbered]]
"""The rows of a file, each time anew."""

_STAGES = tuple(Status)
_COUNTRIES = 300
"""More than there are: what else stands in their column is no country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns of such an export: an order's number, an item, the country, all times and all amounts.

    The amounts in `repeated` are the order's, and stand in each of its rows. `names` is what the file itself
    calls a column that has another name here. Rows that are `alike` in these columns, else in all, are the
    same row; `stage` tells how far along one is.
    """

    number: str
    item: str
    country: str
    times: Collection[str]
    money: Collection[str]
    repeated: Collection[str]
    names: Mapping[str, str] = field(default_factory=dict)
    alike: Collection[str] = ()
    stage: Callable[[Row], int] = lambda _: 0

    def told(self, finding: Finding) -> Finding:
        """A finding with the column as the file calls it."""
        return replace(finding, column=self.names.get(finding.column or "", finding.column))


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a file writes things: its currency, the mark before decimals, its clock, how its times are read."""

    currency: str | None
    mark: str | None
    zone: str
    ms: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Items:
    """The rows of one order, with their numbers; `whole` is what they say alike."""

    whole: Record
    rows: tuple[tuple[int, Record], ...]
    currency: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of an order, its number, and where its item stands."""

    number: int
    record: Record
    status: Status


@contextmanager
def at_row(number: int) -> Iterator[None]:
    """What cannot be used within is told with its row."""
    try:
        yield
    except Unusable as error:
        error.finding = replace(error.finding, row=number)
        raise


def standing(rows: Sequence[ItemRow]) -> Status:
    """Where the order stands by its rows: cancelled when all are, else where the slowest of the others is."""
    live = sorted({row.status for row in rows if row.status is not Status.CANCELLED}, key=_STAGES.index)
    if not live:
        return Status.CANCELLED
    parted = live[-1] in SENT and live[0] not in SENT
    return Status.PARTIALLY_SHIPPED if parted else live[0]


@dataclass(slots=True)
class _Overview:
    """What only the whole file tells: how its times and amounts are written, and in which countries."""

    layout: Layout
    empty: bool = True
    dates: DayMonth = field(default_factory=DayMonth)
    marks: set[str] = field(default_factory=set)
    currencies: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)

    def add(self, row: Row) -> None:
        """Look at a row."""
        self.empty = False
        for name in self.layout.times:
            self.dates.add(row.get(name, ""))
        told = [text for name in self.layout.money if (text := row.get(name))]
        self.marks |= decimal_marks(told)
        self.currencies |= {currency for text in told if (currency := currency_in(text))}
        if len(self.countries) < _COUNTRIES:
            self.countries.add(row.get(self.layout.country, ""))


def read_orders(
    source: Source,
    rows: ReadRows,
    layout: Layout,
    market: Callable[[set[str]], str | None],
    order_of: Callable[[Items, Conventions], OutsideOrder],
) -> Iterator[OutsideOrder]:
    """The orders of the file, whose rows may stand anywhere in it.

    `market` tells the currency by the countries that parcels go to. Raises Unusable where neither the file
    nor the person says how it is to be read.
    """
    overview, key_of = _Overview(layout), partial(_key, layout.number)
    first, second = halves(source.advance)

    def keys() -> Iterator[str]:
        for one in rows(FileReport(source.path.name), first):
            overview.add(one[1])
            yield key_of(one)

    with Places(keys()) as places:
        conventions = None if overview.empty else _found_out(overview, market, source)
        for several in gathered(rows(source.report, second), key_of, places, source.advance):
            if conventions:
                yield from _usable(source.report, several, layout, conventions, order_of)


def _key(column: str, one: Numbered) -> str:
    """What the rows of one order share; a row whose id cannot be used stands alone, to be told of."""
    number, row = one
    try:
        return Record(row).needed_id(column)
    except Unusable:
        return f"row {number}"


def _found_out(overview: _Overview, market: Callable[[set[str]], str | None], source: Source) -> Conventions:
    written = next(iter(overview.currencies)) if len(overview.currencies) == 1 else None
    # Orders in several currencies are of no one market, whatever the columns.
    likely = None if len(overview.currencies) > 1 else market(overview.countries)
    currency = written or source.choices.currency or likely
    if not currency and not overview.currencies:
        raise Unusable("currency_open")
    zone = source.clock(ZONES.get(currency or "", "UTC"))
    times = overview.dates.local_times(ZoneInfo(zone), source.choices.month_first)
    # Without decimals, three digits after a mark are thousands, even where a 0.00 stands beside them.
    told = len(overview.marks) == 1 and not (currency and exponent(currency) == 0)
    return Conventions(currency, next(iter(overview.marks)) if told else None, zone, times.ms)


def _usable(
    report: FileReport,
    rows: list[Numbered],
    layout: Layout,
    conventions: Conventions,
    order_of: Callable[[Items, Conventions], OutsideOrder],
) -> Iterator[OutsideOrder]:
    report.read += 1
    kept, twice = once(rows, layout.item, layout.alike, layout.stage)
    for finding in twice:
        report.skip(layout.told(finding))
    try:
        order = order_of(_items(kept, layout, conventions), conventions)
        yield replace(order, flags=tuple(map(layout.told, order.flags)))
    except Unusable as error:
        found = layout.told(error.finding)
        report.skip(found if found.row else replace(found, row=kept[0][0]))


def _items(rows: Sequence[Numbered], layout: Layout, conventions: Conventions) -> Items:
    flags: list[Finding] = []
    read = [
        (n, row | {name: plain(text, conventions.mark) for name in layout.money if (text := row.get(name))})
        for n, row in rows
    ]
    first, *others = several = [row for _, row in read]
    whole = {name: _first(name, several, layout, flags) for name in first} if others else first
    currency = _currency([row for _, row in rows], layout, conventions)
    return Items(Record(whole, flags), tuple((n, Record(row, flags)) for n, row in read), currency)


def _first(name: str, rows: Sequence[Row], layout: Layout, flags: list[Finding]) -> str:
    """What the rows say alike; the first of them where they do not, which is flagged if it is an amount."""
    told = list(dict.fromkeys(text for row in rows if (text := row[name])))
    if len(told) > 1 and name in layout.repeated:
        flags.append(Finding("rows_disagree", name, ", ".join(told)))
    return told[0] if told else ""


def _currency(rows: Sequence[Row], layout: Layout, conventions: Conventions) -> str:
    written = {
        currency for row in rows for name in layout.money if (currency := currency_in(row.get(name, "")))
    }
    if len(written) > 1 or not (currency := written.pop() if written else conventions.currency):
        raise Unusable("currency_open")
    return currency
