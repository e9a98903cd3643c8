"""What a seller can offer: what it costs is what the buyer will be told, and no more of them is told."""

import pytest

from app.shop.actions.answer import offer_change
from app.shop.actions.request import withdraw
from app.shop.reads.offers import DAYS, AddressChoice, asked_before, offer_choice
from app.shop.reads.requests import request_panel
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY
from app.shop.shop import Shop
from tests.actions.steps import BUDI, IDS, MAI, SARI, TUAN, ask, fresh, order_in, run
from tests.conftest import Clock
from tests.people import Stocked


@pytest.fixture
def number(stocked: Stocked, shop: Shop) -> int:
    """An order with voucher and coins whose buyer asks to have it cancelled."""
    one = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, one)
    return one


def test_the_difference_shown_is_the_difference_offered(shop: Shop, number: int) -> None:
    line = offer_choice(shop, SARI, number).lines[0]
    assert [one.name for one in line.variants] == ["Forest", "Navy"]
    navy = line.variants[1]
    assert navy.difference_minor > 0
    offer_change(shop, SARI, number, Change(ChangeKind.VARIANT, line=line.n, variant_id=navy.id), key=fresh())
    newest = request_panel(shop, SARI, number).newest
    assert newest is not None
    assert newest.difference_minor == navy.difference_minor


def test_a_difference_takes_the_voucher_into_account(shop: Shop, number: int) -> None:
    run(shop, "UPDATE vouchers SET least_minor = 260000")  # two cream and a navy reach it, three cream do not
    line = offer_choice(shop, SARI, number).lines[1]
    cream = line.variants[0]
    assert cream.name == "Cream"
    assert cream.difference_minor == -10_000 + 20_000


def test_what_is_sold_out_is_said_to_be(shop: Shop, number: int) -> None:
    run(shop, f"UPDATE balances SET taken_in = taken_in - free + 1, free = 1 WHERE subject = {IDS.forest}")
    forest = offer_choice(shop, SARI, number).lines[0].variants[0]
    assert (forest.free, forest.enough) == (1, False)


def test_addresses_are_told_by_city_alone_and_days_are_working_days(
    shop: Shop, number: int, clock: Clock
) -> None:
    choice = offer_choice(shop, SARI, number)
    assert choice.addresses == (AddressChoice(IDS.office, "Jakarta"),)
    assert len(set(choice.days)) == DAYS
    assert all(clock.at < day <= clock.at + 14 * DAY for day in choice.days)
    for day in choice.days[:1]:
        offer_change(shop, SARI, number, Change(ChangeKind.SHIP_DATE, ship_by=day), key=fresh())


def test_what_can_be_offered_is_the_sellers_alone_to_see(shop: Shop, number: int) -> None:
    with pytest.raises(Refused, match="role_may_not"):
        offer_choice(shop, MAI, number)
    for stranger in (BUDI, TUAN):
        for read in (offer_choice, asked_before):
            with pytest.raises(NotFound):
                read(shop, stranger, number)


def test_where_a_buyer_lives_is_told_only_while_something_can_be_offered(shop: Shop, number: int) -> None:
    offer_choice(shop, SARI, number)
    withdraw(shop, MAI, number, key=fresh())
    with pytest.raises(Refused, match="request_withdrawn"):
        offer_choice(shop, SARI, number)


def test_earlier_requests_about_other_orders_of_this_shop_are_counted(shop: Shop, number: int) -> None:
    assert asked_before(shop, SARI, number) == 0
    other = order_in(shop, Status.AWAITING_SHIPMENT, (IDS.cream, 1), voucher_codes=(), coins=0)
    ask(shop, other)
    withdraw(shop, MAI, other, key=fresh())
    ask(shop, other)
    assert asked_before(shop, SARI, number) == 2
    assert asked_before(shop, SARI, other) == 1
