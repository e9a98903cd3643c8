"""TikTok Shop Open API orders of version 1 come in as what they are."""

from pathlib import Path

import pytest

from app.shop import tables as t
from app.shop.rules.orders import TABS, Status
from app.shop.shop import Shop
from tests.files.made import (
    CREATED,
    as_file,
    brought,
    counts,
    handles,
    lines,
    order,
    payments,
    prices,
    v1_answer,
    v1_order,
)


def test_an_order_comes_in_with_its_times_in_two_units(shop: Shop, tmp_path: Path) -> None:
    file = brought(shop, as_file(tmp_path, v1_answer(v1_order())))
    assert (file.kind, counts(file), file.flagged) == ("tiktok-api-v1", (1, 0, 0, 0), 0)
    found = order(shop)
    assert found.created_at == CREATED * 1000 + 1
    assert found.paid_at == (CREATED + 60) * 1000
    assert (found.source, found.status, found.tab) == ("tiktok-api", "AWAITING_COLLECTION", "to-ship")
    assert (found.ship_by, found.collect_by, found.cancel_sla) == tuple(
        (CREATED + later) * 1000 for later in (200_000, 300_000, 400_000)
    )
    assert list(handles(shop, t.Shop).values()) == ["tiktok-unknown"]
    assert list(handles(shop, t.Person).values()) == ["tiktok-998877"]


def test_lines_keep_their_quantity_their_own_id_and_their_own_cancel(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, v1_answer(v1_order())))
    live, gone = lines(shop)
    assert (live.quantity, live.unit_minor) == (2, 20_000)
    assert (live.discount_minor, live.total_minor) == (4_000, 36_000)
    assert (live.outside_id, gone.outside_id) == ("576000000000000222", "576000000000000333")
    assert (live.status, gone.status) == (None, "CANCELLED")
    assert (gone.cancelled_by, gone.cancel_reason, gone.cancel_text) == ("SELLER", "SP_OUT_OF_STOCK", None)


def test_a_price_of_numbers_is_as_exact_as_one_of_text(shop: Shop, tmp_path: Path) -> None:
    text = '{"currency": "USD", "sub_total": 99.9, "shipping_fee": 0.1, "total_amount": 100.00}'
    made = as_file(tmp_path, v1_answer(v1_order(payment_info="HERE", payment_method="BANK_CARD")))
    made.write_text(made.read_text(encoding="utf-8").replace('"HERE"', text), encoding="utf-8")
    brought(shop, made)
    assert (order(shop).total_minor, prices(shop)) == (10_000, [("ITEMS", 9_990), ("SHIPPING", 10)])
    (payment,) = payments(shop)
    assert (payment.state, payment.method, payment.amount_minor) == ("CAPTURED", "CARD", 10_000)


def test_prices_that_disagree_with_themselves_are_flagged(shop: Shop, tmp_path: Path) -> None:
    made = v1_order()
    made["payment_info"]["original_total_product_price"] = 10
    file = brought(shop, as_file(tmp_path, v1_answer(made)))
    assert prices(shop)[0] == ("ITEMS", 45_000)
    assert sum(amount for _, amount in prices(shop)) == order(shop).total_minor == 54_000
    assert file.flags == {"prices_disagree": 1}


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (100, Status.UNPAID),
        (111, Status.AWAITING_SHIPMENT),
        (112, Status.AWAITING_COLLECTION),
        (121, Status.IN_TRANSIT),
        (122, Status.DELIVERED),
        (130, Status.COMPLETED),
        (140, Status.CANCELLED),
    ],
)
def test_each_number_is_a_status(sqlite_shop: Shop, tmp_path: Path, number: int, status: Status) -> None:
    brought(sqlite_shop, as_file(tmp_path, v1_answer(v1_order(order_status=number))))
    assert (order(sqlite_shop).status, order(sqlite_shop).tab) == (status, TABS[status])


def test_lines_without_a_list_of_ids_have_none(sqlite_shop: Shop, tmp_path: Path) -> None:
    brought(sqlite_shop, as_file(tmp_path, v1_answer(v1_order(order_line_list=None))))
    assert [line.outside_id for line in lines(sqlite_shop)] == [None, None]


def test_the_list_of_cancel_reasons_is_not_taken_for_orders(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, as_file(tmp_path, {"code": 0, "data": {"reverse_reason_list": []}}))
    assert [problem.code for problem in file.problems] == ["unknown_kind"]
