"""What a buyer can put right: what it costs is what the action then makes it cost, and why not is said."""

import pytest

from app.shop.actions.change import ask_to_change
from app.shop.actions.edit import change_payment_method, change_variant, change_vouchers
from app.shop.actions.pay import Outcome, pay
from app.shop.reads.fixes import FixChoice, fix_choice
from app.shop.reads.offers import offer_choice
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Method
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import HOUR
from app.shop.shop import Shop
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    SARI,
    ask,
    column,
    fresh,
    imported,
    order_in,
    place,
    plenty,
    run,
)
from tests.conftest import Clock
from tests.people import Stocked


@pytest.fixture(autouse=True)
def enough(stocked: Stocked, shop: Shop) -> None:
    """Enough of everything."""
    plenty(shop)


def why(choice: FixChoice) -> tuple[str | None, str | None]:
    """Why nothing can be put right, and what can be done instead."""
    return choice.why_not, choice.next_step


def test_each_variant_costs_what_it_says_and_loses_the_voucher_it_says(shop: Shop) -> None:
    run(shop, "UPDATE vouchers SET least_minor = 260000 WHERE id = :id", id=IDS.amount_off)
    number = order_in(shop, Status.UNPAID, voucher_codes=["KOPI15K"], coins=0)
    choice = fix_choice(shop, MAI, number)
    assert (choice.asks, choice.why_not) == (False, None)
    found = {(line.n, one.name): one for line in choice.lines for one in line.variants}
    assert {name: one.loses_voucher for name, one in found.items()} == {
        (1, "Forest"): False,
        (1, "Navy"): False,
        (2, "Cream"): True,
        (2, "Forest"): True,
    }
    for (line, _), one in found.items():
        other = order_in(shop, Status.UNPAID, voucher_codes=["KOPI15K"], coins=0)
        done = change_variant(shop, MAI, other, line, one.id, key=fresh())
        assert done.answer["difference_minor"] == one.difference_minor


def test_each_voucher_costs_what_it_says_or_says_why_not(shop: Shop) -> None:
    number = place(shop, (IDS.cream, 1), voucher_codes=["KOPI10"])
    found = {one.code: one for one in fix_choice(shop, MAI, number).vouchers}
    assert set(found) == {"KOPI10", "KOPI15K", "KOPISHIP"}
    assert (found["KOPI15K"].why_not, found["KOPI15K"].missing_minor) == ("voucher_below_threshold", 15_000)
    assert (found["KOPI10"].used, found["KOPI10"].codes) == (True, ())
    assert found["KOPISHIP"].codes == ("KOPI10", "KOPISHIP")
    for one in found.values():
        if one.why_not is None:
            other = place(shop, (IDS.cream, 1), voucher_codes=["KOPI10"])
            done = change_vouchers(shop, MAI, other, one.codes, key=fresh())
            assert done.answer["difference_minor"] == one.difference_minor
        else:
            with pytest.raises(Refused, match=one.why_not):
                change_vouchers(shop, MAI, number, one.codes, key=fresh())


def test_a_voucher_that_is_used_up_says_so_but_not_to_the_order_that_has_it(shop: Shop) -> None:
    numbers = [place(shop, (IDS.cream, 1), voucher_codes=["KOPI10"]) for _ in range(5)]
    other = place(shop, (IDS.cream, 1))
    mine = {one.code: one for one in fix_choice(shop, MAI, numbers[0]).vouchers}
    theirs = {one.code: one for one in fix_choice(shop, MAI, other).vouchers}
    assert mine["KOPI10"].why_not is None
    assert mine["KOPISHIP"].why_not is None
    assert theirs["KOPI10"].why_not == "voucher_used_up"


def test_each_way_to_pay_says_until_when_and_that_is_when(shop: Shop, clock: Clock) -> None:
    number = place(shop, method=Method.CARD)
    methods = {one.method: one.pay_by for one in fix_choice(shop, MAI, number).methods}
    assert set(methods) == {"WALLET", "TRANSFER", "COD"}
    assert methods["COD"] is None
    assert methods["TRANSFER"] == clock.at + 24 * HOUR
    for method, by in methods.items():
        other = place(shop, method=Method.CARD)
        change_payment_method(shop, MAI, other, Method(method), key=fresh())
        assert column(shop, other, "pay_by") == by


def test_addresses_are_the_others_of_the_buyer_whole(shop: Shop) -> None:
    number = order_in(shop, Status.UNPAID)
    choice = fix_choice(shop, MAI, number)
    addresses, own = choice.addresses, choice.sent_to
    assert own is not None
    assert (own.id, own.parts.label) == (IDS.home, "Home")
    assert [(one.id, one.parts.label, one.parts.city) for one in addresses] == [
        (IDS.office, "Office", "Jakarta")
    ]


def test_a_paid_order_has_what_the_seller_can_be_asked_for_and_until_when(shop: Shop, clock: Clock) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    choice = fix_choice(shop, MAI, number)
    assert (choice.asks, choice.answer_by) == (True, clock.at + 48 * HOUR)
    assert choice.methods == ()
    ask(shop, number)
    # The seller's offers and the buyer's wishes are priced alike.
    offers = offer_choice(shop, SARI, number)
    assert offers.lines == choice.lines
    assert offers.vouchers == tuple(
        one for one in choice.vouchers if one.why_not is None and one.difference_minor < 0
    )


def test_why_nothing_can_be_put_right_is_said_with_what_to_do_instead(shop: Shop, clock: Clock) -> None:
    paying = place(shop)
    pay(shop, MAI, paying, Outcome.ATTEMPTED, key=fresh())
    assert why(fix_choice(shop, MAI, paying)) == ("payment_in_progress", "wait_for_payment")
    assert why(fix_choice(shop, MAI, imported(shop, place(shop)))) == ("edit_on_its_platform", None)
    packed = order_in(shop, Status.AWAITING_COLLECTION)
    assert why(fix_choice(shop, MAI, packed)) == ("packed_ask_seller", "contact_seller")
    asked = order_in(shop, Status.AWAITING_SHIPMENT)
    ask_to_change(shop, MAI, asked, Change(ChangeKind.ADDRESS, address_id=IDS.office), key=fresh())
    assert why(fix_choice(shop, MAI, asked)) == ("request_open", "see_request")
    late = place(shop)
    clock.move(hours=2)
    assert why(fix_choice(shop, MAI, late)) == ("pay_by_passed", "buy_again")
    assert fix_choice(shop, MAI, late).lines == ()


def test_what_a_buyer_can_put_right_is_theirs_alone_to_see(shop: Shop) -> None:
    number = place(shop)
    with pytest.raises(Refused, match="role_may_not"):
        fix_choice(shop, SARI, number)
    with pytest.raises(NotFound):
        fix_choice(shop, BUDI, number)
