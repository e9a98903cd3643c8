"""Cancel and rebuy binds nobody to what they did not see, and holds nothing for ever."""

import pytest

from app.shop.actions.edit import change_variant
from app.shop.actions.rebuy import cancel_and_rebuy
from app.shop.check import check
from app.shop.reads.rebuy import rebuy_choice
from app.shop.rules.clocks import LONGEST_MS, Method
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import HOUR, JOURNEY, MINUTE
from app.shop.shop import Shop
from tests.actions.steps import IDS, MAI, balance, column, everything, fresh, order_in, place, run
from tests.conftest import Clock
from tests.people import PRICE, STOCK, Stocked


def again(shop: Shop, number: int, method: Method = Method.CARD, expected_minor: int | None = None) -> int:
    """Mai buys one cream mug instead; the number of the new order."""
    reason = "BP_WRONG_VARIANT" if column(shop, number, "paid_at") else "BU_WRONG_VARIANT"
    given = {"method": method, "reason": reason, "expected_minor": expected_minor, "key": fresh()}
    return int(cancel_and_rebuy(shop, MAI, number, [(IDS.cream, 1)], **given).answer["replaced_by"])  # type: ignore[arg-type]


def test_a_price_that_rose_since_it_was_shown_binds_nobody(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (IDS.forest, 1))
    shown = rebuy_choice(shop, MAI, number).again([(IDS.cream, 1)]).total_minor
    run(shop, "UPDATE variants SET price_minor = price_minor * 10 WHERE id = :id", id=IDS.cream)
    before = everything(shop)
    with pytest.raises(Refused, match="price_changed") as refused:
        again(shop, number, Method.COD, shown)
    assert refused.value.facts == {"old_minor": PRICE, "new_minor": 10 * PRICE, "currency": "IDR"}
    assert everything(shop) == before
    assert column(shop, again(shop, number, Method.COD, 10 * PRICE), "total_minor") == 10 * PRICE


def test_two_lines_of_one_variant_are_bought_as_they_are_shown(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (IDS.cream, 1), (IDS.forest, 1))
    change_variant(shop, MAI, number, 2, IDS.cream, key=fresh())
    choice = rebuy_choice(shop, MAI, number)
    items = [(line.variant_id, line.pieces) for line in choice.lines]
    assert items == [(IDS.cream, 1), (IDS.cream, 1)]
    shown = choice.again(items).total_minor
    done = cancel_and_rebuy(
        *(shop, MAI, number, items),
        method=Method.CARD,
        reason="BU_WRONG_VARIANT",
        expected_minor=shown,
        key=fresh(),
    )
    assert column(shop, int(done.answer["replaced_by"]), "total_minor") == shown == 2 * PRICE
    assert balance(shop, "STOCK", IDS.cream) == (STOCK - 2, 2, 0, 0)


def test_bought_again_and_again_it_is_to_be_paid_within_two_days_of_the_first_time(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    first = clock.at
    number = place(shop, (IDS.cream, 1))
    while clock.at + 59 * MINUTE < first + LONGEST_MS:
        clock.move(minutes=59)
        number = again(shop, number)
        latest = min(clock.at + JOURNEY.pay_card_ms, first + LONGEST_MS)
        assert column(shop, number, "pay_by") == latest
    assert column(shop, number, "pay_by") == first + LONGEST_MS
    clock.at = first + LONGEST_MS
    with pytest.raises(Refused, match="pay_by_is_longest"):
        again(shop, number)
    assert check(shop).violations == ()
    clock.move(minutes=30)
    with pytest.raises(Refused, match="pay_by_passed"):
        again(shop, number)


def test_what_lapsed_while_nobody_looked_is_not_bought_again(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop, (IDS.cream, 1))
    clock.move(days=1)
    assert rebuy_choice(shop, MAI, number).why_not == "pay_by_passed"
    before = everything(shop)
    with pytest.raises(Refused, match="pay_by_passed"):
        again(shop, number)
    assert everything(shop) == before


def test_what_was_paid_is_bought_again_with_all_the_time_there_is(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = order_in(shop, Status.ON_HOLD, (IDS.cream, 1), coins=0, voucher_codes=())
    clock.move(minutes=20)
    new = again(shop, number, Method.TRANSFER)
    assert column(shop, new, "pay_by") == clock.at + 24 * HOUR
