"""A voucher for an order that is paid: asked for, used once its seller accepts, and paid back to the unit."""

from typing import Any

import pytest

from app.shop import tables as t
from app.shop.actions.answer import offer_change
from app.shop.actions.cancel import cancel_order
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.change import accept_change, ask_to_change
from app.shop.actions.clock import run_due
from app.shop.actions.confirm import accept_offer
from app.shop.actions.request import ask_to_cancel, withdraw
from app.shop.actions.ship import arrange_shipment, hand_over
from app.shop.check import check
from app.shop.reads.fixes import fix_choice
from app.shop.reads.offers import offer_choice
from app.shop.rules.changes import Change, ChangeKind, from_json
from app.shop.rules.clocks import Method
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY, Policy
from app.shop.rules.receipt import Kind
from app.shop.shop import CARRIER, Shop
from tests.actions.disputes import last_event, newest, stands, told_last
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    NOTE,
    SARI,
    balance,
    column,
    everything,
    fresh,
    order_in,
    place,
    plenty,
    rows,
    run,
    settle,
)
from tests.conftest import Clock
from tests.people import COINS, NAVY_PRICE, PRICE, VOUCHER_USES, Stocked, put

OFF, SHIPPING, OUT = 15_000, 9_000, "SP_OUT_OF_STOCK"
GONE = "UPDATE balances SET taken_in = taken_in - free, free = 0 WHERE kind = 'VOUCHER' AND subject = :id"
WHOLE = (VOUCHER_USES, 0, 0, 0)
USED = (VOUCHER_USES - 1, 0, 1, 0)


def voucher(code: str = "KOPI15K") -> Change:
    """The voucher that was forgotten."""
    return Change(ChangeKind.VOUCHER, voucher=code)


def paid(shop: Shop, *items: tuple[int, int], **options: Any) -> int:
    """A paid order of mai's, a cream mug and a navy one unless told otherwise, without voucher or coins."""
    plain: dict[str, Any] = {"voucher_codes": (), "coins": 0}
    return order_in(
        shop, Status.AWAITING_SHIPMENT, *(items or ((IDS.cream, 1), (IDS.navy, 1))), **plain | options
    )


def wants(shop: Shop, number: int, code: str = "KOPI15K") -> int:
    """Ask for a voucher; the request's id."""
    return int(ask_to_change(shop, MAI, number, voucher(code), key=fresh()).answer["request"])


def gets(shop: Shop, number: int, code: str = "KOPI15K") -> None:
    """Ask for a voucher, and the seller accepts."""
    wants(shop, number, code)
    accept_change(shop, SARI, number, key=fresh())


def uses(shop: Shop, voucher: int = IDS.amount_off) -> tuple[int, int, int, int]:
    """Free, held, used and lost uses of a voucher."""
    return balance(shop, Kind.VOUCHER, voucher)


def money(shop: Shop, number: int) -> tuple[int, int]:
    """What came in for an order, and what goes back."""
    came = (
        "SELECT coalesce(sum(amount_minor), 0) FROM payments WHERE order_number = :n AND state = 'CAPTURED'"
    )
    back = "SELECT coalesce(sum(amount_minor), 0) FROM refunds WHERE order_number = :n"
    return int(rows(shop, came, n=number)[0][0]), int(rows(shop, back, n=number)[0][0])


def costs(shop: Shop, number: int) -> int:
    """What the order costs by now."""
    return int(column(shop, number, "total_minor"))


def big(shop: Shop, value: int, uses: int = 5) -> None:
    """One more voucher of kopi-house, BIG, that takes so much off."""
    terms: dict[str, Any] = {"kind": "AMOUNT", "value": value, "currency": "IDR"}
    with shop.change() as work:
        put(
            work,
            t.Voucher(id=99, shop_id=IDS.kopi_house, code="BIG", starts_at=0, ends_at=10**14, **terms),
            t.Balance(kind=Kind.VOUCHER, subject=99, taken_in=uses, free=uses),
        )


def test_until_the_seller_accepts_nothing_of_the_order_changes(shop: Shop, stocked: Stocked) -> None:
    number = paid(shop)
    before = everything(shop)
    wants(shop, number, " kopi15k ")
    row, change = newest(shop, number), from_json(newest(shop, number)["change"])
    assert (row["kind"], row["status"], row["reason"]) == ("change", "PENDING_SELLER", "BP_COUPON")
    assert row["difference_minor"] == -OFF
    assert (change.voucher, change.label, change.instead_of) == ("KOPI15K", "KOPI15K", "")
    assert told_last(shop, number) == {(IDS.sari, "change_asked")}
    after = everything(shop)
    for table in ("lines", "price_entries", "holds", "balances", "payments", "refunds"):
        assert after[table] == before[table]
    assert costs(shop, number) == PRICE + NAVY_PRICE
    assert check(shop).sound


def test_once_it_is_accepted_the_voucher_is_used_and_its_amount_goes_back(
    shop: Shop, stocked: Stocked
) -> None:
    number = paid(shop)
    wants(shop, number)
    done = accept_change(shop, SARI, number, key="k")
    total = PRICE + NAVY_PRICE - OFF
    assert (done.answer["total_minor"], done.answer["difference_minor"]) == (total, -OFF)
    assert costs(shop, number) == total
    assert uses(shop) == USED
    entries = rows(shop, "SELECT kind, amount_minor, subject FROM price_entries ORDER BY n")
    assert entries == [("ITEMS", PRICE + NAVY_PRICE, None), ("VOUCHER", -OFF, IDS.amount_off)]
    lines = rows(shop, "SELECT discount_minor, total_minor FROM lines ORDER BY n")
    assert (sum(off for off, _ in lines), sum(cost for _, cost in lines)) == (OFF, total)
    back = rows(shop, "SELECT payment_n, cause, amount_minor, state FROM refunds")
    assert back == [(1, column(shop, number, "version"), OFF, "REQUESTED")]
    assert stands(shop, number, "status", "answered_by") == ("SUPERSEDED", "SELLER")
    assert told_last(shop, number) == {(IDS.mai, "change_accepted"), (IDS.sari, "order_changed")}
    assert last_event(shop, number)[:2] == ("accept_change", "SELLER")
    assert check(shop).sound


def test_the_money_is_paid_back_by_the_gateway(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    gets(shop, paid(shop, method=Method.WALLET))
    for _ in range(3):
        run_due(shop)
        clock.move(minutes=10)
    assert rows(shop, "SELECT state FROM refunds") == [("DONE",)]
    assert rows(shop, "SELECT amount_minor FROM payouts WHERE outcome = 'accepted'") == [(OFF,)]


def test_it_takes_the_place_of_the_one_it_does_not_combine_with(shop: Shop, stocked: Stocked) -> None:
    number = paid(shop, voucher_codes=("KOPI10", "KOPISHIP"))
    before = costs(shop, number)
    gets(shop, number)
    assert from_json(newest(shop, number)["change"]).instead_of == "KOPI10"
    assert (uses(shop), uses(shop, IDS.ten_percent), uses(shop, IDS.free_shipping)) == (USED, WHOLE, USED)
    # Ten percent took 18,000 off; what the new one takes off less is paid as the order was.
    assert costs(shop, number) - before == 18_000 - OFF
    payments = "SELECT amount_minor FROM payments WHERE cause IS NOT NULL"
    assert rows(shop, payments) == [(18_000 - OFF,)]
    run_due(shop)
    assert check(shop).sound


def test_free_shipping_gives_back_the_shipping_beside_a_discount(shop: Shop, stocked: Stocked) -> None:
    settle(shop, Policy(shipping_minor=SHIPPING))
    number = paid(shop, voucher_codes=("KOPI15K",), coins=400)
    gets(shop, number, "KOPISHIP")
    assert money(shop, number)[1] == SHIPPING
    assert costs(shop, number) == PRICE + NAVY_PRICE - OFF - 400
    assert (uses(shop), uses(shop, IDS.free_shipping)) == (USED, USED)
    assert check(shop).sound


def test_coins_that_it_leaves_nothing_to_do_come_back_as_coins(shop: Shop, stocked: Stocked) -> None:
    big(shop, PRICE)
    number = paid(shop, (IDS.cream, 1), coins=COINS)
    gets(shop, number, "BIG")
    assert costs(shop, number) == 0
    assert money(shop, number) == (PRICE - COINS, PRICE - COINS)
    assert balance(shop, Kind.COINS, IDS.mai) == (COINS, 0, 0, 0)
    assert check(shop).sound


def test_cash_on_delivery_is_that_much_less(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, method=Method.COD)
    gets(shop, number)
    assert rows(shop, "SELECT state, amount_minor FROM payments") == [("COD_DUE", 2 * PRICE - OFF)]
    assert rows(shop, "SELECT * FROM refunds") == []
    assert uses(shop) == (VOUCHER_USES - 1, 1, 0, 0)
    assert check(shop).sound


@pytest.mark.parametrize(
    ("meanwhile", "code"),
    [
        ("UPDATE vouchers SET ends_at = :now WHERE id = :id", "voucher_expired"),
        ("UPDATE vouchers SET least_minor = 900000 WHERE id = :id", "voucher_below_threshold"),
        (GONE, "voucher_used_up"),
        ("UPDATE vouchers SET value = 14999 WHERE id = :id", "change_costs_otherwise"),
    ],
)
def test_what_is_not_to_be_had_by_then_is_refused_and_nothing_has_changed(
    shop: Shop, stocked: Stocked, clock: Clock, meanwhile: str, code: str
) -> None:
    number = paid(shop)
    wants(shop, number)
    values = {"now": clock.at} if ":now" in meanwhile else {}
    run(shop, meanwhile, id=IDS.amount_off, **values)
    before = everything(shop)
    with pytest.raises(Refused, match=code):
        accept_change(shop, SARI, number, key="k")
    assert everything(shop) == before
    withdraw(shop, MAI, number, key="w")
    assert check(shop).sound


def test_an_order_that_is_too_small_for_it_since_a_line_was_cancelled_is_refused_it(
    shop: Shop, stocked: Stocked
) -> None:
    number = paid(shop)
    wants(shop, number)
    cancel_lines(shop, SARI, number, [2], OUT, NOTE, key=fresh())
    assert stands(shop, number, "status") == ("PENDING_SELLER",)
    before = everything(shop)
    with pytest.raises(Refused, match="voucher_below_threshold"):
        accept_change(shop, SARI, number, key="k")
    assert everything(shop) == before


def test_what_cannot_be_asked_for_is_refused_with_why(shop: Shop, stocked: Stocked) -> None:
    plenty(shop)
    for _ in range(VOUCHER_USES):
        place(shop, (IDS.cream, 1), buyer=BUDI, voucher_codes=("KOPI10",))
    cases: tuple[tuple[int, str, type[Exception], str], ...] = (
        (place(shop), "KOPI15K", Refused, "change_it_yourself"),
        (paid(shop, voucher_codes=("KOPI15K",)), "kopi15k", Refused, "same_voucher"),
        (paid(shop, (IDS.cream, 1)), "KOPI15K", Refused, "voucher_below_threshold"),
        (paid(shop), "KOPI10", Refused, "voucher_used_up"),
        (paid(shop), "KOPIOLD", Refused, "voucher_expired"),
        (paid(shop), "KOPISHIP", Refused, "voucher_takes_nothing"),
        (paid(shop), "NEVER", NotFound, "no_such_voucher"),
    )
    for number, code, error, why in cases:
        with pytest.raises(error, match=why):
            wants(shop, number, code)
    assert rows(shop, "SELECT * FROM requests") == []


def test_the_picker_says_what_each_takes_off_or_why_not_as_the_action_does(
    shop: Shop, stocked: Stocked
) -> None:
    plenty(shop)
    settle(shop, Policy(shipping_minor=SHIPPING))
    number = paid(shop, voucher_codes=("KOPI10",))
    run(shop, "UPDATE vouchers SET least_minor = 500000 WHERE id = :id", id=IDS.amount_off)
    big(shop, 20_000)
    found = {one.code: one for one in fix_choice(shop, MAI, number).vouchers}
    assert {code: (one.why_not, one.difference_minor) for code, one in found.items() if not one.used} == {
        "BIG": (None, -2_000),
        "KOPISHIP": (None, -SHIPPING),
        "KOPI15K": ("voucher_below_threshold", 18_000 - OFF),
    }
    assert (found["KOPI10"].used, found["KOPI10"].why_not) == (True, "same_voucher")
    for code, one in found.items():
        if one.why_not:
            with pytest.raises(Refused, match=one.why_not):
                wants(shop, number, code)
            continue
        other = paid(shop, voucher_codes=("KOPI10",))
        shown = costs(shop, other) + one.difference_minor
        ask_to_change(shop, MAI, other, voucher(code), expected_minor=shown, key=fresh())
        assert (
            accept_change(shop, SARI, other, key=fresh()).answer["difference_minor"] == one.difference_minor
        )
    assert check(shop).sound


def test_it_is_not_asked_for_at_another_total_than_was_shown(shop: Shop, stocked: Stocked) -> None:
    number = paid(shop)
    shown = costs(shop, number) - OFF
    run(shop, "UPDATE vouchers SET value = 1 WHERE id = :id", id=IDS.amount_off)
    with pytest.raises(Refused, match="price_changed"):
        ask_to_change(shop, MAI, number, voucher(), expected_minor=shown, key="k")


@pytest.mark.parametrize("code", ["KOPI10", "KOPI15K", "KOPISHIP", "BIG"])
@pytest.mark.parametrize("coins", [0, 400])
def test_a_later_cancel_gives_back_what_was_paid_and_no_more(
    shop: Shop, stocked: Stocked, code: str, coins: int
) -> None:
    settle(shop, Policy(shipping_minor=SHIPPING))
    big(shop, NAVY_PRICE)
    number = paid(shop, (IDS.cream, 2), (IDS.navy, 1), coins=coins)
    gets(shop, number, code)
    came, back = money(shop, number)
    assert came - back == costs(shop, number)
    (cost,) = rows(shop, "SELECT total_minor FROM lines WHERE n = 2")[0]
    cancel_lines(shop, SARI, number, [2], OUT, NOTE, key=fresh())
    assert 0 <= money(shop, number)[1] - back <= cost
    assert came - money(shop, number)[1] == costs(shop, number)
    cancel_order(shop, SARI, number, OUT, NOTE, key=fresh())
    assert money(shop, number) == (came, came)
    assert all(uses(shop, one) == WHOLE for one in (IDS.ten_percent, IDS.amount_off, IDS.free_shipping))
    assert balance(shop, Kind.COINS, IDS.mai) == (COINS, 0, 0, 0)
    run_due(shop)
    assert check(shop).sound


def test_after_a_line_cancel_another_voucher_gives_no_discount_back_twice(
    shop: Shop, stocked: Stocked
) -> None:
    settle(shop, Policy(shipping_minor=SHIPPING))
    big(shop, PRICE)
    number = paid(shop, voucher_codes=("BIG",))
    cancel_lines(shop, SARI, number, [2], OUT, NOTE, key=fresh())
    total, (came, back) = costs(shop, number), money(shop, number)
    gets(shop, number, "KOPISHIP")
    assert costs(shop, number) == total - SHIPPING
    assert money(shop, number) == (came, back + SHIPPING)
    assert check(shop).sound


def test_a_cancel_before_the_answer_leaves_the_voucher_as_it_was(shop: Shop, stocked: Stocked) -> None:
    number = paid(shop)
    wants(shop, number)
    cancel_order(shop, SARI, number, OUT, NOTE, key=fresh())
    assert uses(shop) == WHOLE
    assert money(shop, number) == (PRICE + NAVY_PRICE, PRICE + NAVY_PRICE)
    with pytest.raises(Refused, match="request_closed"):
        accept_change(shop, SARI, number, key="k")
    assert check(shop).sound


def test_silence_leaves_the_order_as_it_is(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = paid(shop)
    wants(shop, number)
    clock.move(milliseconds=2 * DAY + 1)
    run_due(shop)
    assert stands(shop, number, "status") == ("EXPIRED",)
    assert (uses(shop), costs(shop, number)) == (WHOLE, PRICE + NAVY_PRICE)


def test_one_after_the_other_both_sides_of_the_sheet_are_put_right(shop: Shop, stocked: Stocked) -> None:
    settle(shop, Policy(shipping_minor=SHIPPING))
    number = paid(shop)
    for code in ("KOPISHIP", "KOPI15K"):
        gets(shop, number, code)
    assert money(shop, number)[1] == SHIPPING + OFF
    ask_to_cancel(shop, MAI, number, "BP_MISTAKE", key=fresh())
    assert check(shop).sound


def test_a_voucher_that_was_accepted_is_used_for_good_once_the_order_left(
    shop: Shop, stocked: Stocked
) -> None:
    number = place(shop, method=Method.COD)
    gets(shop, number)
    arrange_shipment(shop, SARI, number, key=fresh())
    hand_over(shop, CARRIER, number, key=fresh())
    assert uses(shop) == USED


def test_the_seller_offers_a_voucher_instead_of_a_cancel(shop: Shop, stocked: Stocked) -> None:
    number = paid(shop)
    ask_to_cancel(shop, MAI, number, "BP_COUPON", key=fresh())
    found = {one.code: one.difference_minor for one in offer_choice(shop, SARI, number).vouchers}
    assert found["KOPI15K"] == -OFF
    offer_change(shop, SARI, number, voucher(), key=fresh())
    accept_offer(shop, MAI, number, key=fresh())
    assert (costs(shop, number), uses(shop)) == (PRICE + NAVY_PRICE - OFF, USED)
    assert money(shop, number)[1] == OFF
    assert check(shop).sound
