"""Where an order of Shopify's export stands, when what happened, and what is told of its money."""

from pathlib import Path

import pytest

from app.shop import tables as t
from app.shop.files.source import Choices
from app.shop.shop import Shop
from tests.files.made import brought, counts, events, lines, orders, payments, prices, stored
from tests.files.made import order as only_order
from tests.files.made_shopify import Cells, item, order, write


@pytest.mark.parametrize("money", ["refunded", "voided", "paid", "pending"])
@pytest.mark.parametrize("goods", ["unfulfilled", "fulfilled"])
def test_cancelled_is_what_has_a_time_of_cancel_whatever_its_status(
    sqlite_shop: Shop, tmp_path: Path, money: str, goods: str
) -> None:
    cells = {
        "Financial_Status": money,
        "Fulfillment_Status": goods,
        "Cancelled_at": "2024-03-07 10:00:00 -0500",
    }
    brought(sqlite_shop, write(tmp_path, order(1, (), **cells)))
    found = only_order(sqlite_shop)
    assert (found.status, found.cancelled_at) == ("CANCELLED", 1_709_823_600_000)
    assert (found.cancelled_by, found.cancel_reason) == (None, None)
    assert "cancelled" in [event.action for event in events(sqlite_shop)]
    assert [line.status for line in lines(sqlite_shop)] == [None]


def test_refunds_alone_cancel_nothing_and_are_told(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = [
        *order(1, Financial_Status="refunded", Refunded_Amount="45.00"),
        *order(2, Financial_Status="partially_refunded", Refunded_Amount="4.50", Paid_at=""),
    ]
    file = brought(sqlite_shop, write(tmp_path, rows))
    assert file.flags == {"refunded": 2}
    assert [found.status for found in orders(sqlite_shop)] == ["AWAITING_SHIPMENT"] * 2
    assert [found.flags for found in orders(sqlite_shop)] == [
        "refunded: refunded amount=45.00",
        "refunded: refunded amount=4.50",
    ]
    assert [paid.state for paid in payments(sqlite_shop)] == ["CAPTURED"] * 2


def test_a_refund_that_a_later_export_tells_is_told_here_too(sqlite_shop: Shop, tmp_path: Path) -> None:
    back = order(1, Financial_Status="refunded", Refunded_Amount="45.00")
    told = [counts(brought(sqlite_shop, write(tmp_path, rows))) for rows in (order(), back, order(), back)]
    assert told == [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 1, 0)]
    assert only_order(sqlite_shop).flags == "refunded: refunded amount=45.00"


@pytest.mark.parametrize(
    ("money", "goods", "method", "status", "payment"),
    [
        ("paid", "", "Stripe", "AWAITING_SHIPMENT", "CAPTURED"),
        ("paid", "partial", "Stripe", "PARTIALLY_SHIPPED", "CAPTURED"),
        ("paid", "fulfilled", "Stripe", "IN_TRANSIT", "CAPTURED"),
        ("Paid", "Restocked", "Stripe", "AWAITING_SHIPMENT", "CAPTURED"),
        ("pending", "unfulfilled", "Bank Deposit", "UNPAID", None),
        ("pending", "unfulfilled", "Cash on Delivery (COD)", "AWAITING_SHIPMENT", "COD_DUE"),
        ("pending", "fulfilled", "Cash on Delivery (COD)", "IN_TRANSIT", "COD_DUE"),
        ("authorized", "unfulfilled", "Stripe", "AWAITING_SHIPMENT", "ATTEMPTED"),
        ("partially_paid", "unfulfilled", "Stripe", "UNPAID", "CAPTURED"),
        ("expired", "unfulfilled", "Stripe", "UNPAID", None),
        ("voided", "unfulfilled", "Stripe", "UNPAID", None),
    ],
)
def test_where_an_order_stands_is_told_by_two_statuses(
    sqlite_shop: Shop, tmp_path: Path, money: str, goods: str, method: str, status: str, payment: str | None
) -> None:
    cells = {"Financial_Status": money, "Fulfillment_Status": goods, "Payment_Method": method}
    file = brought(sqlite_shop, write(tmp_path, order(1, (), **cells, Outstanding_Balance="15.00")))
    assert (only_order(sqlite_shop).status, file.flagged) == (status, 0)
    assert [one.state for one in payments(sqlite_shop)] == ([payment] if payment else [])
    if money == "partially_paid":
        assert payments(sqlite_shop)[0].amount_minor == 3_000


def test_unknown_statuses_are_kept_as_written(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = order(1, [item(pieces="2", Lineitem_fulfillment_status="half")], Financial_Status="Bezahlt")
    file = brought(sqlite_shop, write(tmp_path, rows))
    assert [(problem.column, problem.value) for problem in file.problems] == [
        ("financial status", "Bezahlt"),
        ("lineitem fulfillment status", "half"),
    ]
    assert only_order(sqlite_shop).status == "AWAITING_SHIPMENT"


def test_a_line_has_a_status_of_its_own_only_where_it_departs(sqlite_shop: Shop, tmp_path: Path) -> None:
    sent = "Lineitem fulfillment status"
    items = [
        item("Cap", "20.00") | {sent: "fulfilled"},
        item("Sock", "10.00") | {sent: "pending"},
        item("Tip", "10.00") | {sent: "not_eligible"},
    ]
    brought(sqlite_shop, write(tmp_path, order(1, items, Fulfillment_Status="partial"), name="a.csv"))
    assert [line.status for line in lines(sqlite_shop)] == ["SHIPPED", None, None]
    brought(sqlite_shop, write(tmp_path, order(2, items, Fulfillment_Status="fulfilled"), name="b.csv"))
    assert [line.status for line in lines(sqlite_shop)][3:] == [None, "ACTIVE", None]


def test_offsets_change_within_a_file_and_each_time_is_exact(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = [
        *order(1, Created_at="2024-03-10 01:59:59 -0500"),
        *order(2, Created_at="2024-03-10 03:00:00 -0400"),
    ]
    file = brought(sqlite_shop, write(tmp_path, rows))
    first, second = (found.created_at for found in orders(sqlite_shop))
    assert second - first == 1_000
    assert [one.time_zone for one in stored(sqlite_shop, t.Shop)] == ["America/New_York"]
    assert [note.code for note in file.notes] == ["shop_not_told"]


def test_times_without_an_offset_are_told_and_may_be_of_another_zone(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    rows = [*order(1, Created_at="2024-06-05 10:00:00"), *order(2, Created_at="2024-06-06 10:00:00 +0530")]
    file = brought(sqlite_shop, write(tmp_path, rows))
    assert orders(sqlite_shop)[0].created_at == 1_717_561_800_000
    assert next((note.code, note.value) for note in file.notes) == ("no_time_zone", "Asia/Kolkata")
    rows = order(3, Created_at="2024-06-05 10:00:00")
    file = brought(sqlite_shop, write(tmp_path, rows), choices=Choices(zone="America/New_York"))
    assert orders(sqlite_shop)[1].created_at == 1_717_596_000_000
    assert next((note.code, note.value) for note in file.notes) == ("no_time_zone", "America/New_York")


def sheet(shop: Shop, folder: Path, *items: Cells, **cells: str) -> dict[str, int]:
    """The price sheet of the only order of an export."""
    brought(shop, write(folder, order(1, items, **cells)))
    return dict(prices(shop))


def test_a_discount_is_shared_between_the_lines(sqlite_shop: Shop, tmp_path: Path) -> None:
    items = (item("Cap", "10.00"), item("Sock", "10.00", "2"), item("Gift", "0.00"))
    cells = {"Subtotal": "20.00", "Discount_Amount": "10.00", "Total": "25.00"}
    assert sheet(sqlite_shop, tmp_path, *items, **cells) == {
        "ITEMS": 3_000,
        "SELLER_DISCOUNT": -1_000,
        "SHIPPING": 500,
    }
    assert [(line.discount_minor, line.total_minor) for line in lines(sqlite_shop)] == [
        (333, 667),
        (667, 1_333),
        (0, 0),
    ]


def test_a_discount_of_a_line_stays_with_it(sqlite_shop: Shop, tmp_path: Path) -> None:
    items = (item("Cap", "20.00", Lineitem_discount="6.00"), item("Sock", "20.00"))
    cells = {"Subtotal": "30.60", "Discount_Amount": "9.40", "Total": "35.60"}
    assert sheet(sqlite_shop, tmp_path, *items, **cells)["SELLER_DISCOUNT"] == -940
    assert [line.discount_minor for line in lines(sqlite_shop)] == [740, 200]


def test_a_discount_that_the_items_do_not_show_is_off_the_shipping(sqlite_shop: Shop, tmp_path: Path) -> None:
    cells = {"Discount_Amount": "5.00", "Total": "40.00"}
    assert sheet(sqlite_shop, tmp_path, **cells) == {
        "ITEMS": 4_000,
        "SHIPPING": 500,
        "SHIPPING_SELLER_DISCOUNT": -500,
    }


@pytest.mark.parametrize(("total", "tax"), [("45.00", None), ("53.55", 855)])
def test_tax_is_an_entry_only_where_it_comes_on_top(
    sqlite_shop: Shop, tmp_path: Path, total: str, tax: int | None
) -> None:
    found = sheet(sqlite_shop, tmp_path, Taxes="8.55", Total=total)
    assert found.get("TAX") == tax
    assert only_order(sqlite_shop).flags is None


def test_what_the_parts_lack_is_a_difference(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, write(tmp_path, order(1, Total="44.99", Duties="free")))
    assert prices(sqlite_shop) == [("ITEMS", 4_000), ("SHIPPING", 500), ("DIFFERENCE", -1)]
    assert file.flags == {"amount_not_usable": 1, "difference": 1}


def test_an_item_that_cannot_be_used_is_told_and_the_order_comes_in(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    items = [item("Cap", "20.00"), item("Sock", "12,00"), item("Scarf", "8.00", "0")]
    file = brought(sqlite_shop, write(tmp_path, order(1, items)))
    assert [(problem.code, problem.row, problem.column) for problem in file.problems] == [
        ("amount_not_usable", 3, "lineitem price"),
        ("quantity_not_usable", 4, "lineitem quantity"),
    ]
    assert (file.new, file.skipped, only_order(sqlite_shop).line_count) == (1, 2, 1)
    assert file.flags == {"line_left_out": 1, "difference": 1}
    assert prices(sqlite_shop) == [("ITEMS", 2_000), ("SHIPPING", 500), ("DIFFERENCE", 2_000)]


def test_an_order_without_items_comes_in(sqlite_shop: Shop, tmp_path: Path) -> None:
    blank = dict.fromkeys(("Lineitem name", "Lineitem price", "Lineitem quantity"), "")
    file = brought(sqlite_shop, write(tmp_path, order(1, [blank], Subtotal="0.00", Total="5.00")))
    assert (file.flags, only_order(sqlite_shop).line_count) == ({"no_items": 1}, 0)
    assert prices(sqlite_shop) == [("SHIPPING", 500)]


@pytest.mark.parametrize(
    ("label", "method"),
    [
        ("Stripe + PayPal Express Checkout", "CARD"),
        ("Gift Card + Stripe", "CARD"),
        ("PayPal Express Checkout", "WALLET"),
        ("Bank Deposit", "TRANSFER"),
        ("Gift Card", "OTHER"),
        ("manual", "OTHER"),
    ],
)
def test_joined_payment_methods_are_one_payment_as_written(
    sqlite_shop: Shop, tmp_path: Path, label: str, method: str
) -> None:
    brought(sqlite_shop, write(tmp_path, order(1, Payment_Method=label)))
    (paid,) = payments(sqlite_shop)
    assert (paid.method, paid.label, paid.amount_minor) == (method, label, 4_500)


def test_a_currency_without_decimals_is_exact(sqlite_shop: Shop, tmp_path: Path) -> None:
    cells = {"Currency": "JPY", "Subtotal": "40", "Shipping": "5", "Total": "45"}
    found = sheet(sqlite_shop, tmp_path, item(price="20", pieces="2"), **cells)
    assert found == {"ITEMS": 40, "SHIPPING": 5}
