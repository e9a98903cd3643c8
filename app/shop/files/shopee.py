"""Shopee's order export, CSV or workbook, in English and Indonesian: a row per item of an order."""

from collections.abc import Iterator
from functools import partial

from app.shop.files.findings import Finding
from app.shop.files.item_rows import Layout, read_orders
from app.shop.files.market_words import currencies_of
from app.shop.files.outside import Format, OutsideOrder
from app.shop.files.report import Advance, FileReport
from app.shop.files.shopee_columns import Columns, columns_of
from app.shop.files.shopee_order import ORIGIN, TIMES, order_of
from app.shop.files.shopee_prices import MONEY, REPEATED
from app.shop.files.source import Source
from app.shop.files.table import Numbered, Table

_COLUMNS = frozenset(
    {"order id", "order status", "order creation date", "product name", "deal price", "quantity"}
)
_NONE = "-"
"""What stands where there is nothing to say."""


def recognises(source: Source) -> bool:
    """Whether the file is such an export, by its columns."""
    return source.table is not None and columns_of(source.table.columns).names.keys() >= _COLUMNS


def read(source: Source, whole: bool) -> Iterator[OutsideOrder]:
    """The orders of the file, which never says which shop they are of; `whole`: one is chosen."""
    if (table := source.table) is None:
        return
    columns = columns_of(table.columns)
    layout = Layout(
        number="order id",
        item="product name",
        country="country",
        times=TIMES,
        money=MONEY,
        repeated=REPEATED,
        names=columns.names,
    )
    if not whole:
        source.report.notes.append(Finding("shop_not_told"))
    yield from read_orders(
        source, partial(_rows, table, columns), layout, partial(_currency, columns), order_of
    )


def _rows(table: Table, columns: Columns, report: FileReport, advance: Advance) -> Iterator[Numbered]:
    for number, row in table.rows(report, advance):
        cells = {name: row[column] for name, column in columns.names.items()}
        yield number, {name: "" if cell == _NONE else cell for name, cell in cells.items()}


def _currency(columns: Columns, countries: set[str]) -> str | None:
    """The currency of the market: its columns tell it, or where its parcels go."""
    found = currencies_of(countries)
    return columns.currency or (found.pop() if len(found) == 1 else None)


FORMAT = Format("shopee", ORIGIN, ORIGIN, recognises, read)
