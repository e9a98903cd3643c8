"""Money on its way back: it arrives, fails and comes again, is slow, is given up; never twice or too much."""

from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.shop.actions.cancel import cancel_order
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.clock import run_due
from app.shop.actions.late import late_payment
from app.shop.actions.pay import pay
from app.shop.actions.refund import advance_refund, retry_refund
from app.shop.actions.settle import settle_due
from app.shop.check import check
from app.shop.gateway import Manner, Payback, Reply
from app.shop.provider import SimulatedProvider
from app.shop.reads.order import order_details
from app.shop.reads.refunds import RefundRow, Returned
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY, HOUR, MINUTE
from app.shop.rules.refunds import Outcome, PaymentStatus, RefundState
from app.shop.shop import GATEWAY, SYSTEM, Shop
from tests.actions.steps import (
    MAI,
    NOTE,
    OPS,
    SARI,
    all_at_once,
    column,
    fresh,
    order_in,
    place,
    rows,
    run,
    told,
)
from tests.conftest import Clock
from tests.people import PRICE, Stocked, stock

FAIL, SLOW, REFUSE, SETTLE = Manner.FAIL, Manner.SLOW, Manner.REFUSE, Manner.SETTLE


def cancelled(shop: Shop, method: Method = Method.CARD) -> int:
    """A paid order that its seller cancelled: its money is to go back."""
    number = order_in(shop, Status.AWAITING_SHIPMENT, method=method)
    cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", NOTE, key=fresh())
    return number


def refund(shop: Shop, number: int) -> RefundRow:
    """The only refund of an order, as its page shows it."""
    (one,) = order_details(shop, MAI, number).refunds
    return one


def status(shop: Shop, number: int) -> PaymentStatus:
    """The payment status of an order."""
    return order_details(shop, MAI, number).payment_status


def happened(shop: Shop, number: int) -> list[str]:
    """What the timeline says of refunds."""
    events = order_details(shop, MAI, number).events
    return [event.action for event in events if "refund" in event.action]


def news(shop: Shop, number: int) -> list[tuple[int, str]]:
    """Who was told what about refunds."""
    return [(person, code) for person, code in told(shop, number) if code.startswith("refund")]


def approve(shop: Shop, number: int) -> None:
    """An approved request to cancel stands behind the order's cancel."""
    columns = "id, order_number, shop_id, buyer_id, kind, status, queue, queue_at, version, reason, counted"
    values = "number, number, shop_id, buyer_id, 'cancel', 'APPROVED', 'closed', 5, 1, 'BP_MISTAKE', true"
    sql = f"INSERT INTO requests ({columns}, created_at, since, difference_minor) SELECT {values}, 5, 5, 0"
    run(shop, f"{sql} FROM orders WHERE number = :number", number=number)


def request(shop: Shop, number: int) -> str:
    """Where the request of an order stands."""
    ((word,),) = rows(shop, "SELECT status FROM requests WHERE order_number = :number", number=number)
    return str(word)


def test_a_wallet_has_its_money_at_once(shop: Shop, stocked: Stocked) -> None:
    number = cancelled(shop, Method.WALLET)
    approve(shop, number)
    assert (refund(shop, number).state, status(shop, number)) == ("REQUESTED", PaymentStatus.REFUND_PENDING)
    assert [done.answer["state"] for done in run_due(shop)] == ["SENT", "DONE"]
    found = refund(shop, number)
    assert (found.state, found.done_at, found.attempts, found.trouble) == ("DONE", shop.now(), 1, None)
    assert status(shop, number) is PaymentStatus.REFUNDED
    assert happened(shop, number) == ["refund_sent", "refund_done"]
    assert news(shop, number) == [(stocked.mai, "refund_done")]
    assert request(shop, number) == "COMPLETE"
    assert run_due(shop) == ()


def test_a_card_has_it_when_it_was_promised(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = cancelled(shop)
    approve(shop, number)
    by = refund(shop, number).by
    run_due(shop)
    assert (refund(shop, number).state, refund(shop, number).by) == ("SENT", by)
    while clock.at < by:
        clock.move(hours=6)
        run_due(shop)
        assert request(shop, number) == ("COMPLETE" if clock.at >= by else "APPROVED")
    assert (refund(shop, number).state, refund(shop, number).done_at) == ("DONE", clock.at)
    assert happened(shop, number) == ["refund_sent", "refund_done"]


def test_a_refund_that_fails_twice_comes_the_third_time(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    shop.gateway = SimulatedProvider(shop, (FAIL, FAIL, SETTLE))
    number = cancelled(shop, Method.WALLET)
    approve(shop, number)
    run_due(shop)
    found = refund(shop, number)
    assert (found.state, found.trouble, found.again_at) == ("RETRYING", "bank_unavailable", clock.at + MINUTE)
    assert (status(shop, number), request(shop, number)) == (PaymentStatus.REFUND_PENDING, "APPROVED")
    assert run_due(shop) == ()
    clock.move(minutes=1)
    run_due(shop)
    assert refund(shop, number).again_at == clock.at + 5 * MINUTE
    clock.move(minutes=5)
    run_due(shop)
    found = refund(shop, number)
    assert (found.state, found.attempts, found.trouble) == ("DONE", 3, None)
    assert happened(shop, number) == ["refund_sent", "refund_failed"] * 2 + ["refund_sent", "refund_done"]
    assert news(shop, number) == [(stocked.mai, "refund_failed"), (stocked.mai, "refund_done")]
    assert request(shop, number) == "COMPLETE"


def test_a_slow_one_is_told_as_late_once_and_comes_after_all(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    shop.gateway = SimulatedProvider(shop, (SLOW,))
    number = cancelled(shop)
    by = refund(shop, number).by
    while clock.at <= by + 3 * DAY:
        run_due(shop)
        clock.move(hours=5)
    assert happened(shop, number) == ["refund_sent", "refund_late", "refund_done"]
    assert [code for _, code in news(shop, number)] == ["refund_late", "refund_done"]
    found = refund(shop, number)
    assert found.done_at is not None
    assert by + 2 * DAY <= found.done_at < by + 3 * DAY


def test_one_that_is_refused_is_given_up_and_sent_again_by_the_platform_alone(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    shop.gateway = SimulatedProvider(shop, (REFUSE, SETTLE))
    number = cancelled(shop, Method.WALLET)
    approve(shop, number)
    run_due(shop)
    found = refund(shop, number)
    assert (found.state, found.trouble, found.again_at) == ("GIVEN_UP", "account_closed", None)
    assert (status(shop, number), request(shop, number)) == (PaymentStatus.REFUND_FAILED, "APPROVED")
    assert news(shop, number) == [(stocked.mai, "refund_given_up"), (stocked.sari, "refund_given_up")]
    clock.move(days=9)
    assert run_due(shop) == ()
    for actor in (MAI, SARI, SYSTEM):
        with pytest.raises(Refused, match="role_may_not"):
            retry_refund(shop, actor, number, key=fresh())
    done = retry_refund(shop, OPS, number, key="k")
    again = refund(shop, number)
    assert (again.state, again.trouble, again.again_at) == ("RETRYING", None, shop.now())
    assert done.answer["refund_minor"] == found.amount_minor
    assert retry_refund(shop, OPS, number, key="k") == done
    with pytest.raises(Refused, match="no_refund_given_up"):
        retry_refund(shop, OPS, number, key=fresh())
    run_due(shop)
    assert (refund(shop, number).state, request(shop, number)) == ("DONE", "COMPLETE")


def test_one_that_never_goes_through_is_given_up_after_two_days(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    shop.gateway = SimulatedProvider(shop, (FAIL,))
    number = cancelled(shop)
    for _ in range(60):
        run_due(shop)
        clock.move(hours=1)
    found = refund(shop, number)
    assert (found.state, found.attempts) == ("GIVEN_UP", 7)
    assert happened(shop, number)[-1] == "refund_given_up"
    assert [code for _, code in news(shop, number)] == ["refund_failed", "refund_given_up", "refund_given_up"]


def test_a_payment_that_comes_after_the_cancel_goes_back_and_is_told(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID, method=Method.WALLET)
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    late_payment(shop, GATEWAY, number, 70_000, key=fresh())
    run_due(shop)
    assert (refund(shop, number).state, refund(shop, number).amount_minor) == ("DONE", 70_000)
    assert [code for _, code in told(shop, number) if code in ("late_payment", "refund_done")] == [
        "late_payment",
        "refund_done",
    ]


def test_the_money_of_a_late_payment_completes_no_request(shop: Shop, stocked: Stocked) -> None:
    number = cancelled(shop)
    approve(shop, number)
    late_payment(shop, GATEWAY, number, 500, key=fresh())
    for outcome in (Outcome.BEGUN, Outcome.SETTLED):
        advance_refund(shop, SYSTEM, number, 2, outcome, key=fresh())
    assert request(shop, number) == "APPROVED"


def test_a_line_taken_back_brings_its_money_while_the_order_goes_on(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (stocked.cream, 1), (stocked.navy, 1), method=Method.WALLET)
    pay(shop, MAI, number, key=fresh())
    due = column(shop, number, "due_at")
    cancel_lines(shop, SARI, number, [1], "SP_OUT_OF_STOCK", NOTE, key=fresh())
    run_due(shop)
    assert refund(shop, number).amount_minor == PRICE
    assert status(shop, number) is PaymentStatus.PARTLY_REFUNDED
    assert (column(shop, number, "status"), column(shop, number, "due_at")) == ("AWAITING_SHIPMENT", due)


def test_what_was_given_up_is_still_owed_and_not_paid_by_a_later_cancel_as_well(
    shop: Shop, stocked: Stocked
) -> None:
    shop.gateway = SimulatedProvider(shop, (REFUSE, SETTLE))
    number = place(shop, (stocked.cream, 1), (stocked.navy, 1), method=Method.WALLET)
    pay(shop, MAI, number, key=fresh())
    paid = column(shop, number, "total_minor")
    cancel_lines(shop, SARI, number, [1], "SP_OUT_OF_STOCK", NOTE, key=fresh())
    run_due(shop)
    cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", NOTE, key=fresh())
    run_due(shop)
    retry_refund(shop, OPS, number, key=fresh())
    retry = run_due(shop)
    assert {done.answer["state"] for done in retry} == {"SENT", "DONE"}
    assert sum(one.amount_minor for one in order_details(shop, MAI, number).refunds) == paid


def test_vouchers_and_coins_come_back_with_their_end(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    until = clock.at + 30 * DAY
    number = cancelled(shop)
    assert order_details(shop, MAI, number).returned == (
        Returned("COINS", 400),
        Returned("VOUCHER", 1, "KOPI10", until),
    )


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.SETTLED, Outcome.FAILED, Outcome.AGAIN])
def test_what_means_nothing_to_a_refund_is_refused(shop: Shop, stocked: Stocked, outcome: Outcome) -> None:
    number = cancelled(shop)
    with pytest.raises(Refused, match="refund_moved_on"):
        advance_refund(shop, SYSTEM, number, 1, outcome, key=fresh())
    with pytest.raises(Refused, match="no_such_refund"):
        advance_refund(shop, SYSTEM, number, 2, key=fresh())


class Away(SimulatedProvider):
    """A provider whose line is dead: before it hears anything, or after it has done what it was told."""

    def __init__(self, shop: Shop, *, hears: bool) -> None:
        super().__init__(shop)
        self.hears = hears
        self.calls: list[str] = []

    def send(self, payback: Payback) -> Reply:
        """Lose the line."""
        self.calls.append("send")
        if self.hears:
            SimulatedProvider(self._shop).send(payback)
        raise ConnectionError

    def ask(self, reference: str) -> Reply | None:
        """Lose the line."""
        self.calls.append(f"ask {reference}")
        raise ConnectionError


@pytest.mark.parametrize("hears", [True, False])
def test_a_gateway_that_is_away_is_asked_again_and_pays_once(
    shop: Shop, stocked: Stocked, clock: Clock, hears: bool
) -> None:
    provider = SimulatedProvider(shop)
    away = Away(shop, hears=hears)
    shop.gateway = away
    number = cancelled(shop, Method.WALLET)
    for _ in range(3):
        run_due(shop)
        assert refund(shop, number).state == "SENT"
        clock.move(minutes=4)
    assert [call.partition(" ")[0] for call in away.calls] == ["send", "ask", "ask"]
    shop.gateway = provider
    clock.move(minutes=4)
    run_due(shop)
    assert refund(shop, number).state == "DONE"
    assert rows(shop, "SELECT count(*) FROM payouts") == [(1,)]


def test_a_provider_told_twice_pays_once(shop: Shop, stocked: Stocked) -> None:
    payback = Payback("1-1-1-1", 1, 1, Method.WALLET, 500, "IDR", shop.now(), 1)
    provider = SimulatedProvider(shop)
    assert provider.ask("1-1-1-1") is None
    ends = all_at_once(*(partial(provider.send, payback) for _ in range(6)))
    assert {end.outcome for end in ends} == {Outcome.SETTLED}
    assert rows(shop, "SELECT amount_minor FROM payouts") == [(500,)]
    with shop.change() as work:
        work._cursor.execute("DELETE FROM payouts")  # nothing of ours came in for it


@pytest.mark.parametrize("script", [(SETTLE,), (FAIL, SETTLE), (REFUSE,)], ids=str)
def test_however_many_run_the_clock_each_step_is_taken_once(
    shop: Shop, stocked: Stocked, clock: Clock, script: tuple[Manner, ...], full: bool
) -> None:
    shop.gateway = SimulatedProvider(shop, script)
    numbers = [place(shop, (stocked.cream, 1), method=Method.WALLET) for _ in range(8 if full else 4)]
    for number in numbers:
        pay(shop, MAI, number, key=fresh())
        cancel_order(shop, SARI, number, "SP_PRICING_ERROR", NOTE, key=fresh())
    for _ in range(3):
        all_at_once(*(partial(settle_due, shop) for _ in range(16 if full else 6)))
        clock.move(minutes=1)
    expected = {
        (SETTLE,): ["refund_sent", "refund_done"],
        (FAIL, SETTLE): ["refund_sent", "refund_failed", "refund_sent", "refund_done"],
        (REFUSE,): ["refund_sent", "refund_given_up"],
    }[script]
    assert [happened(shop, number) for number in numbers] == [expected] * len(numbers)
    assert rows(shop, "SELECT count(*) FROM payouts") == [(len(numbers) * expected.count("refund_sent"),)]
    assert len(news(shop, numbers[0])) == len(set(news(shop, numbers[0])))


def test_so_many_are_settled_and_no_more(shop: Shop, stocked: Stocked) -> None:
    for _ in range(3):
        number = place(shop, (stocked.cream, 1), method=Method.WALLET)
        pay(shop, MAI, number, key=fresh())
        cancel_order(shop, SARI, number, "SP_PRICING_ERROR", NOTE, key=fresh())
    assert [len(settle_due(shop, most=2)) for _ in range(3)] == [4, 2, 0]


scripts = st.lists(st.sampled_from(Manner), min_size=1, max_size=9).map(tuple)
days = st.lists(st.sampled_from((MINUTE, 6 * MINUTE, HOUR, 13 * HOUR, 2 * DAY)), min_size=3, max_size=14)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    script=scripts, method=st.sampled_from([Method.WALLET, Method.CARD]), waits=days, retries=st.booleans()
)
def test_whatever_the_gateway_does_no_more_goes_out_than_came_in(
    sqlite_shop: Shop,
    clock: Clock,
    script: tuple[Manner, ...],
    method: Method,
    waits: list[int],
    retries: bool,
) -> None:
    shop = sqlite_shop
    if not rows(shop, "SELECT 1 FROM people"):
        stock(shop)
    shop.gateway = SimulatedProvider(shop, script)
    number = order_in(shop, Status.AWAITING_SHIPMENT, (43, 1), method=method, coins=0, voucher_codes=())
    paid = column(shop, number, "total_minor")
    cancel_order(shop, SARI, number, "SP_PRICING_ERROR", NOTE, key=fresh())
    for wait in waits:
        run_due(shop)
        clock.move(milliseconds=wait)
        out = order_details(shop, MAI, number).refunds
        assert sum(one.amount_minor for one in out if one.state in ("SENT", "DONE")) <= paid
        if retries and out[0].state == RefundState.GIVEN_UP:
            retry_refund(shop, OPS, number, key=fresh())
    assert check(shop).violations == ()


def test_a_refund_that_breaks_does_not_stop_the_others(
    shop: Shop, stocked: Stocked, caplog: pytest.LogCaptureFixture
) -> None:
    both = (order_in(shop, Status.UNPAID, (stocked.cream, 1), method=Method.WALLET) for _ in range(2))
    broken, sound = sorted(both)  # as they are due
    for number in (broken, sound):
        pay(shop, MAI, number, key=fresh())
        cancel_order(shop, SARI, number, "SP_PRICING_ERROR", NOTE, key=fresh())
    method = "UPDATE payments SET method = :method WHERE order_number = :number"
    run(shop, method, method="NO_METHOD", number=broken)
    assert {done.answer["number"] for done in settle_due(shop, most=1)} == {str(sound)}
    assert f"of order {broken} cannot be settled" in caplog.text
    run(shop, method, method="WALLET", number=broken)
    assert [done.answer["state"] for done in settle_due(shop)] == ["SENT", "DONE"]
