"""What an agreed change costs more is charged through the gateway: once, in time, or not at all."""

from dataclasses import replace
from functools import partial

from app.shop.actions.cancel import cancel_order
from app.shop.actions.change import accept_change, ask_to_change
from app.shop.actions.charge import ask_due
from app.shop.actions.ship import arrange_shipment
from app.shop.check import check
from app.shop.gateway import Answer, Bank, Charge
from app.shop.provider import SimulatedProvider
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.orders import Status
from app.shop.shop import Shop
from tests.actions.disputes import told_last
from tests.actions.steps import IDS, MAI, NOTE, SARI, all_at_once, column, fresh, order_in, rows
from tests.conftest import Clock
from tests.people import NAVY_PRICE, PRICE, Stocked

MORE = NAVY_PRICE - PRICE


def changed(shop: Shop) -> int:
    """A paid order whose cream mug both sides agreed to make a navy one, which costs more."""
    number = order_in(shop, Status.AWAITING_SHIPMENT, (IDS.cream, 1), voucher_codes=(), coins=0)
    ask_to_change(shop, MAI, number, Change(ChangeKind.VARIANT, line=1, variant_id=IDS.navy), key=fresh())
    accept_change(shop, SARI, number, key=fresh())
    return number


def difference(shop: Shop, number: int) -> tuple[object, ...]:
    """How the charge stands: its state, its amount and its trouble."""
    sql = "SELECT state, amount_minor, trouble FROM payments WHERE order_number = :n AND cause IS NOT NULL"
    (row,) = rows(shop, sql, n=number)
    return tuple(row)


def books(shop: Shop) -> list[tuple[object, ...]]:
    """What the bank took, of charges alone."""
    return rows(shop, "SELECT amount_minor FROM charges WHERE outcome = 'CAPTURED' ORDER BY reference")


def test_the_bank_takes_it_once_whoever_asks(shop: Shop, stocked: Stocked) -> None:
    number = changed(shop)
    assert difference(shop, number) == ("ATTEMPTED", MORE, None)
    all_at_once(*(partial(ask_due, shop) for _ in range(4)))
    assert difference(shop, number) == ("CAPTURED", MORE, None)
    assert books(shop) == [(MORE,)]
    assert ask_due(shop) == ()
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    assert check(shop).sound


def test_it_is_taken_however_far_the_order_is_by_then(shop: Shop, stocked: Stocked) -> None:
    number = changed(shop)
    arrange_shipment(shop, SARI, number, key=fresh())
    ask_due(shop)
    assert difference(shop, number) == ("CAPTURED", MORE, None)
    assert check(shop).sound


def test_of_an_order_that_is_cancelled_first_nothing_is_taken(shop: Shop, stocked: Stocked) -> None:
    number = changed(shop)
    cancel_order(shop, SARI, number, "SP_PRICING_ERROR", NOTE, key=fresh())
    assert ask_due(shop) == ()
    assert difference(shop, number) == ("FAILED", MORE, "never_told")
    assert books(shop) == []
    assert rows(shop, "SELECT sum(amount_minor) FROM refunds") == [(PRICE,)]
    assert check(shop).sound


class Hasty(SimulatedProvider):
    """A bank that takes the money while the order is cancelled."""

    def charge(self, charge: Charge) -> Answer:
        """Be told, and see it cancelled."""
        answer = super().charge(charge)
        cancel_order(self._shop, SARI, charge.number, "SP_PRICING_ERROR", NOTE, key=fresh())
        return answer


def test_what_was_taken_while_it_was_cancelled_goes_back_too(shop: Shop, stocked: Stocked) -> None:
    number = changed(shop)
    shop.gateway = Hasty(shop)
    ask_due(shop)
    assert difference(shop, number) == ("LATE", MORE, None)
    assert rows(shop, "SELECT amount_minor FROM refunds ORDER BY amount_minor") == [(MORE,), (PRICE,)]
    assert check(shop).sound


class Broke(SimulatedProvider):
    """A bank that has nothing to take."""

    def charge(self, charge: Charge) -> Answer:
        """Refuse."""
        return super().charge(replace(charge, token=Bank.REFUSES))


def test_where_the_bank_refuses_both_sides_are_told_and_the_order_goes_on(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = changed(shop)
    shop.gateway = Broke(shop)
    (done,) = ask_due(shop)
    assert done.answer["trouble"] == "insufficient_funds"
    assert difference(shop, number) == ("FAILED", MORE, "insufficient_funds")
    assert told_last(shop, number) == {
        (IDS.mai, "difference_refused"),
        (IDS.sari, "difference_refused"),
    }
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    cancel_order(shop, SARI, number, "SP_PRICING_ERROR", NOTE, key=fresh())
    assert rows(shop, "SELECT amount_minor FROM refunds") == [(PRICE,)]
    assert check(shop).sound
