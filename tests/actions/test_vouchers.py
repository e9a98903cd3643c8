"""Vouchers of orders: each use is given back once, whatever happens to the order and how often."""

from functools import partial

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.edit import change_vouchers
from app.shop.actions.place import place_order
from app.shop.reads.checkout import CheckoutChoice, checkout_choice
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Refused
from app.shop.rules.receipt import Kind
from app.shop.shop import Actor, Done, Shop
from tests.actions.steps import BUDI, IDS, MAI, all_at_once, balance, everything, fresh, place, rows, run
from tests.people import STOCK, VOUCHER_USES, Stocked

WHOLE = (VOUCHER_USES, 0, 0, 0)


def uses(shop: Shop, voucher: int = IDS.amount_off) -> tuple[int, int, int, int]:
    """Free, held, used and lost uses of a voucher."""
    return balance(shop, Kind.VOUCHER, voucher)


def test_a_use_is_given_back_once_however_often_it_is_tried(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, voucher_codes=("KOPI15K", "KOPISHIP"))
    ends = all_at_once(
        *[partial(cancel_order, shop, MAI, number, "BU_MISTAKE", key=fresh()) for _ in range(4)]
    )
    assert ends.count("CANCELLED") == 1
    assert uses(shop) == uses(shop, IDS.free_shipping) == WHOLE
    with pytest.raises(Refused):
        change_vouchers(shop, MAI, number, (), key=fresh())
    assert uses(shop) == WHOLE


def test_nor_can_the_same_hold_end_twice_behind_the_shops_back(shop: Shop, stocked: Stocked) -> None:
    cancel_order(shop, MAI, place(shop, voucher_codes=("KOPI15K",)), "BU_MISTAKE", key=fresh())
    for _ in range(2):
        run(shop, "UPDATE holds SET state = 'RELEASED' WHERE kind = 'VOUCHER'")
        assert uses(shop) == WHOLE


def test_one_below_its_threshold_after_a_line_is_gone_falls_away_and_is_given_back_once(
    shop: Shop, stocked: Stocked
) -> None:
    number = place(shop, (stocked.cream, 1), (stocked.navy, 1), voucher_codes=("KOPI15K",))
    assert uses(shop) == (VOUCHER_USES - 1, 1, 0, 0)
    cancel_lines(shop, MAI, number, (2,), "BU_MISTAKE", key=fresh())
    assert uses(shop) == WHOLE
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    assert uses(shop) == WHOLE


def test_two_off_the_items_do_not_combine(shop: Shop, stocked: Stocked) -> None:
    before = everything(shop)
    with pytest.raises(Refused, match="voucher_not_combinable"):
        place(shop, voucher_codes=("KOPI10", "KOPI15K"))
    assert everything(shop) == before


def test_of_two_who_saw_the_last_piece_one_gets_it_and_the_other_is_told_before_paying(
    shop: Shop, stocked: Stocked
) -> None:
    place(shop, (stocked.cream, STOCK - 1))
    for _ in range(5):
        shown = {who: checkout_choice(shop, who, ((IDS.cream, 1),)) for who in (MAI, BUDI)}
        assert all(one.can_be_placed for one in shown.values())
        tries = [partial(_as_shown, shop, who, one) for who, one in shown.items()]
        assert sorted(all_at_once(*tries)) == ["UNPAID", "out_of_stock"]
        again = checkout_choice(shop, MAI, ((IDS.cream, 1),))
        assert [(line.problem, line.free) for line in again.lines] == [("out_of_stock", 0)]
        ((number, buyer),) = rows(
            shop, "SELECT number, buyer_id FROM orders WHERE status = 'UNPAID' AND total_minor < 100000"
        )
        cancel_order(shop, Actor(buyer), number, "BU_MISTAKE", key=fresh())


def _as_shown(shop: Shop, who: Actor, shown: CheckoutChoice) -> Done:
    """Order what was shown, for what was shown."""
    codes, total = shown.voucher_codes, shown.total_minor
    return place_order(
        shop, who, shown.items, Method.CARD, voucher_codes=codes, expected_minor=total, key=fresh()
    )
