"""Texts that no database or index takes come in as far as they can be kept; flags tell nothing personal."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.shop import tables as t
from app.shop.files.record import TEXT
from app.shop.rules.words import HANDLE
from app.shop.shop import Shop
from tests.files import made_shopify
from tests.files.made import as_file, brought, counts, lines, order, stored, tiktok_order
from tests.files.made_tiktok_account import NUMBER, bought, export
from tests.files.seller import as_csv, sku_row

LONG = "".join(chr(97 + n % 26) + str(n) for n in range(TEXT))
"""A text that no index takes, and that does not pack well."""


def test_a_product_known_by_a_title_too_long_for_an_index_comes_in(shop: Shop, tmp_path: Path) -> None:
    products = [{"product_name": LONG, "variation_name": name, "quantity": 1} for name in ("a", "b")]
    path = as_file(tmp_path, export({NUMBER: bought(Products=products)}))
    file = brought(shop, path)
    assert (counts(file), [problem.code for problem in file.problems]) == ((1, 0, 0, 0), ["text_cut"] * 2)
    assert [line.title for line in lines(shop)] == [LONG[:TEXT]] * 2
    assert len({line.variant_id for line in lines(shop)}) == 2
    assert counts(brought(shop, path)) == (0, 0, 1, 0)


@pytest.mark.parametrize("name", ["Creator Handle", "Product Name", "Variation", "Buyer Message"])
def test_a_cell_may_be_as_long_as_it_likes(shop: Shop, tmp_path: Path, name: str) -> None:
    file = brought(shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, {name: LONG})]), personal=True)
    assert counts(file) == (1, 0, 0, 0)
    assert all(len(creator.handle) <= HANDLE for creator in stored(shop, t.Creator))


def test_a_name_that_is_no_number_of_an_order_is_refused(shop: Shop, tmp_path: Path) -> None:
    path = made_shopify.write(tmp_path, made_shopify.order(1, Id="", Name=f"#{LONG}"))
    file = brought(shop, path)
    assert [(problem.code, problem.column) for problem in file.problems] == [("id_not_usable", "name")]


@pytest.mark.parametrize("name", ["a\ud800b", "a\0b", "\udfff"])
def test_the_name_of_an_account_may_hold_what_is_no_character(shop: Shop, tmp_path: Path, name: str) -> None:
    profile: dict[str, Any] = {"Profile": {"Profile Information": {"ProfileMap": {"userName": name}}}}
    path = as_file(tmp_path, json.dumps(export({NUMBER: bought()}, "2026", **profile)))
    assert counts(brought(shop, path, personal=True)) == (1, 0, 0, 0)


def test_a_flag_tells_nothing_personal(sqlite_shop: Shop, tmp_path: Path) -> None:
    address = {"name": "Citra\x01 Contoh", "address_detail": "Jalan\x02 Contoh"}
    file = brought(sqlite_shop, as_file(tmp_path, [tiktok_order(recipient_address=address)]))
    assert order(sqlite_shop).flags == (
        "control_characters: recipient_address.name\ncontrol_characters: recipient_address.address_detail"
    )
    assert "Contoh" not in json.dumps(file.as_json())


def test_a_flag_stands_on_one_line(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = [sku_row(1, 1), sku_row(1, 2, {"Order Amount": "105\n000"})]
    file = brought(sqlite_shop, as_csv(tmp_path / "two.csv", rows))
    assert [problem.code for problem in file.problems] == ["rows_disagree"]
    assert order(sqlite_shop).flags == (
        "rows_disagree: order amount=105000, 105 000\ndifference: order amount=-100000"
    )


@pytest.mark.parametrize("number", ["?", "#REF!", "#N/A", "########", "-"])
def test_what_a_spreadsheet_leaves_of_an_id_is_no_id(sqlite_shop: Shop, tmp_path: Path, number: str) -> None:
    file = brought(sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, {"Order ID": number})]))
    assert [problem.code for problem in file.problems] == ["id_not_usable"]
