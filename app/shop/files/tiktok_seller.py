"""TikTok Shop Seller Centre's order export, CSV or workbook: a row per SKU of an order."""

from collections.abc import Iterator
from functools import partial

from app.shop.files.findings import Finding
from app.shop.files.item_rows import Layout, read_orders
from app.shop.files.outside import Format, OutsideOrder
from app.shop.files.report import Advance, FileReport
from app.shop.files.source import Source
from app.shop.files.table import Numbered, Table
from app.shop.files.tiktok_seller_lines import AFTER
from app.shop.files.tiktok_seller_order import MONEY, REPEATED, TIMES, order_of, stage_of
from app.shop.files.tiktok_seller_words import currency_of
from app.shop.files.tiktok_words import ORIGIN, PREFIX

_ALIKE = ("sku id", "quantity", AFTER)
"""What two rows of one SKU in one order have alike only where they are the same row, at two times maybe."""
_COLUMNS = frozenset({"order id", "order status", "sku id", "created time"})
_LAYOUT = Layout(
    number="order id",
    item="sku id",
    country="country",
    times=TIMES,
    money=MONEY,
    repeated=REPEATED,
    alike=_ALIKE,
    stage=stage_of,
)


def recognises(source: Source) -> bool:
    """Whether the file is such an export, by its columns."""
    return source.table is not None and source.table.columns >= _COLUMNS


def read(source: Source, whole: bool) -> Iterator[OutsideOrder]:
    """The orders of the file, which never says which shop they are of; `whole`: one is chosen."""
    if (table := source.table) is None:
        return
    market = partial(currency_of, columns=table.columns)
    if not whole:
        source.report.notes.append(Finding("shop_not_told"))
    yield from read_orders(source, partial(_rows, table), _LAYOUT, market, order_of)


def _rows(table: Table, report: FileReport, advance: Advance) -> Iterator[Numbered]:
    """The rows without the one that describes the columns: if it is there it stands first, without digits."""
    for n, (number, row) in enumerate(table.rows(report, advance)):
        told = [row[name] for name in ("order id", "sku id", "created time")]
        if n or not all(told) or any(map(str.isdecimal, "".join(told))):
            yield number, row


FORMAT = Format("tiktok-seller", ORIGIN, PREFIX, recognises, read)
