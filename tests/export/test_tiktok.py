"""TikTok's Seller Centre would take what goes out for its own, and our reader of it brings back the same."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.shop import tables as t
from app.shop.actions.cancel import cancel_order
from app.shop.check import check
from app.shop.demo import fill
from app.shop.export.orders import Form
from app.shop.export.tiktok_words import reason_of
from app.shop.files.report import FileReport
from app.shop.files.source import Choices
from app.shop.files.table import read_table
from app.shop.files.take_in import take_in
from app.shop.reads.spreadsheet import csv_lines
from app.shop.rules.reasons import REASONS, by_alias
from app.shop.shop import Actor, Shop
from tests.conftest import Clock
from tests.export.conftest import Written
from tests.export.content import content
from tests.files.made import (
    as_file,
    brought,
    counts,
    events,
    handles,
    lines,
    order,
    orders,
    tiktok_line,
    tiktok_order,
)
from tests.files.seller import ID_COLUMNS, as_csv, sku_row
from tests.files.test_tiktok_seller import CANCELLED

Another = Callable[[], Shop]
DMY = Choices(month_first=False)


@pytest.fixture
def shop(sqlite_shop: Shop) -> Shop:
    """A store: what is written of it no database decides."""
    return sqlite_shop


def rows(path: Path) -> list[dict[str, str]]:
    """The rows as they stand in the file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_columns_mark_and_line_ends_are_those_of_the_platform(shop: Shop, written: Written) -> None:
    fill(shop, orders=30, seed=4)
    content_ = written(shop, Form.TIKTOK).read_bytes()
    assert content_.startswith(b"\xef\xbb\xbfOrder ID,Order Status,")
    assert content_.count(b"\n") == content_.count(b"\r\n") == 1 + len(lines(shop))
    assert tuple(rows(written(shop, Form.TIKTOK))[0]) == ID_COLUMNS


def without(store: Shop) -> dict[str, list[Any]]:
    """What a store says of its orders, without how often and when it was told."""
    told = content(store)
    return {name: told[name] for name in ("orders", "lines", "prices", "payments")}


def test_a_file_of_the_platform_goes_out_as_it_came(
    shop: Shop, another: Another, written: Written, tmp_path: Path
) -> None:
    part = {"Cancelation/Return Type": "Cancel", "Sku Quantity of return": "1", "Cancel By": "Pembeli"}
    came = [
        sku_row(1, cells={"Variation": '=HYPERLINK("x")', "Product Name": "''quoted, \"so\"\nدجاج 🐔 -1"}),
        sku_row(2, cells=CANCELLED),
        sku_row(3, 1),
        sku_row(3, 2, cells=part | {"Cancel Reason": "seller_cancel_reason_out_of_stock"}),
        sku_row(4, cells={"Order Status": "Selesai", "Order Substatus": "", "Creator Handle": "kreator"}),
        sku_row(5, cells={"Payment Method": "Bayar di tempat", "Paid Time": "", "Buyer Service Fee": "1000"}),
    ]
    take_in(shop, [as_csv(tmp_path / "came.csv", came)], personal=True)
    path = written(shop, Form.TIKTOK, personal=True)
    there = another()
    file = brought(there, path, personal=True)
    assert counts(file) == (5, 0, 0, 0)
    assert without(there) == without(shop)
    assert counts(brought(shop, path, personal=True)) == (0, 0, 5, 0)
    first = rows(path)[0]
    assert first["Order ID"] == "583870900000000001\t"
    assert first["Variation"].startswith("'=")
    assert first["Product Name"].startswith("''quoted")
    assert {row["Order Amount"] for row in rows(path)[2:4]} == {"105000"}


@pytest.mark.parametrize("currency", ["VND", "USD", "BRL", "KWD"])
def test_other_markets_tell_their_currency_and_times_as_they_write_them(
    shop: Shop, another: Another, written: Written, tmp_path: Path, currency: str
) -> None:
    told = {"Original Shipping Fee": "0", "Shipping Fee Platform Discount": "0"}
    price = {
        "SKU Subtotal After Discount": f"{currency} 100.125" if currency == "KWD" else f"{currency} 100.50"
    }
    if currency == "VND":
        price = {"SKU Subtotal After Discount": "VND 100500"}
    off = dict.fromkeys(("SKU Platform Discount", "SKU Seller Discount", "Shipping Fee After Discount"), "0")
    blank = dict.fromkeys(("SKU Unit Original Price", "SKU Subtotal Before Discount"), "")
    total = {"Order Amount": price["SKU Subtotal After Discount"]}
    another_amount = sku_row(2, cells=told | off | blank | price | total | {"Quantity": "1"})
    proof = {"SKU Subtotal After Discount": f"{currency} 0.5", "Order Amount": f"{currency} 0.5"}
    small = sku_row(1, cells=told | off | blank | (price | total if currency == "VND" else proof))
    take_in(shop, [as_csv(tmp_path / "came.csv", [small | {"Quantity": "1"}, another_amount])])
    path = written(shop, Form.TIKTOK)
    there = another()
    take_in(there, [path])
    assert [(one.currency, one.total_minor, one.created_at) for one in orders(there)] == [
        (one.currency, one.total_minor, one.created_at) for one in orders(shop)
    ]
    assert rows(path)[0]["Created Time"].strip().endswith("M") == (currency in ("USD", "BRL"))
    assert rows(path)[0]["Order Amount"].startswith(f"{currency} ")


def test_orders_of_a_demo_come_back_from_tiktoks_columns(
    shop: Shop, another: Another, written: Written
) -> None:
    fill(shop, orders=80, seed=7)
    path = written(shop, Form.TIKTOK, personal=True)
    there = another()
    file = brought(there, path, personal=True, choices=DMY)
    mine = {str(one.number): one for one in orders(shop)}
    assert counts(file) == (len(mine), 0, 0, 0)
    for one in orders(there):
        other = mine[str(one.outside_number)]
        assert (one.status, one.currency, one.total_minor) == (
            other.status,
            other.currency,
            other.total_minor,
        )
        assert (one.cancel_reason, one.payment_method) == (other.cancel_reason, other.payment_method)
        assert one.created_at == other.created_at // 1000 * 1000
        assert one.tracking == other.tracking


def test_pieces_of_one_sku_stand_in_one_row(
    shop: Shop, another: Another, written: Written, tmp_path: Path
) -> None:
    units = [tiktok_line(n) for n in (1, 2)]
    take_in(shop, [as_file(tmp_path, [tiktok_order(lines=units)])])
    (row,) = rows(written(shop, Form.TIKTOK))
    assert (row["Quantity"], row["SKU Subtotal After Discount"]) == ("2", "VND 200000")
    there = another()
    take_in(there, [written(shop, Form.TIKTOK)], choices=DMY)
    assert order(there).total_minor == order(shop).total_minor


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_goes_out_in_a_word_that_comes_back(code: str) -> None:
    unpaid = code.startswith("BU_")
    word = reason_of(code, None, unpaid=unpaid)
    assert by_alias(word, unpaid=unpaid) is REASONS[code]


def test_a_reason_we_have_no_code_for_goes_out_as_it_was_written() -> None:
    assert reason_of(None, "Bosan", unpaid=True) == "Bosan"
    assert reason_of(None, None, unpaid=True) == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "'x", "''", '="1"', "＝1", "a=1", "x\ny", "ok"])
def test_what_a_spreadsheet_would_run_is_text_there_and_itself_again_here(tmp_path: Path, text: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text("".join(csv_lines(("a", "b"), [(text, "x")])), encoding="utf-8", newline="")
    table = read_table(path)
    assert table is not None
    ((_, row),) = table.rows(FileReport("table"), lambda _: None)
    assert row["a"] == text
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1][0][:1] not in set("=+-@＝")


def test_what_was_cancelled_here_is_told_until_the_platform_tells_it_too(
    shop: Shop, clock: Clock, written: Written, tmp_path: Path
) -> None:
    unpaid = [tiktok_order(n, status="UNPAID", is_cod=False) for n in (1, 2)]
    gone = tiktok_order(3, status="CANCELLED", cancellation_initiator="SYSTEM")
    take_in(shop, [as_file(tmp_path, [*unpaid, gone])])
    fill(shop, orders=20, seed=3)
    first = next(one for one in orders(shop) if one.outside_number == unpaid[0]["id"])
    cancel_order(shop, Actor(first.buyer_id), first.number, "BU_MISTAKE", key="k")
    (row,) = rows(written(shop, Form.TIKTOK, here_only=True))
    assert (row["Order ID"].strip(), row["Order Status"]) == (unpaid[0]["id"], "Canceled")
    assert (row["Cancel By"], row["Cancelation/Return Type"]) == ("Buyer", "Cancel")
    assert row["Cancel Reason"] == "ecom_order_unpaid_canceled_reason_created_by_mistakes"

    clock.move(hours=1)
    told = tiktok_order(
        1,
        status="CANCELLED",
        update_time=1_750_009_000,
        cancel_time=1_750_008_000,
        is_cod=False,
        cancellation_initiator="SELLER",
    )
    assert counts(brought(shop, as_file(tmp_path, [told]))) == (0, 0, 1, 0)
    assert rows(written(shop, Form.TIKTOK, here_only=True)) == []
    after = next(one for one in orders(shop) if one.number == first.number)
    assert (after.cancelled_by, after.cancel_reason) == ("BUYER", "BU_MISTAKE")
    assert counts(brought(shop, as_file(tmp_path, [told]))) == (0, 0, 1, 0)
    assert check(shop).violations == ()
    assert [one.action for one in events(shop) if one.order_number == first.number].count("updated") == 1


def test_only_what_is_asked_for_goes_out(shop: Shop, written: Written) -> None:
    fill(shop, orders=60, seed=4)
    every = orders(shop)
    middle = every[30].created_at
    assert len(rows(written(shop, Form.TIKTOK, since=middle))) < len(lines(shop))
    early, late = (
        written(shop, name=name, **asked)
        for name, asked in (("early", {"until": middle}), ("late", {"since": middle}))
    )
    told = early.read_text(encoding="utf-8") + late.read_text(encoding="utf-8")
    assert told == written(shop).read_text(encoding="utf-8")
    handle = handles(shop, t.Shop)[every[0].shop_id]
    mine = written(shop, of=handle).read_text(encoding="utf-8").splitlines()
    assert len(mine) == sum(one.shop_id == every[0].shop_id for one in every)


def test_names_and_addresses_go_out_only_when_asked_for(shop: Shop, written: Written) -> None:
    fill(shop, orders=20, seed=4)
    personal = (
        "Buyer Message",
        "Buyer Username",
        "Recipient",
        "Phone #",
        "Zipcode",
        "Detail Address",
    )
    assert not any(row[name] for row in rows(written(shop, Form.TIKTOK)) for name in personal)
    assert all(row["Recipient"] for row in rows(written(shop, Form.TIKTOK, personal=True)))
