"""Single lines to choose from before a cancel: what is promised is what happens."""

from random import Random
from typing import Any

import pytest

from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.pay import pay
from app.shop.check import check
from app.shop.reads.lines import LinesChoice
from app.shop.reads.order import cancel_choice, order_details
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import TIKTOK, Policy
from app.shop.shop import Actor, Shop
from tests.actions.steps import (
    MAI,
    NOTE,
    OPS,
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
from tests.people import COMBINABLE, MUGS, PRICE, Stocked


def lines_to_choose(shop: Shop, actor: Actor, number: int) -> LinesChoice | None:
    """The lines that can be cancelled one by one."""
    return cancel_choice(shop, actor, number).lines


def ordered(shop: Shop, die: Random) -> int:
    """Some order of several lines, paid or not."""
    items = [(variant, die.randint(1, 3)) for variant in die.sample(MUGS, die.randint(2, 3))]
    method, coins = die.choice((Method.CARD, Method.WALLET, Method.COD)), die.choice((0, 7, 333))
    number = place(shop, *items, method=method, voucher_codes=die.choice(COMBINABLE), coins=coins)
    if method is not Method.COD and die.random() < 0.6:
        pay(shop, MAI, number, key=fresh())
    return number


@pytest.mark.parametrize("seed", range(2))
def test_what_is_promised_is_what_happens(shop: Shop, stocked: Stocked, seed: int) -> None:
    die = Random(seed)
    plenty(shop)
    settle(shop, Policy(remorse_ms=TIKTOK.remorse_ms, shipping_minor=9_001))
    run(shop, "UPDATE balances SET taken_in = 90000, free = 90000 WHERE kind <> 'STOCK'")
    done = refused = 0
    for _ in range(25):
        number = ordered(shop, die)
        while choice := lines_to_choose(shop, MAI, number):
            chosen = frozenset(die.sample(sorted(choice.lines), die.randint(1, len(choice.lines))))
            promised = choice.without(chosen)
            reason = "BU_MISTAKE" if column(shop, number, "status") == "UNPAID" else "BP_MISTAKE"
            if promised and promised.cheaper_by < 0:
                with pytest.raises(Refused, match="rest_would_cost_more") as told:
                    cancel_lines(shop, MAI, number, sorted(chosen), reason, key=fresh())
                assert told.value.facts == {"difference_minor": -promised.cheaper_by}
                refused += 1
                break
            before = cancel_choice(shop, MAI, number).receipt
            answer = cancel_lines(shop, MAI, number, sorted(chosen), reason, key=fresh()).answer
            back = promised.receipt if promised else before
            assert answer["refund_minor"] == back.refund_minor
            assert sorted(
                (one["kind"], int(one["subject"]), one["amount"]) for one in answer["released"]
            ) == [(held.kind, held.subject, held.amount) for held in back.released]
            assert column(shop, number, "total_minor") == (promised or choice).total_minor
            done += 1
    assert done > 20 < done + refused
    assert check(shop).violations == ()


def test_the_voucher_that_falls_away_is_named_before_the_tap(shop: Shop, stocked: Stocked) -> None:
    options: dict[str, Any] = {"voucher_codes": ("KOPI15K",), "coins": 0}
    number = order_in(shop, Status.UNPAID, (stocked.cream, 1), (stocked.navy, 1), **options)
    choice = lines_to_choose(shop, MAI, number)
    assert choice is not None
    parted = choice.without(frozenset({2}))
    assert parted is not None
    assert (parted.dropped, parted.dearer_by, parted.total_minor) == (("KOPI15K",), 15_000, PRICE)
    assert choice.without(choice.lines) is None


def test_there_is_something_to_choose_only_where_lines_can_be_cancelled_one_by_one(
    shop: Shop, stocked: Stocked
) -> None:
    number = order_in(shop, Status.UNPAID)
    assert lines_to_choose(shop, MAI, number)
    assert lines_to_choose(shop, SARI, number) is None  # the policy does not let a seller
    assert lines_to_choose(shop, OPS, number) is None
    assert lines_to_choose(shop, MAI, place(shop, (stocked.cream, 2))) is None
    paid = order_in(shop, Status.AWAITING_SHIPMENT, (stocked.cream, 1), (stocked.forest, 1), coins=0)
    assert lines_to_choose(shop, MAI, paid) is None
    assert lines_to_choose(shop, SARI, paid)
    cancel_lines(shop, SARI, paid, [1], "SP_OTHER", NOTE, key=fresh())
    assert lines_to_choose(shop, SARI, paid) is None  # one line is left
    assert lines_to_choose(shop, MAI, imported(shop, number)) is None
    assert order_details(shop, MAI, number).order.line_count == 2
