"""Everybody at one moment about one request each: one of them ends it, and the ledgers move once."""

from collections import Counter
from functools import partial
from typing import Any

from app.shop.actions.answer import cancel_and_refund
from app.shop.actions.clock import run_due
from app.shop.actions.confirm import accept_offer, confirm_cancel
from app.shop.actions.pay import pay
from app.shop.actions.request import ask_to_cancel, withdraw
from app.shop.actions.ship import arrange_shipment
from app.shop.actions.silence import auto_approve
from app.shop.check import check
from app.shop.rules.policy import DAY
from app.shop.rules.receipt import Kind
from app.shop.shop import SYSTEM, Shop
from tests.actions.disputes import A, do
from tests.actions.steps import IDS, MAI, NOTE, SARI, all_at_once, balance, fresh, place, rows, run
from tests.conftest import Clock
from tests.people import PRICE, Stocked

AT_ONCE = 10
"""Orders that are raced for at one moment, by four each: what a server's connections allow."""


def asked(shop: Shop, count: int) -> list[int]:
    """So many paid orders of one cream mug, each with a request open."""
    run(shop, "UPDATE balances SET taken_in = taken_in + 5000, free = free + 5000 WHERE kind = 'STOCK'")
    numbers = [place(shop, (IDS.cream, 1)) for _ in range(count)]
    for number in numbers:
        pay(shop, MAI, number, key=fresh())
        ask_to_cancel(shop, MAI, number, "BP_MISTAKE", key=fresh())
    return numbers


def ended(shop: Shop) -> dict[int, tuple[Any, ...]]:
    """By order: where it stands, its request's status, version and answer, and what goes back."""
    sql = """SELECT o.number, o.status, q.status, q.version, q.answer_reason, o.open_request,
        (SELECT coalesce(sum(amount_minor), 0) FROM refunds r WHERE r.order_number = o.number),
        (SELECT count(*) FROM refunds r WHERE r.order_number = o.number)
        FROM orders o JOIN requests q ON q.order_number = o.number"""
    return {number: tuple(rest) for number, *rest in rows(shop, sql)}


def test_of_withdrawing_approving_shipping_and_silence_one_ends_the_request(
    shop: Shop, stocked: Stocked, clock: Clock, full: bool
) -> None:
    numbers = asked(shop, 1_000 if full else 3 * AT_ONCE)
    free = balance(shop, Kind.STOCK, IDS.cream)[0]
    clock.move(milliseconds=2 * DAY + 1)
    ends: dict[int, list[str]] = {}
    for some in _batches(numbers):
        tries = [
            attempt
            for number in some
            for attempt in (
                partial(withdraw, shop, MAI, number, key=f"w{number}"),
                partial(cancel_and_refund, shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key=f"a{number}"),
                partial(arrange_shipment, shop, SARI, number, "JX1", key=f"s{number}"),
                partial(auto_approve, shop, SYSTEM, number, key=f"c{number}"),
            )
        ]
        found = all_at_once(*tries)
        ends |= {number: found[4 * n : 4 * n + 4] for n, number in enumerate(some)}
    store, won = ended(shop), Counter[str]()
    for number in numbers:
        taken_back, approved, shipped, silent = ends[number]
        status, request, version, answer, is_open, back, refunds = store[number]
        assert "changed" not in ends[number]
        winners = {
            "WITHDRAWN": taken_back == "AWAITING_SHIPMENT",
            "APPROVED": "CANCELLED" in (approved, silent),
            "REJECTED": shipped == "AWAITING_COLLECTION" and answer == "SR_SHIPPED",
        }
        assert [name for name, did in winners.items() if did] == [request], ends[number]
        assert (approved, silent).count("CANCELLED") <= 1
        assert (version, is_open) == (1, None)
        cancelled = request == "APPROVED"
        assert (back, refunds) == ((PRICE, 1) if cancelled else (0, 0))
        # What was taken back may be shipped the moment after; what is cancelled may not.
        assert status in ({"CANCELLED"} if cancelled else {"AWAITING_SHIPMENT", "AWAITING_COLLECTION"})
        won[request] += 1
    assert sum(won.values()) == len(numbers)
    assert balance(shop, Kind.STOCK, IDS.cream)[0] == free + won["APPROVED"]
    assert check(shop).violations == ()


def test_of_taking_an_offer_leaving_it_and_the_sellers_cancel_one_counts(
    shop: Shop, stocked: Stocked, clock: Clock, full: bool
) -> None:
    numbers = asked(shop, 200 if full else AT_ONCE)
    for number in numbers:
        do(shop, A.OFFER, SARI, number)
    for some in _batches(numbers):
        tries = [
            attempt
            for number in some
            for attempt in (
                partial(accept_offer, shop, MAI, number, key=f"y{number}"),
                partial(accept_offer, shop, MAI, number, key=f"y{number}"),
                partial(withdraw, shop, MAI, number, key=f"w{number}"),
                partial(cancel_and_refund, shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key=f"a{number}"),
            )
        ]
        found = all_at_once(*tries)
        for n, number in enumerate(some):
            accepted, again, taken_back, approved = found[4 * n : 4 * n + 4]
            assert accepted == again
            assert "changed" not in found
            goes_on = "AWAITING_SHIPMENT"
            done = [accepted == goes_on, taken_back == goes_on, approved == "CANCELLED"]
            assert done.count(True) == 1
            _, request, version, *_ = ended(shop)[number]
            assert request == ("SUPERSEDED", "WITHDRAWN", "APPROVED")[done.index(True)]
            assert version == 2
    assert check(shop).violations == ()


def test_a_confirmed_cancel_sent_by_two_windows_while_the_clock_ticks_happens_once(
    shop: Shop, stocked: Stocked, clock: Clock, full: bool
) -> None:
    numbers = asked(shop, 100 if full else AT_ONCE)
    for number in numbers:
        do(shop, A.LIST_OPTION, SARI, number)
    clock.move(hours=24)
    for some in _batches(numbers):
        confirms = [
            partial(confirm_cancel, shop, MAI, number, key=f"{window}{number}")
            for number in some
            for window in "xyx"
        ]
        found = all_at_once(*confirms, partial(_tick, shop))
        for n in range(len(some)):
            first, other, again = found[3 * n : 3 * n + 3]
            assert first == again
            assert {first, other} == {"CANCELLED", "request_approved"}
    assert {tuple(one[-2:]) for one in ended(shop).values()} == {(PRICE, 1)}
    assert check(shop).violations == ()


def _tick(shop: Shop) -> None:
    run_due(shop)


def _batches(numbers: list[int]) -> list[list[int]]:
    return [numbers[n : n + AT_ONCE] for n in range(0, len(numbers), AT_ONCE)]
