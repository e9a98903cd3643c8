"""Money in through the gateway: every manner of the bank, at every moment, and never twice."""

import signal
import subprocess
import sys
from functools import partial
from typing import Any

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.charge import ask_about, ask_due, begin_payment, charge
from app.shop.actions.clock import run_due
from app.shop.actions.edit import change_payment_method, change_variant
from app.shop.actions.extend import extend_pay_by
from app.shop.actions.pay import Outcome, pay
from app.shop.check import check
from app.shop.gateway import Answer, Bank, Charge
from app.shop.provider import SLOW_MS, TOO_LATE_MS, SimulatedProvider
from app.shop.reads.order import order_details
from app.shop.rules.clocks import Method
from app.shop.rules.errors import KeyReused, Refused
from app.shop.rules.payments import ASKED_FIRST, ASKED_LAST, ask_again, virtual_account
from app.shop.rules.policy import HOUR, JOURNEY, MINUTE, SECOND
from app.shop.rules.receipt import Kind
from app.shop.shop import GATEWAY, Done, Shop
from app.shop.store import open_shop
from tests.actions.steps import (
    BUDI,
    MAI,
    SARI,
    all_at_once,
    balance,
    column,
    everything,
    fresh,
    imported,
    place,
    plenty,
    rows,
    run,
    told,
)
from tests.conftest import Clock
from tests.people import PRICE, STOCK, Stocked

TOTAL = 2 * PRICE


def payments(shop: Shop) -> list[tuple[Any, ...]]:
    """Every payment: its state, amount, and why it failed."""
    return rows(shop, "SELECT state, amount_minor, trouble FROM payments ORDER BY order_number, n")


def refunds(shop: Shop) -> list[tuple[Any, ...]]:
    """Every refund: of which payment, how much."""
    return rows(shop, "SELECT payment_n, amount_minor FROM refunds ORDER BY order_number, n")


def books(shop: Shop) -> list[tuple[Any, ...]]:
    """What the bank was told to take."""
    return rows(shop, "SELECT reference, amount_minor, outcome FROM charges ORDER BY reference")


def sound(shop: Shop) -> None:
    """Fail where an invariant does not hold."""
    assert check(shop).violations == ()


def test_a_bank_that_approves_pays_at_once(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    done = charge(shop, MAI, number, key="k")
    assert done.answer["status"] == "AWAITING_SHIPMENT"
    assert done.answer["outcome"] == "CAPTURED"
    assert done.answer["paid_minor"] == TOTAL
    assert payments(shop) == [("CAPTURED", TOTAL, None)]
    assert books(shop) == [(f"{number}-1", TOTAL, "CAPTURED")]
    assert column(shop, number, "open_charge") is None
    assert column(shop, number, "attempted_at") is None
    events = rows(shop, "SELECT action, role FROM events WHERE order_number = :n ORDER BY n", n=number)
    assert events[1:] == [("begin_payment", "BUYER"), ("pay", "GATEWAY")]
    sound(shop)


def test_a_refusal_says_why_and_the_next_charge_may_pay(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    done = charge(shop, MAI, number, Bank.REFUSES, key="k1")
    assert (done.answer["outcome"], done.answer["paid_minor"]) == ("FAILED", 0)
    assert told(shop, number)[-1] == (MAI.id, "payment_failed")
    assert column(shop, number, "attempted_at") is None
    charge(shop, MAI, number, key="k2")
    assert payments(shop) == [("FAILED", TOTAL, "insufficient_funds"), ("CAPTURED", TOTAL, None)]
    sound(shop)


def test_after_a_refusal_one_may_pay_another_way(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    charge(shop, MAI, number, Bank.REFUSES, key="k1")
    change_payment_method(shop, MAI, number, Method.WALLET, key="k2")
    charge(shop, MAI, number, key="k3")
    assert rows(shop, "SELECT method FROM payments ORDER BY n") == [("CARD",), ("WALLET",)]


def test_a_slow_bank_is_asked_again_by_the_clock(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop)
    done = charge(shop, MAI, number, Bank.SLOW, key="k")
    assert done.answer["outcome"] == "ATTEMPTED"
    assert run_due(shop) == ()
    clock.move(milliseconds=SLOW_MS - 1)
    assert ask_due(shop) == ()
    assert column(shop, number, "status") == "UNPAID"
    clock.move(milliseconds=ASKED_FIRST + SLOW_MS // 4)
    (done,) = ask_due(shop)
    assert done.answer["outcome"] == "CAPTURED"
    assert done.people == {MAI.id, SARI.id}
    assert ask_due(shop) == ()
    sound(shop)


def test_while_the_bank_is_asked_nothing_that_costs_differently_may_be_done(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop, (stocked.cream, 1), (stocked.navy, 1))
    charge(shop, MAI, number, Bank.LATE, key="k")
    for later in (0, JOURNEY.attempt_patience_ms + MINUTE):
        clock.move(milliseconds=later)
        before = everything(shop)
        for trying in (
            partial(charge, shop, MAI, number),
            partial(change_variant, shop, MAI, number, 1, stocked.forest),
            partial(change_payment_method, shop, MAI, number, Method.WALLET),
            partial(cancel_lines, shop, MAI, number, [2], "BU_MISTAKE"),
        ):
            with pytest.raises(Refused, match="payment_in_progress"):
                trying(key=fresh())
        assert everything(shop) == before
    sound(shop)


def test_money_that_comes_after_the_order_lapsed_goes_back_once(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop)
    charge(shop, MAI, number, Bank.LATE, key="k")
    end = column(shop, number, "pay_by") + JOURNEY.grace_ms
    clock.at = end + 1
    run_due(shop)
    assert column(shop, number, "cancel_reason") == "SY_PAYMENT_TIMEOUT"
    assert payments(shop) == [("ATTEMPTED", TOTAL, None)]
    clock.at = end + TOO_LATE_MS + MINUTE
    for _ in range(3):
        run_due(shop)
        clock.move(minutes=10)
    assert payments(shop) == [("LATE", TOTAL, None)]
    assert refunds(shop) == [(1, TOTAL)]
    assert (MAI.id, "late_payment") in told(shop, number)
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK, 0, 0, 0)
    assert column(shop, number, "status") == "CANCELLED"
    sound(shop)


def test_money_that_comes_after_a_cancel_goes_back_once(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop)
    charge(shop, MAI, number, Bank.SLOW, key="k")
    cancel_order(shop, MAI, number, "BU_MISTAKE", key="k2")
    clock.move(minutes=1)
    (done, *_) = ask_due(shop)
    assert done.answer["refund_minor"] == TOTAL
    assert ask_due(shop) == ()
    assert charge(shop, MAI, number, Bank.SLOW, key="k") == done  # who taps again is told the same
    assert payments(shop) == [("LATE", TOTAL, None)]
    assert refunds(shop) == [(1, TOTAL)]
    sound(shop)


def test_a_refusal_that_comes_after_a_cancel_is_no_news(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop)
    shop.gateway = away = Deaf(shop)
    away.hears = True
    charge(shop, MAI, number, Bank.REFUSES, key="k")
    cancel_order(shop, MAI, number, "BU_MISTAKE", key="k2")
    before = told(shop, number)
    clock.move(minutes=1)
    assert ask_due(shop) == ()
    assert payments(shop) == [("FAILED", TOTAL, "insufficient_funds")]
    assert told(shop, number) == before
    sound(shop)


def test_a_bank_that_never_heard_of_it_is_not_told_after_a_cancel(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop)
    begin_payment(shop, MAI, number, key="k")  # and the program dies
    cancel_order(shop, MAI, number, "BU_MISTAKE", key="k2")
    before = told(shop, number)
    clock.move(days=20)
    assert ask_due(shop) == ()
    assert books(shop) == refunds(shop) == []
    assert payments(shop) == [("FAILED", TOTAL, "never_told")]
    assert told(shop, number) == before
    sound(shop)


def test_a_bank_that_never_heard_of_it_is_not_told_after_the_time_to_pay(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop)
    begin_payment(shop, MAI, number, key="k")
    clock.move(days=3)
    run_due(shop)
    assert column(shop, number, "cancel_reason") == "SY_PAYMENT_TIMEOUT"
    assert books(shop) == refunds(shop) == []
    assert payments(shop) == [("FAILED", TOTAL, "never_told")]
    sound(shop)


class Hasty(SimulatedProvider):
    """A bank that is told of a charge while, in between, its order is cancelled and another process asks."""

    def charge(self, charge: Charge) -> Answer:
        """Be told last."""
        self._shop.gateway = SimulatedProvider(self._shop)
        cancel_order(self._shop, MAI, charge.number, "BU_MISTAKE", key=fresh())
        ask_about(self._shop, charge.number)
        return super().charge(charge)


def test_who_tells_the_bank_while_another_gives_it_up_pays_the_money_back(
    shop: Shop, stocked: Stocked
) -> None:
    number = place(shop)
    shop.gateway = Hasty(shop)
    charge(shop, MAI, number, key="k")
    assert payments(shop) == [("LATE", TOTAL, None)]
    assert refunds(shop) == [(1, TOTAL)]
    sound(shop)


def test_a_charge_of_nothing_that_comes_after_a_cancel_is_settled(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    run(shop, "UPDATE vouchers SET value = 1000000 WHERE code = 'KOPI15K'")
    number = place(shop, voucher_codes=("KOPI15K", "KOPISHIP"))
    assert column(shop, number, "total_minor") == 0
    charge(shop, MAI, number, Bank.SLOW, key="k")
    cancel_order(shop, MAI, number, "BU_MISTAKE", key="k2")
    before = told(shop, number)
    clock.move(minutes=1)
    (done,) = ask_due(shop)
    assert done.answer["refund_minor"] == 0
    assert payments(shop) == [("LATE", 0, None)]
    assert refunds(shop) == []
    assert told(shop, number) == before
    assert run_due(shop) == ()
    assert charge(shop, MAI, number, Bank.SLOW, key="k").answer["refund_minor"] == 0
    sound(shop)


def test_a_payment_found_when_the_time_is_over_is_told(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop)
    clock.move(minutes=59)
    charge(shop, MAI, number, Bank.SLOW, key="k")
    clock.move(hours=5)
    heard: list[Done] = []
    done = run_due(shop, tell=heard.append)
    assert [one.answer["status"] for one in done] == ["AWAITING_SHIPMENT"]
    assert heard == [*done]
    assert heard[0].people == {MAI.id, SARI.id}


def test_money_beside_another_payment_goes_back_and_the_order_stays_paid(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop)
    charge(shop, MAI, number, Bank.SLOW, key="k")
    pay(shop, GATEWAY, number, key="webhook")  # told from elsewhere
    clock.move(minutes=1)
    ask_due(shop)
    assert [state for state, *_ in payments(shop)] == ["LATE", "CAPTURED"]
    assert refunds(shop) == [(1, TOTAL)]
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    sound(shop)


def test_a_failure_told_from_elsewhere_leaves_the_charge_that_is_out(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop)
    charge(shop, MAI, number, Bank.SLOW, key="k")
    pay(shop, GATEWAY, number, Outcome.FAILED, key="webhook")
    with pytest.raises(Refused, match="payment_in_progress"):
        charge(shop, MAI, number, key="k2")
    clock.move(minutes=1)
    ask_due(shop)
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    sound(shop)


class At(SimulatedProvider):
    """A bank that takes the money at one moment, whenever it is asked."""

    moment = 0

    def charge(self, charge: Charge) -> Answer:
        """Hear of it, and say nothing yet."""
        super().charge(charge)
        return Answer(Outcome.ATTEMPTED)

    def ask_charge(self, reference: str) -> Answer | None:
        """Say when it was taken."""
        found = super().ask_charge(reference)
        known = found is not None and self._shop.now() >= self.moment
        return Answer(Outcome.CAPTURED, at=self.moment) if known else found and Answer(Outcome.ATTEMPTED)


@pytest.mark.parametrize(
    ("beyond", "state", "status"), [(0, "CAPTURED", "AWAITING_SHIPMENT"), (1, "LATE", "CANCELLED")]
)
def test_money_is_in_time_to_the_millisecond_of_its_taking_however_late_one_asks(
    shop: Shop, stocked: Stocked, clock: Clock, beyond: int, state: str, status: str
) -> None:
    number = place(shop)
    bank = At(shop)
    shop.gateway = bank
    end = column(shop, number, "pay_by") + JOURNEY.grace_ms
    bank.moment = end + beyond
    charge(shop, MAI, number, key="k")
    clock.at = end + 2 * HOUR  # the app was closed
    run_due(shop)
    assert payments(shop) == [(state, TOTAL, None)]
    assert column(shop, number, "status") == status
    sound(shop)


def test_a_charge_told_twice_is_taken_once(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    first = charge(shop, MAI, number, key="k")
    before = everything(shop)
    assert charge(shop, MAI, number, key="k") == first
    assert everything(shop) == before
    with pytest.raises(KeyReused):
        charge(shop, MAI, number, Bank.SLOW, key="k")
    with pytest.raises(Refused, match="already_paid"):
        charge(shop, MAI, number, key="k2")
    assert len(books(shop)) == 1


def test_of_two_taps_at_one_instant_one_charges(shop: Shop, stocked: Stocked) -> None:
    plenty(shop)
    for _ in range(3):
        number = place(shop)
        ends = all_at_once(*(partial(charge, shop, MAI, number, key=f"{number}-{n}") for n in range(3)))
        assert ends.count("AWAITING_SHIPMENT") == 1
        assert {*ends} <= {"AWAITING_SHIPMENT", "payment_in_progress", "already_paid"}
        assert rows(shop, "SELECT count(*) FROM charges WHERE order_number = :n", n=number) == [(1,)]
    sound(shop)


def test_the_same_tap_sent_twice_at_one_instant_charges_once(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    ends = all_at_once(*(partial(charge, shop, MAI, number, key="k") for _ in range(3)))
    assert ends == ["AWAITING_SHIPMENT"] * 3
    assert books(shop) == [(f"{number}-1", TOTAL, "CAPTURED")]
    sound(shop)


def test_two_processes_ask_at_once_and_one_pays(shop: Shop, stocked: Stocked, url: str, clock: Clock) -> None:
    numbers = [place(shop, (stocked.cream, 1)) for _ in range(5)]
    for number in numbers:
        charge(shop, MAI, number, Bank.SLOW, key=fresh())
    clock.move(minutes=1)
    other = open_shop(url, now=clock)
    try:
        ends = all_at_once(partial(ask_due, shop), partial(ask_due, other), partial(run_due, other))
    finally:
        other.close()
    assert all(isinstance(end, tuple) for end in ends)
    assert {state for state, *_ in payments(shop)} == {"CAPTURED"}
    assert rows(shop, "SELECT count(*) FROM events WHERE action = 'pay'") == [(5,)]
    sound(shop)


@pytest.mark.parametrize("bank", [Bank.APPROVES, Bank.SLOW])
def test_of_a_cancel_a_charge_a_lapse_and_more_time_at_one_instant_all_stays_whole(
    shop: Shop, stocked: Stocked, clock: Clock, full: bool, bank: Bank
) -> None:
    plenty(shop)
    for turn in range(20 if full else 4):
        number = place(shop)
        clock.at = column(shop, number, "pay_by") + JOURNEY.grace_ms + turn % 2
        ends = all_at_once(
            partial(charge, shop, MAI, number, bank, key=fresh()),
            partial(cancel_order, shop, MAI, number, "BU_MISTAKE", key=fresh()),
            partial(extend_pay_by, shop, MAI, number, key=fresh()),
            partial(run_due, shop),
        )
        assert "changed" not in ends
        sound(shop)
        clock.move(hours=3)
        run_due(shop)
        run_due(shop)
        sound(shop)
        taken = rows(shop, "SELECT count(*) FROM charges WHERE order_number = :n", n=number)[0][0]
        assert taken <= 1
        if column(shop, number, "status") == "CANCELLED":
            back = rows(
                shop, "SELECT coalesce(sum(amount_minor), 0) FROM refunds WHERE order_number = :n", n=number
            )
            assert back == [(TOTAL * taken,)]


class Deaf(SimulatedProvider):
    """A bank that cannot be reached: before it hears anything, or after it has taken the money."""

    hears = False

    def charge(self, charge: Charge) -> Answer:
        """Lose the line."""
        if self.hears:
            super().charge(charge)
        raise ConnectionError


@pytest.mark.parametrize("hears", [False, True])
def test_a_bank_that_is_away_is_asked_again_and_takes_it_once(
    shop: Shop, stocked: Stocked, clock: Clock, hears: bool
) -> None:
    number = place(shop)
    away = Deaf(shop)
    away.hears = hears
    shop.gateway = away
    assert charge(shop, MAI, number, key="k").answer["outcome"] == "ATTEMPTED"
    shop.gateway = SimulatedProvider(shop)
    clock.move(seconds=4)
    run_due(shop)
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    assert len(books(shop)) == 1


# The program dies between every two steps: once it is written, once the bank heard, once it has answered.
DYING = """
import os, signal, sys
from app.shop.actions import charge as charging
from app.shop.provider import SimulatedProvider
from app.shop.shop import Actor
from app.shop.store import open_shop

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

class Deadly(SimulatedProvider):
    def charge(self, charge):
        if sys.argv[2] != "written":
            answer = super().charge(charge)
        if sys.argv[2] != "answered":
            die()
        return answer

now = int(sys.argv[3])
shop = open_shop(sys.argv[1], now=lambda: now)
shop.gateway = Deadly(shop)
if sys.argv[2] == "answered":
    charging.pay = die
charging.charge(shop, Actor(int(sys.argv[5])), int(sys.argv[4]), key="tap")
"""


@pytest.mark.parametrize("moment", ["written", "heard", "answered"])
@pytest.mark.parametrize("again", ["clock", "tap"])
def test_a_payment_in_whose_midst_the_program_is_killed_is_taken_once_and_not_lost(
    shop: Shop, url: str, stocked: Stocked, clock: Clock, moment: str, again: str
) -> None:
    number = place(shop)
    program = [sys.executable, "-c", DYING, url, moment, str(clock.at), str(number), str(MAI.id)]
    assert subprocess.run(program, check=False).returncode == -signal.SIGKILL
    assert payments(shop) == [("ATTEMPTED", TOTAL, None)]
    assert len(books(shop)) == int(moment != "written")
    sound(shop)
    clock.move(seconds=5)
    if again == "tap":
        charge(shop, MAI, number, key="tap")
    run_due(shop)
    assert payments(shop) == [("CAPTURED", TOTAL, None)]
    assert books(shop) == [(f"{number}-1", TOTAL, "CAPTURED")]
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    sound(shop)


def test_an_order_of_another_platform_is_not_charged_here(shop: Shop, stocked: Stocked) -> None:
    number = imported(shop, place(shop))
    with pytest.raises(Refused, match="paid_elsewhere") as refused:
        charge(shop, MAI, number, key="k")
    assert refused.value.next_step == "pay_there"
    assert books(shop) == []


def test_nobody_elses_order_is_charged(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    for actor, code in ((SARI, "role_may_not"), (BUDI, "no_such_order")):
        with pytest.raises(Exception, match=code):
            charge(shop, actor, number, key="k")


def test_the_bank_is_asked_soon_then_seldom_and_just_after_the_end() -> None:
    begun, until = 0, 2 * HOUR
    assert ask_again(begun, until, begun) == ASKED_FIRST
    assert ask_again(begun, until, 40 * SECOND) == 50 * SECOND
    assert ask_again(begun, until, until - MINUTE) == until + 1
    assert ask_again(begun, until, until + 1) == until + 1 + ASKED_FIRST
    assert ask_again(begun, until, until + 100 * HOUR) == until + 100 * HOUR + ASKED_LAST


def test_each_order_has_an_account_of_its_own() -> None:
    assert virtual_account(177244200000061711) == "8808 2000 0006 1711"
    assert virtual_account(177244200000061712) != virtual_account(177244200000061711)


def test_a_charge_is_told_on_the_timeline(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    charge(shop, MAI, number, Bank.REFUSES, key="k")
    assert [event.action for event in order_details(shop, MAI, number).events] == [
        "place_order",
        "begin_payment",
        "payment_failed",
    ]
