"""An export that does not say when it was true tells more of an order that stands where it stood."""

from pathlib import Path

from app.shop.shop import Shop
from tests.files.made import brought, counts, events, order, payments
from tests.files.made_shopify import order as shopify_order
from tests.files.made_shopify import write
from tests.files.seller import as_csv, sku_row

DUE = {"Financial_Status": "pending", "Payment_Method": "Cash on Delivery (COD)", "Paid_at": ""}
SENT = {"Fulfillment_Status": "fulfilled", "Fulfilled_at": "2024-03-06 09:00:00 -0500"}


def test_money_that_came_later_is_taken_and_an_earlier_export_does_not_take_it_back(
    shop: Shop, tmp_path: Path
) -> None:
    due = shopify_order(1, (), **SENT, **DUE)
    paid = shopify_order(
        1, (), **SENT, Payment_Method="Cash on Delivery (COD)", Paid_at="2024-03-09 09:00:00 -0500"
    )
    told = [counts(brought(shop, write(tmp_path, rows))) for rows in (due, paid, due, paid)]
    assert told == [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 1, 0)]
    assert [(one.state, one.amount_minor) for one in payments(shop)] == [("CAPTURED", 4_500)]
    assert [event.action for event in events(shop)] == ["imported", "shipped", "updated", "paid"]


def test_a_refund_that_grew_is_taken(shop: Shop, tmp_path: Path) -> None:
    money = {"Financial_Status": "partially_refunded"}
    rows = [
        shopify_order(1, (), **money, Refunded_Amount=amount) for amount in ("4.50", "12.00", "4.50", "9.00")
    ]
    assert [brought(shop, write(tmp_path, one)).changed for one in rows] == [0, 1, 0, 0]
    assert order(shop).flags == "refunded: refunded amount=12.00"


def test_pieces_that_came_back_later_are_taken(sqlite_shop: Shop, tmp_path: Path) -> None:
    done = {
        "Order Status": "Selesai",
        "Order Substatus": "Selesai",
        "Cancelation/Return Type": "Return/Refund",
    }
    changed = [
        brought(
            sqlite_shop,
            as_csv(tmp_path / "all.csv", [sku_row(1, 1, done | {"Sku Quantity of return": pieces})]),
        ).changed
        for pieces in ("1", "2", "1")
    ]
    assert changed == [0, 1, 0]


def test_what_tells_less_in_one_way_changes_nothing(sqlite_shop: Shop, tmp_path: Path) -> None:
    paid = sku_row(1, 1, {"Delivered Time": ""})
    other = sku_row(1, 1, {"Paid Time": "", "Shipped Time": "14/06/2026 08:00:00"})
    brought(sqlite_shop, as_csv(tmp_path / "a.csv", [paid]))
    assert counts(brought(sqlite_shop, as_csv(tmp_path / "b.csv", [other]))) == (0, 0, 1, 0)
