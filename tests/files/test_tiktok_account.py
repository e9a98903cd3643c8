"""TikTok's "Download your data" comes in: the orders of one account, as JSON of each version or as text."""

from pathlib import Path
from typing import Any

import pytest

from app.shop import tables as t
from app.shop.check import check
from app.shop.shop import Shop
from tests.files.made import (
    as_file,
    brought,
    counts,
    events,
    handles,
    lines,
    order,
    orders,
    payments,
    prices,
    stored,
)
from tests.files.made_tiktok_account import MUG, NUMBER, PROFILE, SECTIONS, TEXT, bought, export


@pytest.mark.parametrize("version", SECTIONS)
def test_every_version_comes_in(shop: Shop, tmp_path: Path, version: str) -> None:
    file = brought(shop, as_file(tmp_path, export({NUMBER: bought()}, version, **PROFILE)))
    assert (file.kind, file.read, counts(file)) == ("tiktok-account", 1, (1, 0, 0, 0))
    found = order(shop)
    assert (found.outside_number, found.status) == (NUMBER, "COMPLETED")
    assert (found.currency, found.total_minor, found.created_at) == ("USD", 1_068, 1_717_728_130_000)
    (line,) = lines(shop)
    assert (line.title, line.variant, line.quantity) == ("Cat mug", "Moss", 2)
    assert check(shop).sound


@pytest.mark.parametrize("version", SECTIONS)
def test_an_export_without_orders_is_read_with_none(sqlite_shop: Shop, tmp_path: Path, version: str) -> None:
    file = brought(sqlite_shop, as_file(tmp_path, export(None, version)))
    assert (file.kind, file.read, counts(file), file.problems) == ("tiktok-account", 0, (0, 0, 0, 0), [])
    assert [note.code for note in file.notes] == ["no_orders_told"]


@pytest.mark.parametrize(
    "told",
    [
        {"TikTok Shop": None},
        {"TikTok Shopping": {"Order History": None}},
        {"TikTok Shop": {"Order History": {}}},
        {"Profile": {}, "Your Activity": {}, "Ads and data": {}, "Comment": {}},
    ],
)
def test_an_account_without_a_shop_is_read_with_no_orders(
    sqlite_shop: Shop, tmp_path: Path, told: object
) -> None:
    file = brought(sqlite_shop, as_file(tmp_path, told))
    assert (file.kind, [note.code for note in file.notes]) == ("tiktok-account", ["no_orders_told"])


def test_what_is_not_told_is_flagged_and_not_made_up(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, as_file(tmp_path, export({NUMBER: bought(Products=[MUG, MUG])})))
    assert file.flags == {"line_prices_missing": 1, "buyer_unknown": 1}
    assert prices(sqlite_shop) == [("DIFFERENCE", 1_068)]
    assert [line.total_minor for line in lines(sqlite_shop)] == [0, 0]
    assert payments(sqlite_shop) == []
    assert list(handles(sqlite_shop, t.Shop).values()) == ["tiktok-unknown"]
    assert list(handles(sqlite_shop, t.Person).values()) == ["tiktok-unknown-buyer"]
    assert [note.value for note in file.notes if note.code == "no_time_zone"] == ["UTC"]


def test_the_account_is_the_buyer_and_its_name_is_kept_only_when_asked_for(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    told = export({NUMBER: bought(), f"{NUMBER}2": bought()}, "2026", **PROFILE)
    file = brought(sqlite_shop, as_file(tmp_path, told))
    assert file.flags == {"line_prices_missing": 2}
    assert len({found.buyer_id for found in orders(sqlite_shop)}) == 1
    tables = (t.Person, t.OutsideId, t.Handle, t.OrderEvent)
    kept = [str(one.model_dump()) for table in tables for one in stored(sqlite_shop, table)]
    assert not [one for one in kept if "made.up" in one]
    brought(sqlite_shop, as_file(tmp_path, told), personal=True)
    assert [one.name for one in stored(sqlite_shop, t.Person)] == ["made.up.cat"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Unpaid", "UNPAID"),
        ("To ship", "AWAITING_SHIPMENT"),
        ("AWAITING_COLLECTION", "AWAITING_COLLECTION"),
        ("Shipped", "IN_TRANSIT"),
        ("In transit", "IN_TRANSIT"),
        ("Delivered", "DELIVERED"),
        ("Completed", "COMPLETED"),
        ("Canceled", "CANCELLED"),
        ("Cancelled", "CANCELLED"),
    ],
)
def test_statuses_are_told_by_their_words(sqlite_shop: Shop, tmp_path: Path, word: str, status: str) -> None:
    brought(sqlite_shop, as_file(tmp_path, export({NUMBER: bought(order_status=word)})))
    assert order(sqlite_shop).status == status


def test_an_unknown_status_is_kept_as_written(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, as_file(tmp_path, export({NUMBER: bought(order_status="Em análise")})))
    assert [(problem.code, problem.value) for problem in file.problems] == [("unknown_status", "Em análise")]
    assert '"Em análise"' in (events(sqlite_shop)[0].facts or "")


@pytest.mark.parametrize(
    ("price", "currency", "minor"),
    [
        ("10.68 USD", "USD", 1_068),
        ("1,234.50 USD", "USD", 123_450),
        ("BRL 35,91", "BRL", 3_591),
        ("169.000 VND", "VND", 169_000),
        ("1.250.000 IDR", "IDR", 1_250_000),
        ("980 JPY", "JPY", 980),
        ("0.00 USD", "USD", 0),
    ],
)
def test_the_total_is_exact_in_its_currency(
    sqlite_shop: Shop, tmp_path: Path, price: str, currency: str, minor: int
) -> None:
    brought(sqlite_shop, as_file(tmp_path, export({NUMBER: bought(total_price=price)})))
    assert (order(sqlite_shop).currency, order(sqlite_shop).total_minor) == (currency, minor)


@pytest.mark.parametrize(
    ("number", "fields", "code", "column"),
    [
        (NUMBER, {"total_price": None}, "amount_missing", "total_price"),
        (NUMBER, {"total_price": "10.68"}, "currency_not_usable", "total_price"),
        (NUMBER, {"total_price": "$10.68"}, "currency_not_usable", "total_price"),
        (NUMBER, {"total_price": "-1.00 USD"}, "amount_not_usable", "total_price"),
        (NUMBER, {"order_date": "soon"}, "time_not_usable", "order_date"),
        ("5.76E+17", {}, "id_not_exact", "order_number"),
        ("", {}, "id_missing", "order_number"),
    ],
)
def test_an_order_that_cannot_be_used_is_told_and_the_rest_comes_in(
    sqlite_shop: Shop, tmp_path: Path, number: str, fields: dict[str, Any], code: str, column: str
) -> None:
    told = {number: bought(**fields), f"{NUMBER}2": bought()}
    file = brought(sqlite_shop, as_file(tmp_path, export(told)))
    assert counts(file) == (1, 0, 0, 1)
    assert [(one.code, one.column, one.row) for one in file.problems] == [(code, column, 1)]


@pytest.mark.parametrize("products", ["Cat mug", [{"ProductName": "Cat mug"}], ["Cat mug"], None])
def test_products_told_otherwise_leave_the_order(sqlite_shop: Shop, tmp_path: Path, products: object) -> None:
    file = brought(sqlite_shop, as_file(tmp_path, export({NUMBER: bought(Products=products)})))
    assert (file.new, order(sqlite_shop).line_count, file.flags["no_items"]) == (1, 0, 1)
    assert file.skipped == file.flags["line_left_out"] == (products is not None)


def test_times_of_go_tell_their_zone(sqlite_shop: Shop, tmp_path: Path) -> None:
    told = bought(order_date="2025-03-12 04:49:19 +0000 UTC")
    file = brought(sqlite_shop, as_file(tmp_path, export({NUMBER: told}, "2026", **PROFILE)))
    assert (order(sqlite_shop).created_at, file.notes) == (1_741_754_959_000, [])


def test_a_later_export_updates(shop: Shop, tmp_path: Path) -> None:
    states = ("To ship", "To ship", "Shipped", "To ship", "Canceled")
    told = [
        counts(brought(shop, as_file(tmp_path, export({NUMBER: bought(order_status=word)}))))
        for word in states
    ]
    assert told == [(1, 0, 0, 0), (0, 0, 1, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 1, 0, 0)]
    assert order(shop).status == "CANCELLED"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_text_form_comes_in(shop: Shop, tmp_path: Path, encoding: str) -> None:
    text = TEXT.replace("\n", "\r\n").encode(encoding)
    file = brought(shop, as_file(tmp_path, text, "whatever.txt"))
    assert (file.kind, file.read, counts(file)) == ("tiktok-account", 2, (2, 0, 0, 0))
    assert [(one.status, one.currency, one.total_minor, one.line_count) for one in orders(shop)] == [
        ("COMPLETED", "USD", 1_068, 2),
        ("CANCELLED", "VND", 169_000, 1),
    ]
    assert [(line.title, line.variant, line.quantity) for line in lines(shop)] == [
        ("Cat mug: large", "", 2),
        ("Postcard", "", 1),
        ("Postcard", "Red", 3),
    ]


def test_the_text_and_the_json_are_the_same_orders(sqlite_shop: Shop, tmp_path: Path) -> None:
    brought(sqlite_shop, as_file(tmp_path, TEXT, "orders.txt"))
    assert counts(brought(sqlite_shop, as_file(tmp_path, export({NUMBER: bought()})))) == (0, 0, 1, 0)


def test_a_broken_block_is_told_by_its_line(sqlite_shop: Shop, tmp_path: Path) -> None:
    text = TEXT.replace("Total price (including shipping fee): 10.68 USD\n", "")
    file = brought(sqlite_shop, as_file(tmp_path, text, "orders.txt"))
    assert counts(file) == (1, 0, 0, 1)
    assert [(one.code, one.row) for one in file.problems] == [("amount_missing", 2)]
