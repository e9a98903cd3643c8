"""Shopify's orders export comes in: the order's own cells stand on one row, its items on all."""

import gzip
from pathlib import Path

import pytest
from sqlmodel import col

from app.shop import tables as t
from app.shop.check import check
from app.shop.files.take_in import take_in
from app.shop.shop import Shop
from tests.files.made import (
    brought,
    counts,
    events,
    handles,
    lines,
    orders,
    payments,
    prices,
    stored,
)
from tests.files.made import order as only_order
from tests.files.made_shopify import VERSIONS, Cells, item, order, write
from tests.files.seller import as_book


@pytest.mark.parametrize("version", VERSIONS)
def test_every_header_version_comes_in(shop: Shop, tmp_path: Path, version: int) -> None:
    assert len(VERSIONS[version]) == version
    path = write(tmp_path, order(items=[item(pieces="1"), item("Sock", "20.00")]), version)
    file = brought(shop, path)
    assert (file.kind, file.read, counts(file), file.flagged) == ("shopify", 1, (1, 0, 0, 0), 0)
    found = only_order(shop)
    assert (found.source, found.outside_number, found.status) == (
        "shopify",
        "5550000000001",
        "AWAITING_SHIPMENT",
    )
    assert (found.currency, found.total_minor, found.created_at) == ("USD", 4_500, 1_709_650_860_000)
    assert prices(shop) == [("ITEMS", 4_000), ("SHIPPING", 500)]
    assert [(line.title, line.variant, line.total_minor) for line in lines(shop)] == [
        ("Cap", "Moss / M", 2_000),
        ("Sock", "", 2_000),
    ]
    (paid,) = payments(shop)
    assert (paid.method, paid.state, paid.amount_minor, paid.label) == ("CARD", "CAPTURED", 4_500, "Stripe")
    assert check(shop).sound


def test_the_columns_may_stand_in_any_order(sqlite_shop: Shop, tmp_path: Path) -> None:
    path = write(tmp_path, order())
    turned = [",".join(reversed(line.split(","))) for line in path.read_text("utf-8").splitlines()]
    path.write_text("\n".join([turned[0].upper(), *turned[1:]]), "utf-8")
    assert counts(brought(sqlite_shop, path)) == (1, 0, 0, 0)
    assert only_order(sqlite_shop).total_minor == 4_500


def three() -> list[Cells]:
    """An order of three items, and one after it."""
    items = [item("Cap", "20.00"), item("Sock", "12.00"), item("Scarf", "8.00")]
    return [*order(1, items), *order(2)]


def test_rows_of_an_order_may_stand_anywhere_as_in_a_sorted_file(sqlite_shop: Shop, tmp_path: Path) -> None:
    first, second, third, other = three()
    path = write(tmp_path, [third, other, second, first])
    file = brought(sqlite_shop, path)
    assert (counts(file), file.flagged) == ((2, 0, 0, 0), 0)
    assert sorted((found.outside_number, found.line_count) for found in orders(sqlite_shop)) == [
        ("5550000000001", 3),
        ("5550000000002", 1),
    ]
    assert counts(brought(sqlite_shop, write(tmp_path, three()))) == (0, 0, 2, 0)


def test_cells_filled_down_are_one_order_and_its_amounts_count_once(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    first, second, third, other = three()
    filled = [first | {name: cell for name, cell in row.items() if cell} for row in (first, second, third)]
    file = brought(sqlite_shop, write(tmp_path, [*filled, other]))
    assert (counts(file), file.flagged) == ((2, 0, 0, 0), 0)
    assert [found.total_minor for found in orders(sqlite_shop)] == [4_500, 4_500]


def test_an_order_that_stands_twice_is_taken_once_in_its_latest_state(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    sent = order(1, Fulfillment_Status="fulfilled", Fulfilled_at="2024-03-06 09:00:00 -0500")
    file = brought(sqlite_shop, write(tmp_path, [*sent, *order(2), *order(1)]))
    assert counts(file) == (2, 0, 0, 1)
    assert [(problem.code, problem.row) for problem in file.problems] == [("order_twice", 4)]
    assert sorted(found.status for found in orders(sqlite_shop)) == ["AWAITING_SHIPMENT", "IN_TRANSIT"]
    assert len(lines(sqlite_shop)) == 2


def test_two_orders_of_one_name_are_two_where_their_ids_are(sqlite_shop: Shop, tmp_path: Path) -> None:
    both = [
        row | {"Name": "#1001"}
        for n in (1, 2)
        for row in order(n, [item("Cap", "30.00"), item("Sock", "10.00")])
    ]
    file = brought(sqlite_shop, write(tmp_path, both))
    assert (counts(file), file.flagged) == ((2, 0, 0, 0), 0)
    assert [found.line_count for found in orders(sqlite_shop)] == [2, 2]


def test_items_whose_order_is_elsewhere_are_told(sqlite_shop: Shop, tmp_path: Path) -> None:
    first, second, third, other = three()
    file = brought(sqlite_shop, write(tmp_path, [second, third, other]))
    assert (file.read, counts(file)) == (2, (1, 0, 0, 1))
    (problem,) = file.problems
    assert (problem.code, problem.row, problem.column, problem.value) == (
        "order_row_missing",
        2,
        "name",
        "#1001",
    )
    assert first["Name"] == "#1001"


@pytest.mark.parametrize("name", ["SX-001/25-26/7010", "#SX-100001", "Bestellung Nr. 7 €", "1001"])
def test_the_id_is_its_number_and_the_name_where_there_is_none(
    sqlite_shop: Shop, tmp_path: Path, name: str
) -> None:
    brought(sqlite_shop, write(tmp_path, order(1, Name=name)))
    brought(sqlite_shop, write(tmp_path, order(2, Name=name, Id="")))
    assert [found.outside_number for found in orders(sqlite_shop)] == ["5550000000001", name]
    assert f'"name":"{name}"' in (events(sqlite_shop)[0].facts or "").replace(": ", ":")


@pytest.mark.parametrize(("name", "number"), [("#1001", "5.55E+12"), ("1.001E+3", "")])
def test_rounded_numbers_are_refused(sqlite_shop: Shop, tmp_path: Path, name: str, number: str) -> None:
    file = brought(sqlite_shop, write(tmp_path, order(1, Name=name, Id=number)))
    assert counts(file) == (0, 0, 0, 1)
    assert (file.problems[0].code, file.problems[0].row) == ("id_not_exact", 2)


def test_the_same_or_a_later_export_updates(shop: Shop, tmp_path: Path) -> None:
    sent = order(1, Fulfillment_Status="fulfilled", Fulfilled_at="2024-03-06 09:00:00 -0500")
    assert counts(brought(shop, write(tmp_path, order()))) == (1, 0, 0, 0)
    assert counts(brought(shop, write(tmp_path, order(), 73))) == (0, 0, 1, 0)
    assert counts(brought(shop, write(tmp_path, sent))) == (0, 1, 0, 0)
    assert counts(brought(shop, write(tmp_path, order()))) == (0, 0, 1, 0)
    assert (only_order(shop).status, len(lines(shop))) == ("IN_TRANSIT", 1)


def test_buyers_are_told_apart_without_keeping_their_address(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = [*order(1), *order(2, Email="BUYER1@example.com"), *order(3, Email="", Phone="'+15550101")]
    rows += order(4, Email="")
    file = brought(sqlite_shop, write(tmp_path, rows))
    assert file.flags == {"buyer_unknown": 1}
    assert len({found.buyer_id for found in orders(sqlite_shop)}) == 3
    kept = " ".join(str(one.model_dump()) for table in (t.Person, t.OutsideId, t.OrderEvent, t.Order)
                    for one in stored(sqlite_shop, table))  # fmt: skip
    assert "example.com" not in kept
    assert "555010" not in kept
    assert "Made Up" not in kept


def test_personal_data_comes_in_when_asked_for(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = order(1, Notes="please ring\ntwice", Note_Attributes="gift: yes\nwrap: no")
    file = brought(sqlite_shop, write(tmp_path, rows), personal=True)
    assert (counts(file), file.flagged) == ((1, 0, 0, 0), 0)
    brought(sqlite_shop, write(tmp_path, order(2, Shipping_Zip="'K1A 0B1")), personal=True)
    address, abroad = stored(sqlite_shop, t.Address, col(t.Address.id))
    assert abroad.postal_code == "K1A 0B1"
    assert (address.recipient, address.lines, address.postal_code, address.phone) == (
        *("Made Up", "1 Sample Street", "00042", "+1 555 0100"),
    )
    assert events(sqlite_shop)[0].note == "please ring\ntwice"


def test_the_shop_is_the_one_that_is_named(sqlite_shop: Shop, tmp_path: Path) -> None:
    path = write(tmp_path, order())
    brought(sqlite_shop, path)
    assert list(handles(sqlite_shop, t.Shop).values()) == ["shopify-unknown"]
    report = take_in(sqlite_shop, [path], shop_handle="caps")
    assert (counts(report.files[0]), report.files[0].notes) == ((0, 1, 0, 0), [])
    assert handles(sqlite_shop, t.Shop)[only_order(sqlite_shop).shop_id] == "caps"


def test_an_export_kept_as_a_workbook_or_packed_is_the_same_orders(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = three()
    packed = tmp_path / "export.csv.gz"
    packed.write_bytes(gzip.compress(write(tmp_path, rows).read_bytes()))
    assert counts(brought(sqlite_shop, packed)) == (2, 0, 0, 0)
    book = as_book(
        tmp_path / "export.xlsx", [dict(row) for row in rows], columns=VERSIONS[79], described=False
    )
    assert (brought(sqlite_shop, book).kind, counts(brought(sqlite_shop, book))) == ("shopify", (0, 0, 2, 0))
