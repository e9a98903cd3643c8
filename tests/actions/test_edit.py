"""Putting an unpaid order right (T16): variant, voucher, address, way to pay."""

from functools import partial
from typing import Any

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.clock import run_due
from app.shop.actions.edit import change_address, change_payment_method, change_variant, change_vouchers
from app.shop.actions.pay import Outcome, pay
from app.shop.reads.fixes import fix_choice
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid, NotFound, Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY, HOUR, JOURNEY, MINUTE, TIKTOK
from app.shop.rules.receipt import Kind
from app.shop.shop import Done, Shop
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    all_at_once,
    balance,
    column,
    everything,
    fresh,
    imported,
    order_in,
    place,
    rows,
    run,
    settle,
    spoon,
    told,
)
from tests.conftest import Clock
from tests.people import COINS, NAVY_PRICE, PRICE, STOCK, VOUCHER_USES, Stocked


def test_another_variant_is_held_and_the_first_one_free_again(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (stocked.cream, 2))
    done = change_variant(shop, MAI, number, 1, stocked.navy, key="k")
    total = 2 * NAVY_PRICE
    assert done.answer == {
        "number": str(number),
        "status": "UNPAID",
        "currency": "IDR",
        "total_minor": total,
        "difference_minor": total - 2 * PRICE,
        "event": 1,
    }
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK, 0, 0, 0)
    assert balance(shop, Kind.STOCK, stocked.navy) == (STOCK - 2, 2, 0, 0)
    sql = "SELECT variant_id, variant, unit_minor, total_minor FROM lines"
    assert rows(shop, sql) == [(stocked.navy, "Navy", NAVY_PRICE, total)]
    assert column(shop, number, "total_minor") == total
    holds = rows(shop, "SELECT n, subject, state, ended_by FROM holds ORDER BY n")
    assert holds == [(1, stocked.cream, "RELEASED", 1), (2, stocked.navy, "HELD", None)]
    assert told(shop, number)[1:] == [(stocked.sari, "order_changed")]


def test_a_swap_a_cancel_and_a_replay_each_give_back_once(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID)
    for n, variant in enumerate((stocked.forest, stocked.cream, stocked.forest)):
        change_variant(shop, MAI, number, 1, variant, key=f"k{n}")
    cancel_order(shop, MAI, number, "BU_WRONG_VARIANT", key="k")
    cancel_order(shop, MAI, number, "BU_WRONG_VARIANT", key="k")
    change_variant(shop, MAI, number, 1, stocked.forest, key="k2")
    assert rows(shop, "SELECT count(*) FROM balances WHERE free <> taken_in") == [(0,)]


def test_what_is_sold_out_leaves_the_order_as_it_was(shop: Shop, stocked: Stocked) -> None:
    place(shop, (stocked.navy, STOCK - 1), buyer=BUDI)
    number = place(shop, (stocked.cream, 2))
    before = everything(shop)
    with pytest.raises(Refused, match="out_of_stock") as refused:
        change_variant(shop, MAI, number, 1, stocked.navy, key="k")
    assert refused.value.facts["left"] == 1
    assert everything(shop) == before


def test_the_last_piece_goes_to_one_of_a_swap_and_an_order(shop: Shop, stocked: Stocked) -> None:
    place(shop, (stocked.navy, STOCK - 1), buyer=BUDI)
    for _ in range(5):
        number = place(shop, (stocked.cream, 1))
        ends = all_at_once(
            partial(change_variant, shop, MAI, number, 1, stocked.navy, key=fresh()),
            partial(place, shop, (stocked.navy, 1), buyer=BUDI),
        )
        assert "out_of_stock" in ends
        assert ends != ["out_of_stock", "out_of_stock"]
        assert balance(shop, Kind.STOCK, stocked.navy) == (0, STOCK, 0, 0)
        last = rows(
            shop, "SELECT order_number FROM holds WHERE state = 'HELD' AND amount = 1 AND subject = 43"
        )
        buyer = MAI if last[0][0] == number else BUDI
        cancel_order(shop, buyer, last[0][0], "BU_MISTAKE", key=fresh())


def test_two_lines_may_come_to_the_same_variant(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (stocked.cream, 2), (stocked.navy, 1))
    change_variant(shop, MAI, number, 2, stocked.cream, key="k")
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK - 3, 3, 0, 0)
    cancel_order(shop, MAI, number, "BU_MISTAKE", key="k2")
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK, 0, 0, 0)


def test_a_cheaper_variant_gives_back_a_voucher_and_coins_it_does_not_need(
    shop: Shop, stocked: Stocked
) -> None:
    spoon(shop, price=700)
    number = order_in(shop, Status.UNPAID, (stocked.cream, 2), voucher_codes=("KOPI15K",), coins=1_000)
    change_variant(shop, MAI, number, 1, 91, key="k")
    assert balance(shop, Kind.VOUCHER, stocked.amount_off) == (VOUCHER_USES, 0, 0, 0)
    assert column(shop, number, "total_minor") == 400
    assert balance(shop, Kind.COINS, stocked.mai) == (0, 1_000, 0, 0)
    run(shop, "UPDATE variants SET price_minor = 300 WHERE id = 42")
    change_variant(shop, MAI, number, 1, stocked.forest, key="k2")
    assert column(shop, number, "total_minor") == 0
    assert balance(shop, Kind.COINS, stocked.mai) == (COINS - 600, 600, 0, 0)


def test_a_voucher_is_added_changed_and_taken_off(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (stocked.cream, 2))
    for codes, off, ten, fifteen in (
        (["KOPI10"], 17_000, 1, 0),
        (["KOPI15K"], 15_000, 0, 1),
        (["KOPI15K", "KOPISHIP"], 15_000, 0, 1),
        ([], 0, 0, 0),
    ):
        change_vouchers(shop, MAI, number, codes, key=fresh())
        assert column(shop, number, "total_minor") == 2 * PRICE - off
        assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (VOUCHER_USES - ten, ten, 0, 0)
        assert balance(shop, Kind.VOUCHER, stocked.amount_off) == (VOUCHER_USES - fifteen, fifteen, 0, 0)


def test_the_last_use_of_a_voucher_may_be_changed_for_itself(shop: Shop, stocked: Stocked) -> None:
    numbers = [place(shop, (stocked.cream, 1), voucher_codes=("KOPI10",)) for _ in range(VOUCHER_USES)]
    change_vouchers(shop, MAI, numbers[0], ("KOPI10",), key="k")
    with pytest.raises(Refused, match="voucher_used_up"):
        change_vouchers(shop, MAI, place(shop, (stocked.navy, 1)), ["KOPI10"], key="k2")
    assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (0, VOUCHER_USES, 0, 0)


def test_a_voucher_that_does_not_apply_leaves_the_old_one(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID, (stocked.cream, 1))
    before = everything(shop)
    for codes, why in (
        (["KOPIOLD"], "voucher_expired"),
        (["KOPI15K"], "voucher_below_threshold"),
        (["NONE"], "no_such_voucher"),
        (["KOPI10", "KOPI10"], "voucher_not_combinable"),
    ):
        with pytest.raises((Refused, NotFound), match=f"^{why}"):
            change_vouchers(shop, MAI, number, codes, key="k")
    assert everything(shop) == before


def test_a_voucher_that_has_run_out_since_stays_with_its_order(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    run(shop, "UPDATE vouchers SET ends_at = :at WHERE id = 51", at=clock.at + MINUTE)
    number = order_in(shop, Status.UNPAID, (stocked.cream, 1), coins=0)
    clock.move(minutes=2)
    change_variant(shop, MAI, number, 1, stocked.navy, key="k")
    assert column(shop, number, "total_minor") == NAVY_PRICE - NAVY_PRICE // 10


def test_a_voucher_that_has_run_out_since_stays_beside_another(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop, voucher_codes=("KOPI10",))
    late = place(shop)
    run(shop, "UPDATE vouchers SET ends_at = :at WHERE id = 51", at=clock.at + 1)
    clock.move(minutes=1)
    shipping = next(one for one in fix_choice(shop, MAI, number).vouchers if one.code == "KOPISHIP")
    assert shipping.why_not is None
    done = change_vouchers(shop, MAI, number, shipping.codes, key="k")
    assert shipping.codes == ("KOPI10", "KOPISHIP")
    assert done.answer["difference_minor"] == shipping.difference_minor
    assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (VOUCHER_USES - 1, 1, 0, 0)
    with pytest.raises(Refused, match="voucher_expired"):
        change_vouchers(shop, MAI, late, shipping.codes, key="k2")


def test_an_order_goes_to_another_address_of_its_buyer_only(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID)
    change_address(shop, MAI, number, stocked.office, key="k")
    assert column(shop, number, "address_id") == stocked.office
    for address in (stocked.budis_home, 0, 99):
        with pytest.raises(NotFound, match="no_such_address"):
            change_address(shop, MAI, number, address, key="k2")
    assert column(shop, number, "address_id") == stocked.office


def test_another_way_to_pay_gives_its_time_and_never_less(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop, method=Method.CARD)
    placed = clock.at
    clock.move(minutes=10)
    change_payment_method(shop, MAI, number, Method.TRANSFER, key="k1")
    assert column(shop, number, "pay_by") == placed + JOURNEY.pay_transfer_ms
    assert column(shop, number, "due_at") == placed + JOURNEY.pay_transfer_ms // 2
    change_payment_method(shop, MAI, number, Method.CARD, key="k2")
    assert column(shop, number, "pay_by") == placed + JOURNEY.pay_transfer_ms
    with pytest.raises(Refused, match="same_payment_method"):
        change_payment_method(shop, MAI, number, Method.CARD, key="k3")


def test_the_clock_goes_on_after_another_way_to_pay_of_the_same_time(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop, method=Method.CARD)
    clock.move(minutes=40)
    run_due(shop)
    change_payment_method(shop, MAI, number, Method.WALLET, key="k1")
    clock.move(minutes=15)
    run_due(shop)
    clock.at = column(shop, number, "pay_by") + JOURNEY.grace_ms + 1
    run_due(shop)
    assert column(shop, number, "status") == "CANCELLED"
    reminders = [code for _, code in told(shop, number) if code == "payment_reminder"]
    assert len(reminders) == 2


@pytest.mark.parametrize("failed", [False, True], ids=["untried", "after-a-failure"])
def test_cash_on_delivery_needs_no_paying_now(shop: Shop, stocked: Stocked, failed: bool) -> None:
    number = order_in(shop, Status.UNPAID)
    if failed:
        pay(shop, MAI, number, Outcome.FAILED, key="k1")
    done = change_payment_method(shop, MAI, number, Method.COD, key="k2")
    total = column(shop, number, "total_minor")
    assert done.answer["status"] == column(shop, number, "status") == "AWAITING_SHIPMENT"
    assert (column(shop, number, "pay_by"), column(shop, number, "tab")) == (None, "to-ship")
    assert column(shop, number, "due_step") == "ship_timeout"
    last = rows(shop, "SELECT method, state, amount_minor FROM payments ORDER BY n DESC LIMIT 1")
    assert last == [("COD", "COD_DUE", total)]
    assert told(shop, number)[-1] == (stocked.sari, "order_changed")


def test_cash_on_delivery_waits_too_where_there_is_time_to_think(shop: Shop, stocked: Stocked) -> None:
    settle(shop, TIKTOK)
    number = place(shop)
    change_payment_method(shop, MAI, number, Method.COD, key="k")
    assert (column(shop, number, "status"), column(shop, number, "due_step")) == ("ON_HOLD", "release")


EDITS: tuple[tuple[Any, tuple[Any, ...]], ...] = (
    (change_variant, (1, IDS.forest)),
    (change_vouchers, (("KOPI15K",),)),
    (change_address, (IDS.office,)),
    (change_payment_method, (Method.WALLET,)),
)


def refusals(shop: Shop, number: int) -> set[str]:
    """The codes with which every edit of an order is refused."""
    codes = set()
    for edit, arguments in EDITS:
        with pytest.raises(Refused) as refused:
            edit(shop, MAI, number, *arguments, key="k")
        codes.add(refused.value.code)
    return codes


def test_what_is_paid_is_changed_by_asking_the_seller(shop: Shop, stocked: Stocked) -> None:
    assert refusals(shop, order_in(shop, Status.AWAITING_SHIPMENT)) == {"paid_ask_seller"}


def test_what_is_being_paid_stays_as_it_is_until_that_ends(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = order_in(shop, Status.UNPAID, method=Method.TRANSFER)
    pay(shop, MAI, number, Outcome.ATTEMPTED, key="a")
    assert refusals(shop, number) == {"payment_in_progress"}
    clock.move(milliseconds=JOURNEY.attempt_patience_ms)
    for edit, arguments in EDITS:
        edit(shop, MAI, number, *arguments, key=fresh())


def test_after_the_time_to_pay_nothing_is_changed(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.UNPAID)
    clock.move(milliseconds=HOUR + JOURNEY.grace_ms + 1)
    assert refusals(shop, number) == {"pay_by_passed"}
    clock.move(milliseconds=DAY)
    run_due(shop)
    assert refusals(shop, number) == {"already_cancelled"}


def test_an_order_of_another_platform_is_changed_there(shop: Shop, stocked: Stocked) -> None:
    number = imported(shop, order_in(shop, Status.UNPAID))
    assert refusals(shop, number) == {"edit_on_its_platform"}


def test_an_edit_sent_twice_is_made_once(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID)
    for edit, arguments in EDITS:
        first: Done = edit(shop, MAI, number, *arguments, key=edit.__name__)
        before = everything(shop)
        assert edit(shop, MAI, number, *arguments, key=edit.__name__) == first
        assert everything(shop) == before


def test_a_variant_of_something_else_and_a_line_that_is_not_there_are_refused(
    shop: Shop, stocked: Stocked
) -> None:
    number = place(shop)
    with pytest.raises(Invalid, match="variant_of_another_product"):
        change_variant(shop, MAI, number, 1, stocked.white, key="k")
    with pytest.raises(Refused, match="same_variant"):
        change_variant(shop, MAI, number, 1, stocked.cream, key="k")
    for line, variant, code in ((2, stocked.navy, "no_such_line"), (1, 99, "no_such_variant")):
        with pytest.raises(NotFound, match=code):
            change_variant(shop, MAI, number, line, variant, key="k")
