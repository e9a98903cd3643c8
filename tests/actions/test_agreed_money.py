"""What was agreed on is what is paid: after a line cancel, and for a price that moved."""

from typing import Any

import pytest

from app.shop import tables as t
from app.shop.actions.answer import offer_change
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.change import accept_change, ask_to_change
from app.shop.actions.confirm import accept_offer
from app.shop.actions.request import ask_to_cancel
from app.shop.check import check
from app.shop.reads.fixes import fix_choice
from app.shop.reads.offers import offer_choice
from app.shop.reads.requests import request_panel
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.errors import KeyReused, Refused
from app.shop.rules.orders import Status
from app.shop.rules.receipt import Kind
from app.shop.shop import Shop
from tests.actions.disputes import stands
from tests.actions.steps import IDS, MAI, NOTE, SARI, column, everything, fresh, order_in, rows, run
from tests.people import NAVY_PRICE, PRICE, Stocked, put

FOREST = Change(ChangeKind.VARIANT, line=1, variant_id=IDS.forest)
OUT = "SP_OUT_OF_STOCK"


def paid(shop: Shop, *items: tuple[int, int], **options: Any) -> int:
    """A paid order of mai's: a cream mug and a navy one unless told otherwise."""
    plain: dict[str, Any] = {"voucher_codes": (), "coins": 0}
    return order_in(
        shop, Status.AWAITING_SHIPMENT, *(items or ((IDS.cream, 1), (IDS.navy, 1))), **plain | options
    )


def without_navy(shop: Shop) -> tuple[int, int]:
    """A paid order with a big voucher whose second line was cancelled, and what is left to pay for it."""
    terms: dict[str, Any] = {"kind": "AMOUNT", "value": PRICE, "currency": "IDR"}
    with shop.change() as work:
        put(
            work,
            t.Voucher(id=99, shop_id=IDS.kopi_house, code="BIG", starts_at=0, ends_at=10**14, **terms),
            t.Balance(kind=Kind.VOUCHER, subject=99, taken_in=5, free=5),
        )
    number = paid(shop, voucher_codes=("BIG",))
    cancel_lines(shop, SARI, number, [2], OUT, NOTE, key=fresh())
    return number, column(shop, number, "total_minor")


def with_forest(shop: Shop, number: int) -> int:
    """What the order is shown to cost with its first line in forest."""
    forest = fix_choice(shop, MAI, number).lines[0].variants[0]
    return int(column(shop, number, "total_minor")) + forest.difference_minor


def given_back(shop: Shop) -> int:
    """What is to go back to buyers."""
    return sum(amount for (amount,) in rows(shop, "SELECT amount_minor FROM refunds"))


def test_a_swap_after_a_line_cancel_does_not_give_the_discount_back_again(
    shop: Shop, stocked: Stocked
) -> None:
    number, total = without_navy(shop)
    back = given_back(shop)
    forest, navy = fix_choice(shop, MAI, number).lines[0].variants
    assert (forest.difference_minor, navy.difference_minor) == (0, NAVY_PRICE - PRICE)
    ask_to_change(shop, MAI, number, FOREST, key=fresh())
    assert accept_change(shop, SARI, number, key=fresh()).answer["difference_minor"] == 0
    assert (column(shop, number, "total_minor"), given_back(shop)) == (total, back)
    assert check(shop).sound


def test_nor_does_a_change_that_the_seller_offers(shop: Shop, stocked: Stocked) -> None:
    number, total = without_navy(shop)
    back = given_back(shop)
    ask_to_cancel(shop, MAI, number, "BP_WRONG_VARIANT", key=fresh())
    assert offer_choice(shop, SARI, number).lines[0].variants[0].difference_minor == 0
    offer_change(shop, SARI, number, FOREST, key=fresh())
    accept_offer(shop, MAI, number, key=fresh())
    assert (column(shop, number, "total_minor"), given_back(shop)) == (total, back)
    assert check(shop).sound


def test_two_agreed_changes_leave_both_attempts_to_ask_for_a_cancel(shop: Shop, stocked: Stocked) -> None:
    number = paid(shop)
    for variant in (IDS.forest, IDS.navy):
        change = Change(ChangeKind.VARIANT, line=1, variant_id=variant)
        ask_to_change(shop, MAI, number, change, key=fresh())
        accept_change(shop, SARI, number, key=fresh())
    assert request_panel(shop, MAI, number).attempts_left == 2
    ask_to_cancel(shop, MAI, number, "BP_MISTAKE", key=fresh())
    assert check(shop).sound


def test_a_change_of_a_line_that_is_cancelled_is_over_with_it(shop: Shop, stocked: Stocked) -> None:
    number = paid(shop)
    ask_to_change(shop, MAI, number, FOREST, key=fresh())
    cancel_lines(shop, SARI, number, [1], OUT, NOTE, key=fresh())
    assert column(shop, number, "open_request") is None
    assert stands(shop, number, "status", "queue", "answered_by") == ("SUPERSEDED", "closed", None)
    assert request_panel(shop, MAI, number).attempts_left == 2
    with pytest.raises(Refused, match="request_closed"):
        accept_change(shop, SARI, number, key=fresh())
    assert check(shop).sound


def test_a_change_of_another_line_goes_on_when_one_is_cancelled(shop: Shop, stocked: Stocked) -> None:
    number = paid(shop)
    ask_to_change(shop, MAI, number, FOREST, key=fresh())
    cancel_lines(shop, SARI, number, [2], OUT, NOTE, key=fresh())
    assert accept_change(shop, SARI, number, key=fresh()).answer["request_status"] == "SUPERSEDED"


def test_a_yes_to_one_request_is_no_answer_to_another_under_the_same_key(
    shop: Shop, stocked: Stocked
) -> None:
    number = paid(shop)
    asked = int(ask_to_change(shop, MAI, number, FOREST, key=fresh()).answer["request"])
    first = accept_change(shop, SARI, number, seen=asked, key="k")
    assert accept_change(shop, SARI, number, seen=asked, key="k") == first
    with pytest.raises(KeyReused):
        accept_change(shop, SARI, number, seen=asked + 1, key="k")


def test_a_change_is_not_asked_for_at_another_price_than_was_shown(shop: Shop, stocked: Stocked) -> None:
    number = paid(shop)
    shown = with_forest(shop, number)
    run(shop, "UPDATE variants SET price_minor = price_minor * 10 WHERE id = :id", id=IDS.forest)
    before = everything(shop)
    with pytest.raises(Refused, match="price_changed"):
        ask_to_change(shop, MAI, number, FOREST, expected_minor=shown, key="k")
    assert everything(shop) == before
    ask_to_change(shop, MAI, number, FOREST, expected_minor=with_forest(shop, number), key="k")
