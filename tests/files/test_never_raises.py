"""Whatever is done to a file: it is read or refused with a reason, and nothing is raised or half done."""

import gzip
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.shop import tables as t
from app.shop.files import batch
from app.shop.files.report import Report
from app.shop.files.take_in import take_in
from app.shop.rules.money import LARGEST_MINOR
from app.shop.shop import Shop
from app.ui.texts.reports import report_lines
from tests.files import made_retail, made_shopee, made_shopify
from tests.files.made import (
    Olist,
    events,
    orders,
    stored,
    tiktok_line,
    tiktok_order,
    v1_answer,
    v1_order,
)
from tests.files.made_tiktok_account import NUMBER, PROFILE, TEXT, bought
from tests.files.made_tiktok_account import export as account_export
from tests.files.odd import places, zipped
from tests.files.seller import ID_COLUMNS, as_book, as_csv, sku_row

ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**22), 10**22),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=12),
    st.sampled_from(["", "0", "1e5", "1E+17", "99.9", "12,5", "NaN", "\0", "\ud800", "=1+1", "9" * 40]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.sampled_from(["id", "currency", "name"]), st.integers(), max_size=2),
)


BY_THE_ORDER = ("tiktok-api", "tiktok-api-v1")
"""The kinds of files in which a record is an order."""


def put(value: Any, way: tuple[Any, ...], odd: Any) -> None:
    """Put something odd at the end of a way; nowhere, if something odd before it has cut the way off."""
    *before, last = way
    with suppress(IndexError, KeyError, TypeError):
        for name in before:
            value = value[name]
        value[last] = odd


@contextmanager
def undone(shop: Shop) -> Iterator[None]:
    """Everything that is stored within is gone afterwards."""
    yield
    tables = ("events", "payments", "price_entries", "lines", "outside_numbers", "orders", "outside_ids")
    cursor = shop.place.connection().cursor()
    for table in (
        *tables,
        "addresses",
        "variants",
        "product_words",
        "products",
        "people",
        "tallies",
        "shops",
        "creators",
        "handles",
    ):
        cursor.execute(f"DELETE FROM {table}")


def whole(shop: Shop, report: Report) -> None:
    """The report prints, and what is stored holds together."""
    json.dumps(report.as_json())
    assert all(line and "\n" not in line for line in report_lines(report))
    "\n".join(report_lines(report)).encode("utf-8")
    *_, file = report.files  # before a folder stands what in it could not be read
    told = file.new + file.changed + file.same + file.skipped
    # Elsewhere rows and parts of an order are skipped too.
    assert file.read == told if file.kind in (None, *BY_THE_ORDER) else file.read <= told
    found = orders(shop)
    entries = stored(shop, t.PriceEntry)
    newest = {event.order_number: event.n for event in sorted(events(shop), key=lambda event: event.n)}
    for one in found:
        sheet = sum(entry.amount_minor for entry in entries if entry.order_number == one.number)
        assert 0 <= one.total_minor == sheet <= LARGEST_MINOR
        assert newest[one.number] == one.version


SAME_STORE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
"""A store is used for many examples: `undone` empties it."""
CHANGES = st.lists(st.tuples(st.integers(0, 500), ODD), min_size=1, max_size=4)


@settings(SAME_STORE)
@given(version=st.sampled_from(["202309", "1", "account"]), changes=CHANGES, personal=st.booleans())
def test_odd_values_anywhere_in_json(
    shop: Shop, tmp_path: Path, version: str, changes: list[tuple[int, Any]], personal: bool
) -> None:
    made: Any = v1_answer(v1_order(), v1_order(2))
    if version == "202309":
        two = [tiktok_line(), tiktok_line(2, display_status="CANCELLED")]
        made = [tiktok_order(lines=two), tiktok_order(2)]
    if version == "account":
        made = deepcopy(account_export({NUMBER: bought(), f"{NUMBER}2": bought()}, "2026", **PROFILE))
    ways = list(places(made))
    for n, odd in changes:
        put(made, ways[n % len(ways)], odd)
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    with undone(shop):
        whole(shop, take_in(shop, [path], personal=personal))


@settings(SAME_STORE)
@given(cells=st.lists(st.tuples(st.integers(0, 500), ODD.map(str)), min_size=1, max_size=4))
def test_odd_cells_anywhere_in_tables(sqlite_shop: Shop, cells: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder, undone(sqlite_shop):
        olist = Olist(Path(folder) / "olist")
        for n, status in enumerate(("created", "delivered", "canceled"), 1):
            olist.item(olist.simple(n, status, seller=n), seller=9, n=2)
        every = [(row, name) for rows in olist.rows.values() for row in rows for name in row]
        for n, odd in cells:
            row, name = every[n % len(every)]
            row[name] = odd.encode("utf-8", "replace").decode()
        whole(sqlite_shop, take_in(sqlite_shop, [olist.write()]))


@settings(SAME_STORE)
@given(
    cells=st.lists(st.tuples(st.integers(0, 500), ODD.map(str)), min_size=1, max_size=4),
    version=st.sampled_from(sorted(made_shopify.VERSIONS)),
    personal=st.booleans(),
)
def test_odd_cells_anywhere_in_a_shopify_export(
    sqlite_shop: Shop, tmp_path: Path, cells: list[tuple[int, str]], version: int, personal: bool
) -> None:
    items = [made_shopify.item(), made_shopify.item("Sock")]
    rows = [*made_shopify.order(1, items), *made_shopify.order(2)]
    columns = made_shopify.VERSIONS[version]
    for n, odd in cells:
        rows[n % len(rows)][columns[n % len(columns)]] = odd.encode("utf-8", "replace").decode()
    path = made_shopify.write(tmp_path, rows, version)
    with undone(sqlite_shop):
        whole(sqlite_shop, take_in(sqlite_shop, [path], personal=personal))


@settings(SAME_STORE)
@given(cells=CHANGES, personal=st.booleans(), indonesia=st.booleans(), workbook=st.booleans())
def test_odd_cells_anywhere_in_a_shopee_export(
    sqlite_shop: Shop, cells: list[tuple[int, Any]], personal: bool, indonesia: bool, workbook: bool
) -> None:
    made = made_shopee.indonesian if indonesia else made_shopee.row
    columns = made_shopee.ID_COLUMNS if indonesia else made_shopee.EN_COLUMNS
    rows = [made(1), made(1, "Cup"), made(2)]
    every = [(row, name) for row in rows for name in columns]
    for n, odd in cells:
        row, name = every[n % len(every)]
        row[name] = printable(odd)
    with tempfile.TemporaryDirectory() as folder, undone(sqlite_shop):
        path = Path(folder) / "orders"
        if workbook:
            as_book(path, rows, columns=columns, described=False)
        else:
            as_csv(path, rows, columns=columns, tabs=False)
        whole(sqlite_shop, take_in(sqlite_shop, [path], personal=personal))


@settings(SAME_STORE)
@given(cells=st.lists(st.tuples(st.integers(0, 500), ODD.map(str)), min_size=1, max_size=4))
def test_odd_cells_anywhere_in_a_list_of_invoices(
    sqlite_shop: Shop, tmp_path: Path, cells: list[tuple[int, str]]
) -> None:
    rows = list(made_retail.invoices(7, each=2))
    for n, odd in cells:
        row = rows[n % len(rows)]
        row[list(row)[n % len(row)]] = odd.encode("utf-8", "replace").decode()
    path = made_retail.write(tmp_path, rows)
    with undone(sqlite_shop), patch.object(batch, "AT_ONCE", 6):
        whole(sqlite_shop, take_in(sqlite_shop, [path]))


@settings(SAME_STORE)
@given(
    puts=st.lists(st.tuples(st.integers(0, 500), ODD.map(str), st.booleans()), min_size=1, max_size=4),
    cut=st.integers(0, 1_000),
)
def test_odd_lines_anywhere_in_the_text_of_an_account(
    sqlite_shop: Shop, tmp_path: Path, puts: list[tuple[int, str, bool]], cut: int
) -> None:
    told = TEXT[cut % 60 :].splitlines()
    for n, odd, kept in puts:
        at = n % len(told)
        told[at] = f"{told[at].partition(':')[0]}: {odd}" if kept else odd
    path = tmp_path / "Order History.txt"
    path.write_bytes("\n".join(told).encode("utf-8", "replace"))
    with undone(sqlite_shop):
        whole(sqlite_shop, take_in(sqlite_shop, [path]))


@settings(SAME_STORE)
@given(
    cut=st.integers(0, 4_000),
    junk=st.binary(max_size=40),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    table=st.booleans(),
)
def test_bytes_lost_and_put_in_anywhere(
    sqlite_shop: Shop, cut: int, junk: bytes, encoding: str, table: bool
) -> None:
    with tempfile.TemporaryDirectory() as name, undone(sqlite_shop):
        olist = Olist(Path(name) / "olist")
        olist.simple(1)
        path = olist.write(encoding=encoding) / "made_orders.csv"
        if not table:
            path = Path(name) / "orders.json"
            path.write_text(json.dumps([tiktok_order()]), encoding=encoding)
        content = path.read_bytes()
        at = cut % len(content)
        path.write_bytes(content[:at] + junk + content[at + len(junk) // 2 :])
        whole(sqlite_shop, take_in(sqlite_shop, [path]))


@settings(SAME_STORE)
@given(cells=CHANGES, personal=st.booleans(), workbook=st.booleans(), shape=st.integers(0, 3))
def test_odd_cells_anywhere_in_a_seller_export(
    sqlite_shop: Shop, cells: list[tuple[int, Any]], personal: bool, workbook: bool, shape: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, undone(sqlite_shop):
        rows = [sku_row(1), sku_row(1, 2), sku_row(2), sku_row(3, 3)]
        every = [(row, name) for row in rows for name in ID_COLUMNS]
        for n, odd in cells:
            row, name = every[n % len(every)]
            row[name] = printable(odd)
        path = Path(folder) / "orders"
        if workbook:
            as_book(path, rows, broken=shape % 2 == 0, shared=shape > 1)
        else:
            as_csv(path, rows, described=shape % 2 == 0, delimiter=",;"[shape > 1])
        whole(sqlite_shop, take_in(sqlite_shop, [path], personal=personal))


def printable(odd: Any) -> Any:
    """What can stand in a cell: no more of it than XML has characters for."""
    kept = "".join(c for c in str(odd) if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff"))
    return odd if isinstance(odd, int | float) and not isinstance(odd, bool) else kept


@settings(SAME_STORE)
@given(
    cut=st.integers(0, 8_000),
    junk=st.binary(max_size=40),
    kind=st.sampled_from(["csv", "book", "gzip", "zip", "sheet"]),
)
def test_bytes_lost_and_put_in_anywhere_in_what_is_packed(
    sqlite_shop: Shop, cut: int, junk: bytes, kind: str
) -> None:
    def spoilt(content: bytes) -> bytes:
        at = cut % len(content)
        return content[:at] + junk + content[at + len(junk) // 2 :]

    with tempfile.TemporaryDirectory() as name, undone(sqlite_shop):
        path = Path(name) / "orders"
        rows = [sku_row(1), sku_row(2)]
        if kind in ("book", "sheet"):
            as_book(path, rows)
        else:
            as_csv(path, rows)
        content = path.read_bytes()
        if kind == "gzip":
            content = gzip.compress(content)
        elif kind == "zip":
            content = zipped({"a.csv": content})
        elif kind == "sheet":
            with zipfile.ZipFile(path) as archive:
                parts = {one: archive.read(one) for one in archive.namelist()}
            parts["xl/worksheets/sheet2.xml"] = spoilt(parts["xl/worksheets/sheet2.xml"])
            content = zipped(parts)
        path.write_bytes(content if kind == "sheet" else spoilt(content))
        whole(sqlite_shop, take_in(sqlite_shop, [path]))
