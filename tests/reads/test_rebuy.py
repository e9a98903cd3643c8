"""Before cancelling and rebuying: what is promised is what happens, and only its buyer is told."""

from random import Random

import pytest

from app.shop.actions.pay import pay
from app.shop.actions.rebuy import cancel_and_rebuy
from app.shop.check import check
from app.shop.reads.order import cancel_choice, order_details
from app.shop.reads.rebuy import rebuy_choice
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import TIKTOK, Policy
from app.shop.shop import Shop
from tests.actions.steps import (
    MAI,
    SARI,
    column,
    fresh,
    imported,
    order_in,
    place,
    plenty,
    run,
    settle,
)
from tests.people import COMBINABLE, MUGS, STOCK, Stocked


@pytest.mark.parametrize("seed", range(2))
def test_what_is_promised_is_what_happens(shop: Shop, stocked: Stocked, seed: int) -> None:
    die = Random(seed)
    plenty(shop)
    settle(shop, Policy(remorse_ms=TIKTOK.remorse_ms, shipping_minor=9_001))
    run(shop, "UPDATE balances SET taken_in = 90000, free = 90000 WHERE kind <> 'STOCK'")
    for _ in range(25):
        bought = [(variant, die.randint(2, 3)) for variant in die.sample(MUGS, die.randint(1, 3))]
        number = place(shop, *bought, voucher_codes=die.choice(COMBINABLE), coins=die.choice((0, 7, 333)))
        if die.random() < 0.5:
            pay(shop, MAI, number, key=fresh())
        run(shop, "UPDATE variants SET price_minor = :p WHERE id = 41", p=die.randint(70_000, 99_000))
        choice = rebuy_choice(shop, MAI, number)
        wanted = [(variant, die.randint(1, 4)) for variant in die.sample(MUGS, die.randint(1, 3))]
        again, paid = choice.again(wanted), column(shop, number, "paid_at") is not None
        done = cancel_and_rebuy(
            shop, MAI, number, wanted, method=Method.WALLET, reason=choice.likeliest, key=fresh()
        )
        assert done.answer["total_minor"] == again.total_minor
        assert done.answer["refund_minor"] == choice.receipt.refund_minor
        assert bool(choice.receipt.refunds) == (paid and choice.order.total_minor > 0)
        new = order_details(shop, MAI, int(done.answer["replaced_by"]))
        coins = -sum(row.amount_minor for row in new.prices if row.kind == "COINS")
        assert coins == again.coins
        kept = sum(row.kind in ("VOUCHER", "FREE_SHIPPING") for row in new.prices)
        assert (kept, new.replaces) == (len(again.kept), number)
        assert order_details(shop, MAI, number).replaced_by == new.order.number
    assert check(shop).violations == ()


def test_the_pieces_of_the_order_count_as_there(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (stocked.navy, STOCK - 1))
    (line,) = rebuy_choice(shop, MAI, number).lines
    assert {good.name: good.free for good in line.goods} == {"Cream": STOCK, "Forest": STOCK, "Navy": STOCK}
    assert rebuy_choice(shop, MAI, number).again([(stocked.navy, STOCK)]).enough
    assert not rebuy_choice(shop, MAI, number).again([(stocked.navy, STOCK), (stocked.navy, 1)]).enough


def test_it_is_said_why_an_order_cannot_be_bought_again(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    choice = rebuy_choice(shop, MAI, number)
    assert (choice.why_not, choice.next_step) == ("paid_ask_seller", "contact_seller")
    assert not cancel_choice(shop, MAI, number).rebuys
    other = imported(shop, place(shop))
    assert rebuy_choice(shop, MAI, other).why_not == "edit_on_its_platform"
    assert not cancel_choice(shop, MAI, other).rebuys
    with pytest.raises(Refused, match="role_may_not"):
        rebuy_choice(shop, SARI, number)


def test_what_was_bought_is_what_came_else_all_that_was_ordered(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID)
    assert order_details(shop, MAI, number).order.items == ((stocked.cream, 2), (stocked.navy, 1))
    run(shop, "UPDATE lines SET status = 'CANCELLED' WHERE n = 1")
    assert order_details(shop, MAI, number).order.items == ((stocked.navy, 1),)
    run(shop, "UPDATE lines SET variant_id = 43, status = 'CANCELLED'")
    assert order_details(shop, MAI, number).order.items == ((stocked.navy, 3),)
