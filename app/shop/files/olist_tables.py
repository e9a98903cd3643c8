"""The tables of the Olist folder, told apart by their columns, and what orders are joined with."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from app.shop.files.dates import DayMonth, LocalTimes
from app.shop.files.findings import Finding, Unusable
from app.shop.files.outside import OutsideAddress, OutsideLine
from app.shop.files.record import Record
from app.shop.files.report import Advance, FileReport, halves
from app.shop.files.source import Source
from app.shop.files.table import Table
from app.shop.rules.clocks import Method

CURRENCY, ZONE = "BRL", "America/Sao_Paulo"

COLUMNS: dict[str, frozenset[str]] = {
    "products": frozenset({"product_id", "product_category_name"}),
    "customers": frozenset({"customer_id", "customer_unique_id"}),
    "items": frozenset({"order_id", "order_item_id", "product_id", "seller_id", "price", "freight_value"}),
    "payments": frozenset({"order_id", "payment_sequential", "payment_type", "payment_value"}),
    "orders": frozenset({"order_id", "customer_id", "order_status", "order_purchase_timestamp"}),
    "sellers": frozenset({"seller_id", "seller_city"}),
    "translations": frozenset({"product_category_name", "product_category_name_english"}),
    "places": frozenset({"geolocation_zip_code_prefix", "geolocation_lat"}),
    "reviews": frozenset({"review_id", "order_id", "review_score"}),
}
"""The columns that tell each table apart."""
_USED = ("products", "customers", "items", "payments")
"""What is missed where it is not there; the orders are needed, and the rest tells nothing of them."""

METHODS = {"credit_card": Method.CARD, "debit_card": Method.CARD, "boleto": Method.TRANSFER}


@dataclass(frozen=True, slots=True)
class Item:
    """A line, the shop that sells it, its freight in minor units, and when it must be shipped (ms UTC)."""

    seller: str
    line: OutsideLine
    freight_minor: int
    ship_by: int | None


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment row: the method, how Olist writes it, and the amount in minor units."""

    method: Method
    label: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Customer:
    """The person behind a customer id, which Olist makes anew for each order, and where they live."""

    person: str
    address: OutsideAddress


@dataclass(slots=True)
class Joined:
    """What belongs to each order; `first` is the row and file that named an order first, `odd` its flags."""

    items: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))
    payments: dict[str, list[Paid]] = field(default_factory=lambda: defaultdict(list))
    customers: dict[str, Customer] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    odd: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    first: dict[str, tuple[int, str]] = field(default_factory=dict)


def kind_of(table: Table) -> str | None:
    """Which table of Olist this is, None for one of something else."""
    return next((kind for kind, columns in COLUMNS.items() if columns <= table.columns), None)


def tables_of(source: Source) -> dict[str, Table]:
    """The tables of the folder by kind; a second one of a kind, or a missing one, is noted."""
    found: dict[str, Table] = {}
    for table in source.tables:
        kind = kind_of(table)
        if kind in found:
            source.report.notes.append(Finding("table_twice", file=table.path.name))
        elif kind:
            found[kind] = table
    source.report.notes.extend(Finding("table_missing", value=kind) for kind in _USED if kind not in found)
    return found


@contextmanager
def reported(report: FileReport, table: Table, row: int) -> Iterator[None]:
    """Within it, a record that cannot be used is told to the report with its file and row."""
    try:
        yield
    except Unusable as error:
        report.skip(replace(error.finding, row=row, file=table.path.name))


def times_of(source: Source, table: Table, column: str, zone: str) -> tuple[Callable[[str], int], Advance]:
    """How the times of `table` are read, and what is told of the bytes that reading its rows takes.

    A table with times is read twice: no single time tells how they are written. Raises Unusable where all of
    them together do not, nor the person.
    """
    if column not in table.columns:
        return LocalTimes(ZoneInfo(zone)).ms, source.advance
    first, second = halves(source.advance)
    written = DayMonth()
    for _, row in table.rows(FileReport(table.path.name), first):
        written.add(row[column])
    try:
        return written.local_times(ZoneInfo(zone), source.choices.month_first).ms, second
    except Unusable as error:
        error.finding = replace(error.finding, file=table.path.name)
        raise


def joined(source: Source, tables: dict[str, Table], zone: str) -> Joined:
    """Every table but that of the orders, read into what belongs to each order."""
    found = Joined()
    for kind, take in _TAKE.items():
        if kind not in tables:
            continue
        table = tables[kind]
        times, advance = times_of(source, table, "shipping_limit_date", zone)
        for number, row in table.rows(source.report, advance):
            with reported(source.report, table, number):
                record = Record(row)
                if kind in ("items", "payments"):
                    found.first.setdefault(record.needed_id("order_id"), (number, table.path.name))
                take(found, record, times)
    return found


def _product(found: Joined, record: Record, _: Callable[[str], int]) -> None:
    product = record.needed_id("product_id")
    category = record.text("product_category_name") or "product"
    found.titles[product] = title_of(product, category)


def title_of(product: str, category: str = "product") -> str:
    """Olist hides names: the category and the end of the id tell products apart."""
    return f"{category.replace('_', ' ').capitalize()} {product[-6:]}"


def _customer(found: Joined, record: Record, _: Callable[[str], int]) -> None:
    found.customers[record.needed_id("customer_id")] = Customer(
        record.needed_id("customer_unique_id"),
        OutsideAddress(
            city=record.text("customer_city"),
            region=record.text("customer_state"),
            postal_code=record.text("customer_zip_code_prefix"),
            country="BR",
        ),
    )


def _item(found: Joined, record: Record, times: Callable[[str], int]) -> None:
    order = record.needed_id("order_id")
    try:
        product, price = record.needed_id("product_id"), record.needed_amount("price", CURRENCY)
        item = Item(
            record.needed_id("seller_id"),
            OutsideLine(
                product=product,
                variant=product,
                title=found.titles.get(product) or title_of(product),
                variant_name="",
                quantity=1,
                unit_minor=price,
                discount_minor=0,
                total_minor=price,
                outside_id=record.needed_id("order_item_id"),
            ),
            record.amount("freight_value", CURRENCY) or 0,
            record.time("shipping_limit_date", times),
        )
    except Unusable as error:
        found.odd[order].append(replace(error.finding, code="line_left_out"))
        raise
    found.items[order].append(item)
    found.odd[order].extend(record.flags)


def _payment(found: Joined, record: Record, _: Callable[[str], int]) -> None:
    order = record.needed_id("order_id")
    try:
        label, parts = record.text("payment_type") or "", record.text("payment_installments") or "1"
        amount = record.needed_amount("payment_value", CURRENCY)
    except Unusable as error:
        found.odd[order].append(replace(error.finding, code="payment_left_out"))
        raise
    method = METHODS.get(label, Method.OTHER)
    found.payments[order].append(Paid(method, label if parts == "1" else f"{label} {parts}x", amount))
    found.odd[order].extend(record.flags)


_TAKE: dict[str, Callable[[Joined, Record, Callable[[str], int]], None]] = {
    "products": _product,
    "customers": _customer,
    "items": _item,
    "payments": _payment,
}
