"""UCI's Online Retail comes in: every trap that the real set has, made up."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.shop import tables as t
from app.shop.check import check
from app.shop.files.source import Choices
from app.shop.shop import Shop
from tests.files.made import brought, counts, events, handles, lines, orders, prices, stored
from tests.files.made import order as only_order
from tests.files.made_retail import COLUMNS, SECOND, Item, item, write

AT = 1_299_492_900_000
"""2011-03-07 10:15 in London."""


def flags(shop: Shop) -> list[str]:
    """What the only order is flagged with."""
    return (only_order(shop).flags or "").splitlines()


@pytest.mark.parametrize("columns", [COLUMNS, SECOND, COLUMNS[::-1]])
@pytest.mark.parametrize("name", ["retail.csv", "retail.csv.gz"])
def test_an_invoice_is_an_order(shop: Shop, tmp_path: Path, columns: Sequence[str], name: str) -> None:
    path = write(tmp_path, [item(), item(code="70002A", quantity="3", unitprice="0.42")], name, columns)
    file = brought(shop, path)
    assert (file.kind, file.read, counts(file), file.flagged) == ("online-retail", 1, (1, 0, 0, 0), 0)
    assert [note.code for note in file.notes] == ["no_time_zone", "total_missing", "shop_not_told"]
    found = only_order(shop)
    assert (found.source, found.outside_number, found.status) == ("uci", "900001", "COMPLETED")
    assert (found.currency, found.total_minor, found.created_at) == ("GBP", 376, AT)
    assert handles(shop, t.Person) == {found.buyer_id: "uci-18001"}
    assert prices(shop) == [("ITEMS", 376)]
    assert [(one.title, one.quantity, one.unit_minor, one.total_minor) for one in lines(shop)] == [
        ("SAMPLE MUG 70001", 2, 125, 250),
        ("SAMPLE MUG 70002A", 3, 42, 126),
    ]
    assert check(shop).sound


def test_where_a_buyer_is_stands_with_the_order_and_is_an_address_only_where_asked_for(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    brought(sqlite_shop, write(tmp_path, [item(country="Norway")]))
    assert events(sqlite_shop)[0].facts == '{"country":"Norway"}'
    assert stored(sqlite_shop, t.Address) == []
    brought(sqlite_shop, tmp_path / "retail.csv", personal=True)
    assert [one.country for one in stored(sqlite_shop, t.Address)] == ["Norway"]


def test_rows_of_an_invoice_may_stand_anywhere(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = [item(code="70001"), item("900002"), item(code="70002"), item("900003"), item(code="70003")]
    assert counts(brought(sqlite_shop, write(tmp_path, rows))) == (3, 0, 0, 0)
    assert [one.line_count for one in orders(sqlite_shop)] in ([3, 1, 1], [1, 3, 1], [1, 1, 3])
    assert counts(brought(sqlite_shop, write(tmp_path, rows[::-1]))) == (0, 0, 3, 0)


@pytest.mark.parametrize("text", ["7/3/2011 10:15", "3/7/2011 10:15"])
def test_day_and_month_are_told_by_the_file_or_asked_for(
    sqlite_shop: Shop, tmp_path: Path, text: str
) -> None:
    path = write(tmp_path, [item(invoicedate=text)])
    assert [problem.code for problem in brought(sqlite_shop, path).problems] == ["day_month_open"]
    month_first = text.startswith("3")
    file = brought(sqlite_shop, path, choices=Choices(month_first=month_first))
    assert (counts(file), only_order(sqlite_shop).created_at) == ((1, 0, 0, 0), AT)
    other = "3/25/2011 9:00" if month_first else "25/3/2011 9:00"
    path = write(tmp_path, [item(invoicedate=text), item("900002", invoicedate=other)])
    assert counts(brought(sqlite_shop, path)) == (1, 0, 1, 0)


def test_a_cancellation_stands_for_itself(shop: Shop, tmp_path: Path) -> None:
    """It names no order; where the file has exactly one like it, that is listed and nothing done to it."""
    later = "2011-03-09 09:00:00"
    path = write(
        tmp_path,
        [
            item(quantity="74215", unitprice="1.04"),
            item("900002", "70002"),
            item("900003", "70002"),
            item("C900004", quantity="-74215", unitprice="1.04", invoicedate=later),
            item("C900005", "70002", quantity="-2", invoicedate=later),
            item("C900006", "70003", quantity="-2", invoicedate=later),
        ],
    )
    file = brought(shop, path)
    assert (counts(file), file.flagged) == ((6, 0, 0, 0), 3)
    assert file.flags == {"cancels_unnamed": 3, "may_cancel": 1}
    assert [(one.row, one.value) for one in file.problems] == [(5, "70001: 900001")]
    by_number = {one.outside_number: one for one in orders(shop)}
    assert [by_number[n].status for n in ("900001", "900002", "900003")] == ["COMPLETED"] * 3
    cancelled = by_number["C900004"]
    assert (cancelled.status, cancelled.total_minor) == ("CANCELLED", 7_718_360)
    assert cancelled.cancelled_at == cancelled.created_at == AT + 168_300_000
    assert (cancelled.cancelled_by, cancelled.cancel_reason) == (None, None)
    assert (cancelled.unplaced, by_number["900001"].unplaced) == (True, None)
    facts = [one for one in events(shop) if one.order_number == cancelled.number]
    assert [one.action for one in facts] == ["imported", "cancelled"]
    counted: dict[str, int] = defaultdict(int)
    for tally in stored(shop, t.Tally):
        counted[tally.kind] += tally.n if tally.days == 1 else 0
    assert (counted["PLACED"], counted["CANCELLED"], counted["PLACED_CANCELLED"]) == (3, 3, 0)
    assert (counted["VARIANT_PLACED"], counted["VARIANT_CANCELLED"]) == (74_219, 74_219)
    assert check(shop).sound


def test_what_came_later_was_not_what_a_cancellation_meant(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = [item("C900001", quantity="-2"), item("900002", invoicedate="2011-03-08 09:00:00")]
    assert brought(sqlite_shop, write(tmp_path, rows)).flags == {"cancels_unnamed": 1}


def test_what_is_no_sale_is_skipped_and_told(sqlite_shop: Shop, tmp_path: Path) -> None:
    nobody = {"customerid": "", "description": ""}
    rows = [
        item("A900001", "B", quantity="1", unitprice="11062.06", **nobody),
        item("A900002", "B", quantity="1", unitprice="-11062.06", **nobody),
        item("900003", quantity="-10", unitprice="0.0", **nobody),
        item("900004", quantity="-10"),
        item("900005", quantity="0"),
        item("900006", unitprice="-1.00"),
        item("C900007"),
        item("900008", quantity="two"),
        item("900009", unitprice=""),
    ]
    file = brought(sqlite_shop, write(tmp_path, rows))
    assert (file.read, counts(file)) == (9, (0, 0, 0, 9))
    assert [(one.row, one.code, one.column, one.value) for one in file.problems] == [
        (2, "bad_debt", "unitprice", "11062.06"),
        (3, "bad_debt", "unitprice", "-11062.06"),
        (4, "written_off", "quantity", "-10"),
        (5, "quantity_not_usable", "quantity", "-10"),
        (6, "quantity_not_usable", "quantity", "0"),
        (7, "amount_not_usable", "unitprice", "-1.00"),
        (8, "quantity_not_usable", "quantity", "2"),
        (9, "quantity_not_usable", "quantity", "two"),
        (10, "amount_missing", "unitprice", None),
    ]
    assert orders(sqlite_shop) == []


def test_numbers_that_only_begin_like_that_are_orders(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = [item("CASH-1"), item("A-7"), item("A8")]
    assert counts(brought(sqlite_shop, write(tmp_path, rows))) == (3, 0, 0, 0)
    assert {one.status for one in orders(sqlite_shop)} == {"COMPLETED"}


def test_one_bad_row_is_left_out_of_its_invoice(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, write(tmp_path, [item(), item(code="70002", quantity="0")]))
    assert (counts(file), file.problems[0].row) == ((1, 0, 0, 1), 3)
    assert (only_order(sqlite_shop).total_minor, flags(sqlite_shop)) == (250, ["line_left_out: quantity=0"])


def test_postage_fees_and_discounts_are_parts_of_the_price(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = [
        item(quantity="10"),
        item(code="POST", quantity="1", unitprice="18.00"),
        item(code="BANK CHARGES", quantity="1", unitprice="0.50"),
        item(code="D", quantity="-1", unitprice="2.00"),
        item(code="M", quantity="1", unitprice="1.00", description="Manual"),
    ]
    brought(sqlite_shop, write(tmp_path, rows))
    assert prices(sqlite_shop) == [
        ("ITEMS", 1_350),
        ("SHIPPING", 1_800),
        ("SERVICE_FEE", 50),
        ("SELLER_DISCOUNT", -200),
    ]
    assert (only_order(sqlite_shop).total_minor, len(lines(sqlite_shop))) == (3_000, 2)
    assert flags(sqlite_shop) == [f"not_goods: stockcode={code}" for code in ("POST", "BANK CHARGES", "D")]
    assert check(sqlite_shop).sound


def test_a_discount_given_back_afterwards_is_what_a_cancellation_comes_to(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    brought(sqlite_shop, write(tmp_path, [item("C900001", "D", quantity="-1", unitprice="27.50")]))
    found = only_order(sqlite_shop)
    assert (found.status, found.total_minor, found.line_count) == ("CANCELLED", 2_750, 0)
    assert prices(sqlite_shop) == [("DIFFERENCE", 2_750)]


def test_a_discount_above_the_goods_is_refused(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, write(tmp_path, [item(), item(code="D", quantity="-1", unitprice="9.99")]))
    assert [(one.code, one.value, one.row) for one in file.problems] == [("amount_not_usable", "-7.49", 2)]


ODD: dict[str, tuple[list[Item], list[str]]] = {
    "no customer": ([item(customerid="")], ["buyer_unknown"]),
    "no price": ([item(unitprice="0.0")], ["price_zero"]),
    "twice": ([item(), item()], ["row_repeated"]),
    "two times": (
        [item(), item(code="70002", invoicedate="2011-03-07 10:16:00")],
        ["rows_disagree: invoicedate=2011-03-07 10:16:00"],
    ),
    "two buyers": ([item(), item(code="70002", customerid="1")], ["rows_disagree: customerid=1"]),
    "tenth of a penny": ([item(unitprice="0.001")], ["fraction: unitprice=0.001", "price_zero"]),
    "postage alone": ([item(code="POST")], ["not_goods: stockcode=POST", "no_items"]),
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_odd_is_taken_and_flagged(sqlite_shop: Shop, tmp_path: Path, case: str) -> None:
    rows, expected = ODD[case]
    assert counts(brought(sqlite_shop, write(tmp_path, rows))) == (1, 0, 0, 0)
    assert sorted(flags(sqlite_shop)) == sorted(expected)
    assert only_order(sqlite_shop).created_at == AT
    assert len(lines(sqlite_shop)) == len([row for row in rows if row["stockcode"] != "POST"])
    assert check(sqlite_shop).sound


def test_names_are_cleaned_of_blanks_and_made_up_where_there_is_none(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    brought(sqlite_shop, write(tmp_path, [item(description="  BLUE TIN  "), item(code="9A", description="")]))
    assert [one.title for one in lines(sqlite_shop)] == ["BLUE TIN", "9A"]


@pytest.mark.parametrize("column", ["invoiceno", "stockcode", "customerid"])
def test_a_rounded_id_is_refused(sqlite_shop: Shop, tmp_path: Path, column: str) -> None:
    file = brought(sqlite_shop, write(tmp_path, [item(**{column: "1.8E+04"})]))
    assert counts(file) == (0, 0, 0, 1)
    assert [(one.code, one.column, one.value) for one in file.problems] == [
        ("id_not_exact", column, "1.8E+04")
    ]


def test_a_row_without_an_invoice_is_told(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, write(tmp_path, [item(""), item(), item("")]))
    assert counts(file) == (1, 0, 0, 2)
    assert [(one.row, one.code) for one in file.problems] == [(2, "id_missing"), (4, "id_missing")]
