"""One order: everything about it, for its parties alone."""

import pytest

from app.shop.actions.answer import cancel_and_refund, list_option
from app.shop.actions.cancel import cancel_order
from app.shop.actions.confirm import confirm_cancel
from app.shop.actions.pay import pay
from app.shop.reads.order import cancel_choice, order_details
from app.shop.reads.orders import all_orders, orders_of
from app.shop.reads.requests import request_panel
from app.shop.reads.talk import conversation
from app.shop.rules.addresses import Parts
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.orders import Action, Status
from app.shop.rules.reasons import Fault
from app.shop.shop import SYSTEM, Shop
from tests.actions.steps import BUDI, MAI, NOTE, OPS, SARI, TUAN, ask, fresh, imported, order_in, place, run
from tests.conftest import MONDAY, Clock
from tests.people import NAVY_PRICE, PRICE, Stocked


def test_the_page_of_an_order_tells_everything(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.UNPAID)
    clock.move(minutes=5)
    pay(shop, MAI, number, key="k1")
    clock.move(minutes=5)
    cancel_order(shop, SARI, number, "SP_OTHER", NOTE, key="k2")
    details = order_details(shop, MAI, number)
    total = 2 * PRICE + NAVY_PRICE - 20_000 - 400
    assert (details.role, details.creator, details.address) == (
        *("BUYER", "dewi.pours", Parts(city="Bandung", country="ID")),
    )
    assert [(row.kind, row.amount_minor) for row in details.prices] == [
        ("ITEMS", 2 * PRICE + NAVY_PRICE),
        ("VOUCHER", -20_000),
        ("COINS", -400),
    ]
    assert [(row.method, row.state, row.amount_minor) for row in details.payments] == [
        ("CARD", "CAPTURED", total)
    ]
    assert [(row.state, row.amount_minor) for row in details.refunds] == [("REQUESTED", total)]
    assert [(row.n, row.at - MONDAY, row.role, row.action, row.status_to) for row in details.events] == [
        (0, 0, "BUYER", "place_order", "UNPAID"),
        (1, 300_000, "BUYER", "pay", "AWAITING_SHIPMENT"),
        (2, 600_000, "SELLER", "cancel", "CANCELLED"),
    ]
    # What the seller wrote is for the platform: they read it themselves, the buyer does not.
    assert (details.events[2].reason, details.events[2].note) == ("SP_OTHER", None)
    assert details.order.cancel_text is None
    own = order_details(shop, SARI, number)
    assert (own.events[2].note, own.order.cancel_text) == (NOTE, NOTE)
    assert len(details.order.lines) == 2
    assert sum(line.total_minor for line in details.order.lines) == total == details.order.total_minor
    assert (details.order.buyer, details.order.shop) == ("mai", "kopi-house")


def test_only_its_parties_see_an_order(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    for party, role in ((MAI, "BUYER"), (SARI, "SELLER"), (OPS, "OPERATOR")):
        assert order_details(shop, party, number).role == role
        assert cancel_choice(shop, party, number).order.number == number
    for stranger in (BUDI, TUAN):
        for read in (order_details, cancel_choice):
            with pytest.raises(NotFound, match="no_such_order"):
                read(shop, stranger, number)
    with pytest.raises(Refused, match="role_may_not"):
        order_details(shop, SYSTEM, number)


def test_what_is_possible_is_the_viewers(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    assert order_details(shop, MAI, number).possible == frozenset()
    seller = {Action.CANCEL, Action.CANCEL_LINES, Action.ARRANGE}
    assert order_details(shop, SARI, number).possible == seller
    assert order_details(shop, OPS, number).possible == {Action.CANCEL}


def test_an_order_without_lines_is_shown(shop: Shop, stocked: Stocked) -> None:
    number = imported(shop, place(shop))
    run(shop, "DELETE FROM lines WHERE order_number = :number", number=number)
    run(shop, "UPDATE orders SET line_count = 0 WHERE number = :number", number=number)
    assert order_details(shop, MAI, number).order.lines == ()


def test_numbers_nobody_has_are_not_found(shop: Shop, stocked: Stocked) -> None:
    for number in (0, -1, 17, 2**63 - 1, 2**63, 10**30):
        for read in (order_details, cancel_choice):
            with pytest.raises(NotFound, match="no_such_order"):
                read(shop, MAI, number)


def test_looking_changes_nothing(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    assert order_details(shop, MAI, number) == order_details(shop, MAI, number)
    assert cancel_choice(shop, MAI, number) == cancel_choice(shop, MAI, number)


def test_whose_doing_a_cancel_was_follows_from_why_it_was_asked_for(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    for reason, fault in (("BP_SELLER_SILENT", Fault.SELLER), ("BP_MISTAKE", Fault.BUYER)):
        for answer in (cancel_and_refund, cancel_order):
            number = order_in(shop, Status.AWAITING_SHIPMENT, (stocked.cream, 1), coins=0)
            ask(shop, number, reason)
            answer(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key=fresh())
            for who in (MAI, SARI):
                assert order_details(shop, who, number).fault is fault
    number = order_in(shop, Status.AWAITING_SHIPMENT, (stocked.cream, 1), coins=0)
    cancel_order(shop, SARI, number, "SP_RISK", NOTE, key=fresh())
    assert order_details(shop, MAI, number).fault is Fault.NONE


def test_a_sellers_words_to_the_platform_reach_no_read_of_the_buyers(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number)
    list_option(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key=fresh())
    reads = (order_details, cancel_choice, request_panel, conversation)
    for read in reads:
        assert NOTE not in repr(read(shop, MAI, number)), read.__name__
        if read in (order_details, request_panel):
            assert NOTE in repr(read(shop, SARI, number)), read.__name__
    confirm_cancel(shop, MAI, number, key=fresh())
    for read in reads:
        assert NOTE not in repr(read(shop, MAI, number)), read.__name__
    assert NOTE not in repr(orders_of(shop, MAI))
    assert NOTE in repr(all_orders(shop))
