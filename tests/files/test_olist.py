"""The Olist folder comes in as orders of one buyer from one shop each."""

from pathlib import Path

import pytest

from app.shop import tables as t
from app.shop.files.source import Choices
from app.shop.files.take_in import take_in
from app.shop.rules.orders import Tab
from app.shop.shop import Shop
from tests.files.made import (
    Olist,
    brought,
    counts,
    handles,
    hex_id,
    lines,
    order,
    orders,
    payments,
    prices,
)


@pytest.fixture
def olist(tmp_path: Path) -> Olist:
    """An empty folder."""
    return Olist(tmp_path / "olist")


def test_an_order_comes_in_with_its_line_price_and_payment(shop: Shop, olist: Olist) -> None:
    olist.simple(1)
    file = brought(shop, olist.write())
    assert (file.kind, file.read, counts(file), file.flagged) == ("olist", 1, (1, 0, 0, 0), 0)
    found = order(shop)
    assert (found.source, found.currency, found.total_minor) == ("olist", "BRL", 11_000)
    assert handles(shop, t.Person) == {found.buyer_id: "olist-be0001"}
    assert handles(shop, t.Shop) == {found.shop_id: "olist-5e0001"}
    assert prices(shop) == [("ITEMS", 9_990), ("SHIPPING", 1_010)]
    (line,), (payment,) = lines(shop), payments(shop)
    assert (line.title, line.unit_minor, line.outside_id) == ("Cama mesa bc0001", 9_990, "1")
    assert (payment.method, payment.state, payment.label) == ("CARD", "CAPTURED", "credit_card")


def test_times_are_read_on_the_clock_of_sao_paulo_and_that_is_said(sqlite_shop: Shop, olist: Olist) -> None:
    olist.order(1, order_purchase_timestamp="2018-01-15 12:00:00")
    olist.order(2, order_purchase_timestamp="2018-06-15 12:00:00")
    file = brought(sqlite_shop, olist.write())
    summer, winter = orders(sqlite_shop)
    assert summer.created_at == 1_516_024_800_000  # two hours behind UTC, daylight saving
    assert winter.created_at == 1_529_074_800_000  # three hours
    assert [note.value for note in file.notes if note.code == "no_time_zone"] == ["America/Sao_Paulo"]


@pytest.mark.parametrize(
    ("word", "status", "tab"),
    [
        ("created", "UNPAID", Tab.PENDING_PAYMENT),
        ("approved", "AWAITING_SHIPMENT", Tab.TO_SHIP),
        ("invoiced", "AWAITING_SHIPMENT", Tab.TO_SHIP),
        ("processing", "AWAITING_SHIPMENT", Tab.TO_SHIP),
        ("unavailable", "AWAITING_SHIPMENT", Tab.TO_SHIP),
        ("shipped", "IN_TRANSIT", Tab.TO_RECEIVE),
        ("delivered", "COMPLETED", Tab.COMPLETED),
        ("canceled", "CANCELLED", Tab.CANCELLED),
    ],
)
def test_each_status_has_its_tab(sqlite_shop: Shop, olist: Olist, word: str, status: str, tab: Tab) -> None:
    olist.simple(1, word)
    file = brought(sqlite_shop, olist.write())
    assert (order(sqlite_shop).status, order(sqlite_shop).tab) == (status, tab)
    assert file.flagged == (word == "unavailable")


def test_an_order_from_several_sellers_is_one_order_per_seller(shop: Shop, olist: Olist) -> None:
    number = olist.order(1)
    for n, seller in enumerate((1, 2, 1), 1):
        olist.item(number, seller, price="10.00", freight="0.10", n=n)
    olist.payment(number, "20.19", "voucher")
    olist.payment(number, "10.11", n=2)
    report = take_in(shop, [olist.write()])
    assert (report.as_json()["orders"], report.as_json()["lines"]) == (1, 3)
    assert counts(report.files[0]) == (1, 0, 0, 0)
    first, second = sorted(orders(shop), key=lambda found: -found.total_minor)
    assert (first.outside_number, second.outside_number) == (number, number)
    assert (first.total_minor, second.total_minor) == (2_020, 1_010)
    assert first.buyer_id == second.buyer_id
    assert first.shop_id != second.shop_id
    paid = {n: sum(one.amount_minor for one in payments(shop) if one.n == n) for n in (1, 2)}
    assert paid == {1: 2_019, 2: 1_011}
    assert report.files[0].flagged == 0


def test_a_payment_split_between_sellers_loses_nothing(sqlite_shop: Shop, olist: Olist) -> None:
    number = olist.order(1)
    for seller in (1, 2, 3):
        olist.item(number, seller, price="3.33", freight="0", n=seller)
    for n, value in enumerate(("0.01", "3.00", "7.00"), 1):
        olist.payment(number, value, n=n)
    file = brought(sqlite_shop, olist.write())
    found = payments(sqlite_shop)
    by_row = [sum(one.amount_minor for one in found if one.n == n) for n in (1, 2, 3)]
    assert by_row == [1, 300, 700]
    assert sum(one.total_minor for one in orders(sqlite_shop)) == 1_001
    for one in orders(sqlite_shop):
        sheet = [p.amount_minor for p in found if p.order_number == one.number]
        assert sum(sheet) == one.total_minor
    assert file.flags == {"difference": 1}


def test_an_order_without_items_comes_in_under_the_shop_named_unknown(shop: Shop, olist: Olist) -> None:
    olist.simple(1)
    bare = olist.order(2, "canceled")
    olist.payment(bare, "42.00", "boleto")
    file = brought(shop, olist.write())
    found = next(one for one in orders(shop) if one.outside_number == bare)
    assert handles(shop, t.Shop)[found.shop_id] == "olist-unknown"
    assert (found.line_count, found.total_minor, found.status) == (0, 4_200, "CANCELLED")
    assert ("DIFFERENCE", 4_200) in prices(shop)
    paid = next(one for one in payments(shop) if one.order_number == found.number)
    assert (paid.state, paid.method, paid.label) == ("ATTEMPTED", "TRANSFER", "boleto")
    assert file.flags == {"no_items": 1}


def test_instalments_and_vouchers_are_payments(sqlite_shop: Shop, olist: Olist) -> None:
    number = olist.order(1)
    olist.item(number, 1)
    olist.payment(number, "100.00", "credit_card", parts="4")
    olist.payment(number, "10.00", "voucher", n=2)
    brought(sqlite_shop, olist.write())
    assert [(one.label, one.method) for one in payments(sqlite_shop)] == [
        ("credit_card 4x", "CARD"),
        ("voucher", "OTHER"),
    ]


def test_what_was_paid_beyond_the_price_is_a_difference(sqlite_shop: Shop, olist: Olist) -> None:
    number = olist.order(1)
    olist.item(number, 1, price="27.65", freight="2.35")
    olist.payment(number, "30.02")
    file = brought(sqlite_shop, olist.write())
    assert prices(sqlite_shop) == [("ITEMS", 2_765), ("SHIPPING", 235), ("DIFFERENCE", 2)]
    assert (order(sqlite_shop).total_minor, file.flags) == (3_002, {"difference": 1})


def test_a_person_is_one_though_each_order_has_a_customer_id_of_its_own(shop: Shop, olist: Olist) -> None:
    for n in (1, 2, 3):
        olist.simple(n, buyer=7)
    brought(shop, olist.write())
    assert list(handles(shop, t.Person).values()) == ["olist-be0007"]
    assert len({one.buyer_id for one in orders(shop)}) == 1


def test_equal_ends_of_ids_make_longer_handles_in_one_name_space(shop: Shop, olist: Olist) -> None:
    ends = {"person": ("1abc123", "2abc123"), "seller": ("1abc123", "3abc123")}
    for n in (1, 2):
        olist.simple(n, seller=n)
        olist.rows["customers"][n - 1]["customer_unique_id"] = "a" * 25 + ends["person"][n - 1]
        olist.rows["items"][n - 1]["seller_id"] = "b" * 25 + ends["seller"][n - 1]
    brought(shop, olist.write())
    assert set(handles(shop, t.Shop).values()) == {"olist-abc123", "olist-3abc123"}
    assert set(handles(shop, t.Person).values()) == {"olist-1abc123", "olist-2abc123"}


def test_orders_alone_come_in_with_dates_as_a_spreadsheet_left_them(shop: Shop, olist: Olist) -> None:
    olist.order(1, order_purchase_timestamp="10/2/2017 10:56", order_approved_at="10/2/2017 11:07")
    olist.order(2, order_purchase_timestamp="1/31/2018 9:05", order_approved_at="1/31/2018 9:06")
    for row in olist.rows["orders"]:
        row["order_delivered_carrier_date"] = row["order_delivered_customer_date"] = ""
    file = brought(shop, olist.write("orders"))
    assert counts(file) == (2, 0, 0, 0)
    assert [one.created_at for one in orders(shop)] == [1_506_952_560_000, 1_517_396_700_000]
    assert {note.value for note in file.notes if note.code == "table_missing"} == {
        "items",
        "payments",
        "customers",
        "products",
    }
    assert file.flagged == 0


def test_day_first_is_found_out_and_doubt_is_asked_about(sqlite_shop: Shop, olist: Olist) -> None:
    olist.order(1, "created", order_purchase_timestamp="31/1/2018 09:05")
    olist.order(2, "created", order_purchase_timestamp="2/1/2018 09:05")
    brought(sqlite_shop, olist.write("orders"))
    assert [one.created_at for one in orders(sqlite_shop)] == [1_514_891_100_000, 1_517_396_700_000]
    other = Olist(olist.folder.parent / "other")
    other.order(3, "created", order_purchase_timestamp="2/1/2018 9:05")
    folder = other.write("orders")
    file = brought(sqlite_shop, folder)
    assert [(one.code, one.value, one.file) for one in file.problems] == [
        ("day_month_open", "2/1/2018 9:05", "made_orders.csv")
    ]
    for n, month_first in enumerate((False, True)):
        file = brought(sqlite_shop, folder, choices=Choices(month_first=month_first))
        assert counts(file) == ((1, 0, 0, 0), (0, 0, 1, 0))[n]


def test_dates_that_a_spreadsheet_changed_in_part_are_refused(sqlite_shop: Shop, olist: Olist) -> None:
    olist.order(1, "created", order_purchase_timestamp="31/1/2018 09:05")
    olist.order(2, "created", order_purchase_timestamp="2018-02-01 09:05:00")
    file = brought(sqlite_shop, olist.write("orders"))
    assert [one.code for one in file.problems] == ["dates_mixed"]
    assert orders(sqlite_shop) == []


def test_a_file_of_the_folder_stands_for_all_of_it_and_all_of_them_for_one(
    sqlite_shop: Shop, olist: Olist
) -> None:
    olist.simple(1)
    folder = olist.write()
    report = take_in(sqlite_shop, sorted(folder.iterdir()))
    assert [counts(file) for file in report.files] == [(1, 0, 0, 0)]
    assert len(lines(sqlite_shop)) == 1


def test_a_part_without_the_orders_says_so(sqlite_shop: Shop, olist: Olist) -> None:
    olist.simple(1)
    file = brought(sqlite_shop, olist.write("items", "payments"))
    assert [problem.code for problem in file.problems] == ["no_orders_table"]


@pytest.mark.parametrize(
    ("table", "cell", "value", "code"),
    [
        ("orders", "order_purchase_timestamp", "yesterday", "time_not_usable"),
        ("orders", "order_purchase_timestamp", "", "time_missing"),
        ("orders", "order_id", "1.23E+17", "id_not_exact"),
        ("orders", "order_id", "", "id_missing"),
        ("orders", "customer_id", "a\u0007b", "id_not_usable"),
        ("items", "price", "12,50", "amount_not_usable"),
        ("items", "price", "-1", "amount_not_usable"),
        ("items", "seller_id", "", "id_missing"),
        ("payments", "payment_value", "NaN", "amount_not_usable"),
        ("payments", "payment_value", "99999999999999999", "amount_too_large"),
        ("payments", "order_id", hex_id("order", 99), "no_such_order"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_the_rest_comes_in(
    sqlite_shop: Shop, olist: Olist, table: str, cell: str, value: str, code: str
) -> None:
    for n in (1, 2):
        olist.simple(n)
    olist.rows[table][0][cell] = value
    file = brought(sqlite_shop, olist.write())
    problem = next(problem for problem in file.problems if problem.code == code)
    assert (problem.file, problem.row, problem.column) == (f"made_{table}.csv", 2, cell)
    assert (problem.value or "") == value.replace("\u0007", "")
    assert file.skipped >= 1
    assert file.new == (1 if table == "orders" else 2)
    if table == "items":
        assert file.flags["line_left_out"] == 1


def test_a_row_of_another_width_is_told(sqlite_shop: Shop, olist: Olist) -> None:
    olist.simple(1)
    folder = olist.write()
    with (folder / "made_items.csv").open("a", encoding="utf-8") as items:
        items.write("one,two\r\n\r\n")
    file = brought(sqlite_shop, folder)
    assert [(problem.code, problem.row) for problem in file.problems] == [("cells_missing", 3)]


def test_columns_are_found_by_name_in_any_order_and_case(sqlite_shop: Shop, olist: Olist) -> None:
    olist.simple(1)
    folder = olist.write(delimiter=";", encoding="utf-8-sig")
    orders_file = folder / "made_orders.csv"
    turned = [";".join(reversed(line.split(";"))) for line in orders_file.read_text("utf-8-sig").splitlines()]
    orders_file.write_text("\n".join([turned[0].upper(), *turned[1:]]), "utf-8")
    assert counts(brought(sqlite_shop, folder)) == (1, 0, 0, 0)


def test_cells_a_spreadsheet_was_kept_from_changing_are_read(sqlite_shop: Shop, olist: Olist) -> None:
    olist.simple(1)
    olist.rows["orders"][0]["order_id"] = f"'{olist.rows['orders'][0]['order_id']}\t"
    assert counts(brought(sqlite_shop, olist.write())) == (1, 0, 0, 0)
