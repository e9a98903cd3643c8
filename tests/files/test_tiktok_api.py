"""TikTok Shop Open API orders of version 202309 come in as what they are."""

from pathlib import Path

import pytest

from app.shop import tables as t
from app.shop.reads.order import order_details
from app.shop.reads.orders import find_number, orders_of
from app.shop.rules.orders import TABS, Status, Tab
from app.shop.shop import Actor, Shop
from tests.files.made import (
    CREATED,
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
    tiktok_line,
    tiktok_order,
)

LATE_PICKUP = "Tự động hủy do quá thời gian lấy hàng"
DELIVERED = {"paid_time": CREATED + 900, "delivery_time": CREATED + 900, "collection_time": CREATED + 500}


def test_an_order_comes_to_its_buyer_and_shop_in_its_tab(shop: Shop, tmp_path: Path) -> None:
    file = brought(shop, as_file(tmp_path, [tiktok_order()]))
    assert (file.kind, file.read, counts(file), file.flagged) == ("tiktok-api", 1, (1, 0, 0, 0), 0)
    found = order(shop)
    assert handles(shop, t.Person) == {found.buyer_id: "tiktok-445566"}
    assert handles(shop, t.Shop) == {found.shop_id: "tiktok-778899"}
    (card,) = orders_of(shop, Actor(found.buyer_id), Tab.TO_SHIP)
    assert (card.source, card.outside_number) == ("tiktok-api", "5800000000000000001")
    assert (card.currency, card.total_minor, card.payment_method) == ("VND", 105_000, "COD")
    assert find_number(shop, "5800000000000000001") == found.number


def test_what_the_file_says_is_due_is_shown_and_never_fired(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, [tiktok_order()]))
    found = order(shop)
    assert (found.due_at, found.due_step, found.pay_by) == (None, None, None)
    assert found.ship_by == (CREATED + 200_000) * 1000
    assert found.collect_by == (CREATED + 300_000) * 1000
    assert found.cancel_sla == (CREATED + 400_000) * 1000
    assert found.created_at == (CREATED + 1) * 1000
    assert found.number // 100_000 == found.created_at


def test_the_price_sheet_has_each_discount_and_sums_to_the_total(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, [tiktok_order()]))
    assert prices(shop) == [
        ("ITEMS", 120_000),
        ("SELLER_DISCOUNT", -20_000),
        ("SHIPPING", 30_000),
        ("SHIPPING_PLATFORM_DISCOUNT", -25_000),
    ]
    (line,) = lines(shop)
    assert (line.unit_minor, line.discount_minor, line.total_minor) == (120_000, 20_000, 100_000)
    assert (line.title, line.variant, line.picture) == ("Áo thun mèo 🐈", "Đỏ, L", None)


def test_a_sheet_that_does_not_sum_gets_a_difference_and_a_flag(shop: Shop, tmp_path: Path) -> None:
    made = tiktok_order()
    made["payment"]["total_amount"] = "107000"
    file = brought(shop, as_file(tmp_path, [made]))
    assert prices(shop)[-1] == ("DIFFERENCE", 2_000)
    assert sum(amount for _, amount in prices(shop)) == order(shop).total_minor == 107_000
    assert file.flags == {"difference": 1}
    assert order(shop).flags == "difference: payment.total_amount=2000"


def test_without_prices_the_lines_are_the_price(shop: Shop, tmp_path: Path) -> None:
    file = brought(shop, as_file(tmp_path, [tiktok_order(payment={"currency": "VND"})]))
    assert (order(shop).total_minor, prices(shop)) == (100_000, [("ITEMS", 100_000)])
    assert file.flags == {"total_missing": 1}


def test_units_stay_lines_of_their_own_of_one_product(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, [tiktok_order(lines=[tiktok_line(n) for n in (1, 2, 3)])]))
    found = lines(shop)
    assert [line.quantity for line in found] == [1, 1, 1]
    assert len({line.outside_id for line in found}) == 3
    assert len({(line.product_id, line.variant_id) for line in found}) == 1
    assert order(shop).line_count == 3


@pytest.mark.parametrize("word", [*(str(status) for status in Status), "PARTIALLY_SHIPPING"])
def test_every_status_has_its_tab(sqlite_shop: Shop, tmp_path: Path, word: str) -> None:
    file = brought(sqlite_shop, as_file(tmp_path, [tiktok_order(status=word)]))
    status = Status.PARTIALLY_SHIPPED if word == "PARTIALLY_SHIPPING" else Status(word)
    found = order(sqlite_shop)
    assert (found.status, found.tab, file.flagged) == (status, TABS[status], 0)
    assert lines(sqlite_shop)[0].status is None


@pytest.mark.parametrize(
    ("times", "status"),
    [
        ({}, Status.UNPAID),
        ({"paid_time": CREATED + 9}, Status.AWAITING_SHIPMENT),
        ({"paid_time": CREATED + 9, "collection_time": CREATED + 10}, Status.IN_TRANSIT),
        ({"collection_time": CREATED + 10, "delivery_time": CREATED + 11}, Status.DELIVERED),
        ({"cancel_time": CREATED + 9}, Status.CANCELLED),
    ],
)
def test_an_unknown_status_is_kept_and_told_from_the_times(
    sqlite_shop: Shop, tmp_path: Path, times: dict[str, int], status: Status
) -> None:
    made = tiktok_order(status="SHIPPED_TO_MOON", lines=[tiktok_line(display_status=None)], **times)
    file = brought(sqlite_shop, as_file(tmp_path, [made]))
    assert order(sqlite_shop).status == status
    assert order(sqlite_shop).flags == "unknown_status: status=SHIPPED_TO_MOON"
    (problem,) = file.problems
    assert (problem.row, problem.column, problem.value) == (1, "status", "SHIPPED_TO_MOON")
    assert counts(file) == (1, 0, 0, 0)


def test_a_localised_reason_is_kept_as_written_and_flagged(shop: Shop, tmp_path: Path) -> None:
    made = tiktok_order(
        status="CANCELLED",
        cancel_reason=LATE_PICKUP,
        cancellation_initiator="SYSTEM",
        cancel_time=CREATED + 500,
    )
    file = brought(shop, as_file(tmp_path, [made]))
    found = order(shop)
    assert (found.cancel_reason, found.cancel_text, found.cancelled_by) == (None, LATE_PICKUP, "SYSTEM")
    assert found.cancelled_at == (CREATED + 500) * 1000
    assert file.flags == {"unknown_reason": 1}
    assert [event.note for event in events(shop)] == [None, LATE_PICKUP]


@pytest.mark.parametrize(
    ("initiator", "alias", "reason"),
    [
        ("SELLER", "seller_cancel_reason_out_of_stock", "SP_OUT_OF_STOCK"),
        ("BUYER", "ecom_order_to_ship_canceled_reason_no_longer_needed", "BP_NOT_NEEDED"),
        ("SYSTEM", "package_lost", "SY_LOST"),
        ("OPERATOR", "operator_cancel_risk_control_block", "OP_RISK"),
    ],
)
def test_a_reason_with_an_alias_becomes_ours(
    sqlite_shop: Shop, tmp_path: Path, initiator: str, alias: str, reason: str
) -> None:
    made = tiktok_order(status="CANCELLED", cancel_reason=alias, cancellation_initiator=initiator)
    file = brought(sqlite_shop, as_file(tmp_path, [made]))
    found = order(sqlite_shop)
    assert (found.cancelled_by, found.cancel_reason, found.cancel_text) == (initiator, reason, None)
    assert file.flagged == 0


def test_who_cancelled_is_kept_even_where_nobody_knows_the_word(sqlite_shop: Shop, tmp_path: Path) -> None:
    made = tiktok_order(status="CANCELLED", cancellation_initiator="ORACLE")
    file = brought(sqlite_shop, as_file(tmp_path, [made]))
    assert order(sqlite_shop).cancelled_by is None
    assert file.problems[0].flag == "unknown_role: cancellation_initiator=ORACLE"


def test_a_line_of_a_cancelled_order_keeps_a_reason_of_its_own(shop: Shop, tmp_path: Path) -> None:
    # The reason of the order is only that of its first line.
    gone = {"display_status": "CANCELLED", "cancel_user": "SELLER"}
    two = [
        tiktok_line(1, **gone, cancel_reason="seller_cancel_reason_out_of_stock"),
        tiktok_line(2, **gone, cancel_reason="seller_cancel_reason_wrong_price"),
    ]
    told = {"cancel_reason": "seller_cancel_reason_out_of_stock", "cancellation_initiator": "SELLER"}
    for number, words in enumerate((told, {}), 1):
        brought(shop, as_file(tmp_path, [tiktok_order(number, status="CANCELLED", lines=two, **words)]))
    assert [found.cancel_reason for found in orders(shop)] == ["SP_OUT_OF_STOCK"] * 2
    assert [(line.cancelled_by, line.cancel_reason) for line in lines(shop)] == [
        (None, None),
        ("SELLER", "SP_PRICING_ERROR"),
    ] * 2


def test_one_order_can_hold_cancelled_and_live_lines(shop: Shop, tmp_path: Path) -> None:
    gone = tiktok_line(2, display_status="CANCELLED", cancel_user="BUYER", cancel_reason="Không còn nhu cầu")
    file = brought(shop, as_file(tmp_path, [tiktok_order(lines=[tiktok_line(1), gone])]))
    live, cancelled = lines(shop)
    assert (live.status, live.cancelled_by) == (None, None)
    assert (cancelled.status, cancelled.cancelled_by) == ("CANCELLED", "BUYER")
    assert cancelled.cancel_text == "Không còn nhu cầu"
    assert order(shop).status == "AWAITING_SHIPMENT"
    assert file.flags == {"unknown_reason": 1}


def test_cash_on_delivery_is_due_until_it_is_paid(shop: Shop, tmp_path: Path) -> None:
    completed = tiktok_order(2, status="COMPLETED") | DELIVERED
    brought(shop, as_file(tmp_path, [tiktok_order(1), completed, tiktok_order(3, status="CANCELLED")]))
    due, paid = payments(shop)
    assert (due.state, due.amount_minor, due.at) == ("COD_DUE", 105_000, (CREATED + 1) * 1000)
    assert (paid.state, paid.at, paid.label) == ("CAPTURED", (CREATED + 900) * 1000, "Cash on delivery")
    assert [found.paid_at for found in orders(shop)] == [None, (CREATED + 900) * 1000, None]


def test_the_facts_of_the_file_are_its_history(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, [tiktok_order(status="COMPLETED") | DELIVERED]))
    found = events(shop)
    assert [(event.n, event.action) for event in found] == [
        (0, "imported"),
        (1, "shipped"),
        (2, "paid"),
        (3, "delivered"),
    ]
    assert found[0].at == shop.now()
    assert {event.status_to for event in found} == {"COMPLETED"}
    assert order(shop).version == 3
    details = order_details(shop, Actor(order(shop).buyer_id), order(shop).number)
    assert [event.action for event in details.events] == ["imported", "shipped", "paid", "delivered"]


@pytest.mark.parametrize(
    ("label", "method"),
    [
        ("Credit/debit card", "CARD"),
        ("Bank transfer", "TRANSFER"),
        ("GoPay", "WALLET"),
        ("QRIS", "WALLET"),
        ("Bayar di tempat", "COD"),
        ("Barter", "OTHER"),
    ],
)
def test_the_platforms_name_of_a_payment_method_is_kept_beside_ours(
    sqlite_shop: Shop, tmp_path: Path, label: str, method: str
) -> None:
    made = tiktok_order(is_cod=False, payment_method_name=label, paid_time=CREATED + 5)
    brought(sqlite_shop, as_file(tmp_path, [made]))
    (payment,) = payments(sqlite_shop)
    assert (payment.method, payment.label, order(sqlite_shop).payment_method) == (method, label, method)


def test_a_request_to_the_platform_is_flagged(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, as_file(tmp_path, [tiktok_order(is_buyer_request_cancel=True)]))
    assert file.flags == {"cancel_requested": 1}


def test_an_order_of_nobody_knows_whom_still_comes_in(shop: Shop, tmp_path: Path) -> None:
    file = brought(shop, as_file(tmp_path, [tiktok_order(user_id=None, warehouse_id=None)]))
    assert list(handles(shop, t.Shop).values()) == ["tiktok-unknown"]
    assert list(handles(shop, t.Person).values()) == ["tiktok-unknown-buyer"]
    assert file.flags == {"buyer_unknown": 1}


def test_the_answer_of_the_interface_is_read_like_the_list_in_it(shop: Shop, tmp_path: Path) -> None:
    answer = {"code": 0, "message": "Success", "data": {"orders": [tiktok_order()], "total_count": 1}}
    assert counts(brought(shop, as_file(tmp_path, answer))) == (1, 0, 0, 0)


def test_a_day_without_orders_is_read_as_none(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, as_file(tmp_path, []))
    assert (file.kind, file.read, file.problems) == ("tiktok-api", 0, [])


def test_a_fraction_the_currency_does_not_have_is_flagged_with_the_exact_amount(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    made = tiktok_order()
    made["payment"] |= {"currency": "IDR", "total_amount": "105000.5"}
    file = brought(sqlite_shop, as_file(tmp_path, [made]))
    assert order(sqlite_shop).flags == "fraction: payment.total_amount=105000.5"
    assert (order(sqlite_shop).total_minor, order(sqlite_shop).currency) == (105_000, "IDR")
    assert [problem.code for problem in file.problems] == ["fraction"]


def test_no_hold_is_made_up_for_an_imported_order(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, [tiktok_order()]))
    for table in (t.Hold, t.Balance, t.Refund, t.Notification):
        assert stored(shop, table) == []
