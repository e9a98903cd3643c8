"""Ordering from a shell."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.commands.conftest import Takeback


def variants(tmp_path: Path) -> list[int]:
    """Two variants of one shop, of which there is enough."""
    sql = """SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id JOIN balances b
        ON b.kind = 'STOCK' AND b.subject = v.id WHERE b.free > 5 ORDER BY p.shop_id, v.id LIMIT 2"""
    with closing(sqlite3.connect(tmp_path / "data" / "takeback.db")) as store:
        return [variant for (variant,) in store.execute(sql)]


def test_variants_become_an_order_once(demo: Takeback, tmp_path: Path) -> None:
    one, two = variants(tmp_path)
    given = ("order", f"{one}x2", two, "--method", "transfer", "--key", "k", "--json")
    first = demo(*given).json
    assert demo(*given).json == first
    assert first["status"] == "UNPAID"
    assert first["pay_by"].endswith(("Z", "+00:00"))
    (listed,) = demo("orders", "--limit", 1, "--json").json
    assert (listed["number"], listed["total_minor"]) == (first["number"], first["total_minor"])
    assert [line["quantity"] for line in listed["lines"]] == [2, 1]
    assert demo("check").status == 0


def test_it_goes_to_an_address_of_the_book(demo: Takeback, tmp_path: Path) -> None:
    one, _ = variants(tmp_path)
    book = demo("addresses", "--json").json
    assert [entry["preferred"] for entry in book] == [True, *(False for _ in book[1:])]
    assert book[0]["city"] in demo("addresses").out
    said = demo("order", one, "--address", book[-1]["address"], "--method", "cod").out
    assert "To ship" in said
    assert demo("order", one, "--address", 999_999).status == 1
    assert demo("addresses", "--as", "nobody-here").status == 1


def test_what_makes_no_order_is_refused_in_one_line(demo: Takeback, tmp_path: Path) -> None:
    one, _ = variants(tmp_path)
    for given in (("order", "abc"), ("order", f"{one}x0"), ("order", one, "--voucher", "NONE")):
        done = demo(*given)
        assert done.status == 1
        assert done.complaint.startswith("takeback: ")
    assert demo("order").status == 2
    assert demo("order", one, "--method", "barter").status == 2
