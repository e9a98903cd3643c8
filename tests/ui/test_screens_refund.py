"""The refund on the order's page: each step with its date, as the clock brings it, to both sides."""

from dataclasses import replace

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.clock import run_due
from app.shop.gateway import Manner
from app.shop.provider import SimulatedProvider
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Status
from app.shop.shop import Actor, Shop
from tests.actions.steps import MAI, NOTE, OPS, SARI, fresh, order_in, rows
from tests.conftest import Clock
from tests.ui.looking import Look

FAIL, SLOW, REFUSE, SETTLE = Manner.FAIL, Manner.SLOW, Manner.REFUSE, Manner.SETTLE


def cancelled(shop: Shop, method: Method = Method.CARD, reason: str = "SP_OUT_OF_STOCK") -> int:
    """A paid order that its seller cancelled."""
    number = order_in(shop, Status.AWAITING_SHIPMENT, method=method)
    cancel_order(shop, SARI, number, reason, NOTE, key=fresh())
    return number


@pytest.mark.parametrize("person", [MAI, SARI])
async def test_a_refund_is_shown_step_by_step_until_the_money_is_back(
    shop: Shop, look: Look, clock: Clock, person: Actor
) -> None:
    number = cancelled(shop)
    async with look.at(f"/orders/{number}", person=person) as phone:
        await phone.until(lambda: phone.sees("Sent 16:00"))
        for words in (
            "Refund · Card",
            "Requested 16:00",
            "Expected by Mar 9",
            "Refund on its way",
            "Refund sent",
        ):
            assert phone.sees(words), words
        clock.move(days=7)
        await phone.until(lambda: phone.sees("Paid back 16:00"))
        assert not phone.sees("Expected by")
        assert phone.sees("Refund arrived")


async def test_what_fails_says_when_it_is_tried_again_and_then_arrives(
    shop: Shop, look: Look, clock: Clock
) -> None:
    number = cancelled(shop, Method.WALLET)
    async with replace(look, script=(FAIL, FAIL, SETTLE)).at(f"/orders/{number}") as phone:
        await phone.until(lambda: phone.sees("We try again at 16:01"))
        assert phone.sees("The bank refused it for now.")
        clock.move(minutes=1)
        await phone.until(lambda: phone.sees("We try again at 16:06"))
        assert phone.sees("Sent again 16:01, attempt 2")
        clock.move(minutes=5)
        await phone.until(lambda: phone.sees("Paid back 16:06"))
        assert not phone.sees("The bank refused")


async def test_what_is_late_is_not_promised_any_more(shop: Shop, look: Look, clock: Clock) -> None:
    number = cancelled(shop)
    async with replace(look, script=(SLOW,)).at(f"/orders/{number}") as phone:
        await phone.until(lambda: phone.sees("Sent 16:00"))
        clock.move(days=7, hours=2)
        await phone.until(lambda: phone.sees("is not there yet"))
        assert not phone.sees("Expected by")
        assert phone.sees("Refund is late")


@pytest.mark.parametrize("person", [MAI, SARI])
async def test_what_is_given_up_is_looked_after_and_told_to_both(
    shop: Shop, look: Look, person: Actor
) -> None:
    number = cancelled(shop, Method.WALLET)
    async with replace(look, script=(REFUSE,)).at(f"/orders/{number}", person=person) as phone:
        await phone.until(lambda: phone.sees("The platform looks after it."))
        assert phone.sees("the account does not exist any more")
        assert phone.sees("Refund failed")
        await phone.visit("/inbox")
        await phone.until(lambda: phone.sees("Refund could not be paid back: the platform looks after it"))


async def test_the_platform_sends_again_what_was_given_up(shop: Shop, look: Look) -> None:
    number = cancelled(shop, Method.WALLET)
    shop.gateway = SimulatedProvider(shop, (REFUSE,))
    run_due(shop)
    for person in (MAI, SARI):
        async with look.at(f"/orders/{number}", person=person) as phone:
            await phone.shows("refund-1")
            assert phone.find("retry-refund") is None
    async with look.at(f"/orders/{number}", person=OPS) as phone:
        await phone.tap("retry-refund")
        await phone.until(lambda: rows(shop, "SELECT state FROM refunds") == [("DONE",)])
        await phone.until(lambda: phone.find("retry-refund") is None)


async def test_the_buyer_finds_in_the_inbox_that_the_money_is_back(shop: Shop, look: Look) -> None:
    cancelled(shop, Method.WALLET)
    async with look.at("/inbox") as phone:
        await phone.until(lambda: phone.sees("Refund arrived"))


async def test_before_the_clock_ran_the_refund_is_asked_for(shop: Shop, look: Look) -> None:
    number = cancelled(shop)
    async with look.at(f"/orders/{number}") as phone:
        await phone.shows("refund-1")
        assert phone.sees("Requested 16:00")


@pytest.mark.parametrize("person", [MAI, SARI])
@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("SP_OUT_OF_STOCK", "The seller takes responsibility for this cancellation."),
        ("SP_UNDELIVERABLE", None),
    ],
)
async def test_both_sides_read_the_same_of_whose_fault_it_was(
    shop: Shop, look: Look, person: Actor, reason: str, said: str | None
) -> None:
    number = cancelled(shop, reason=reason)
    async with look.at(f"/orders/{number}", person=person) as phone:
        await phone.shows("refund-1")
        assert phone.sees("responsibility") == (said is not None)
        assert said is None or phone.sees(said)


async def test_a_cancel_for_the_buyers_own_reason_does_not_count_against_the_shop(
    shop: Shop, look: Look
) -> None:
    number = order_in(shop, Status.UNPAID)
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    async with look.at(f"/orders/{number}", person=SARI) as phone:
        await phone.until(lambda: phone.sees("This cancellation does not count against the shop."))
        assert phone.sees("Voucher KOPI10 can be used again")
        assert phone.find("refund-1") is None


async def test_a_voucher_that_ended_meanwhile_says_so(shop: Shop, look: Look, clock: Clock) -> None:
    number = cancelled(shop)
    clock.move(days=40)
    async with look.at(f"/orders/{number}") as phone:
        await phone.until(lambda: phone.sees("Voucher KOPI10 came back, but it ended Apr 1."))
