"""The paid journey, told whole: buyer, seller, platform, carrier, gateway and clock, by what they may do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from app.shop.actions.answer import (
    cancel_and_refund,
    decline,
    list_option,
    offer_change,
    overrule,
    uphold,
)
from app.shop.actions.confirm import accept_offer, confirm_cancel, refuse_offer
from app.shop.actions.late import late_payment
from app.shop.actions.pay import pay
from app.shop.actions.request import ask_to_cancel, escalate, withdraw
from app.shop.actions.ship import arrange_shipment, complete, deliver, hand_over
from app.shop.check import check
from app.shop.reads.inbox import notices
from app.shop.reads.order import order_details
from app.shop.reads.requests import RequestPanel, request_panel
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Refused
from app.shop.rules.policy import DAY, HOUR, MINUTE, Policy
from app.shop.shop import CARRIER, GATEWAY, Actor, Done, Shop
from tests.actions.disputes import ticked
from tests.actions.steps import BUDI, MAI, NOTE, OPS, SARI, column, fresh, place, rows, settle
from tests.conftest import MONDAY, Clock
from tests.people import NAVY_PRICE, PRICE, Stocked

ASKED = "SP_BUYER_REQUESTED"


@dataclass
class Told:
    """A shop, its time, and the order the story is about."""

    shop: Shop
    clock: Clock
    number: int = 0

    def buy(self, variant: int, pieces: int = 1, **options: Any) -> "Told":
        """Mai orders and pays."""
        self.number = place(self.shop, (variant, pieces), **options)
        pay(self.shop, MAI, self.number, key=fresh())
        return self

    def panel(self, who: Actor) -> RequestPanel:
        """What somebody sees of the request."""
        return request_panel(self.shop, who, self.number)

    def status(self) -> tuple[str, str]:
        """Where the order and its newest request stand."""
        newest = self.panel(MAI).newest
        return column(self.shop, self.number, "status"), newest.status if newest else ""

    def later(self, hours: float) -> list[Done]:
        """Time passes, and the clock ticks."""
        self.clock.move(hours=hours)
        return ticked(self.shop)

    def refunds(self) -> list[int]:
        """What goes back to Mai."""
        sql = "SELECT amount_minor FROM refunds WHERE order_number = :number ORDER BY n"
        return [amount for (amount,) in rows(self.shop, sql, number=self.number)]

    def read(self, who: Actor) -> list[str]:
        """What somebody's inbox says about the order, the oldest first."""
        return [one.code for one in notices(self.shop, who) if one.order_number == self.number][::-1]

    def all_is_free(self) -> bool:
        """Nothing is held, used or lost."""
        return rows(self.shop, "SELECT count(*) FROM balances WHERE free <> taken_in") == [(0,)]


@pytest.fixture
def told(shop: Shop, stocked: Stocked, clock: Clock) -> Iterator[Told]:
    """A stocked shop; when the story is over, every invariant holds and nothing is left to do."""
    yield Told(shop, clock)
    assert check(shop).violations == ()
    ticked(shop)
    assert check(shop).violations == ()


def test_the_seller_cancels_as_asked(told: Told, stocked: Stocked) -> None:
    shop, number = told.shop, told.buy(stocked.cream, 2).number
    assert told.panel(MAI).why_not_ask is None
    ask_to_cancel(shop, MAI, number, "BP_WRONG_VARIANT", "Navy, not cream", key=fresh())
    panel = told.panel(SARI)
    assert panel.newest is not None
    assert (panel.newest.text, panel.newest.answer_by) == ("Navy, not cream", MONDAY + 48 * HOUR)
    assert panel.possible == {"list_option", "cancel_and_refund", "offer_change", "decline"}
    promised = panel.receipt.refund_minor
    told.later(3)
    cancel_and_refund(shop, SARI, number, ASKED, NOTE, key=fresh())
    assert told.status() == ("CANCELLED", "APPROVED")
    assert told.refunds() == [promised] == [2 * PRICE]
    assert told.all_is_free()
    assert told.read(MAI)[-1] == told.read(SARI)[-1] == "order_cancelled"
    assert told.panel(MAI).possible == told.panel(SARI).possible == frozenset()


def test_the_seller_lists_the_option_and_the_buyer_confirms(told: Told, stocked: Stocked) -> None:
    shop, number = told.shop, told.buy(stocked.cream).number
    ask_to_cancel(shop, MAI, number, "BP_MISTAKE", key=fresh())
    list_option(shop, SARI, number, ASKED, NOTE, key=fresh())
    assert told.panel(MAI).possible == {"confirm_cancel", "withdraw"}
    assert told.panel(SARI).possible == frozenset()
    told.later(13)
    assert told.read(MAI)[-2:] == ["request_option_listed", "request_reminder_buyer"]
    confirm_cancel(shop, MAI, number, key=fresh())
    assert told.status() == ("CANCELLED", "APPROVED")
    assert told.refunds() == [PRICE]
    assert told.all_is_free()


def test_the_seller_offers_the_right_colour_and_the_buyer_takes_it(told: Told, stocked: Stocked) -> None:
    shop, number = told.shop, told.buy(stocked.cream).number
    ask_to_cancel(shop, MAI, number, "BP_WRONG_VARIANT", key=fresh())
    change = Change(ChangeKind.VARIANT, line=1, variant_id=stocked.navy)
    offer_change(shop, SARI, number, change, "Navy is here", key=fresh())
    offered = told.panel(MAI).newest
    assert offered is not None
    assert offered.change is not None
    assert (offered.change.label, offered.difference_minor) == (
        *("Enamel camp mug: Navy", NAVY_PRICE - PRICE),
    )
    accept_offer(shop, MAI, number, key=fresh())
    assert told.status() == ("AWAITING_SHIPMENT", "SUPERSEDED")
    details = order_details(shop, MAI, number)
    assert details.order.lines[0].variant == "Navy"
    assert sum(one.amount_minor for one in details.payments) == NAVY_PRICE
    arrange_shipment(shop, SARI, number, key=fresh())
    hand_over(shop, CARRIER, number, key=fresh())
    deliver(shop, CARRIER, number, key=fresh())
    complete(shop, MAI, number, key=fresh())
    assert told.status() == ("COMPLETED", "SUPERSEDED")
    assert told.refunds() == []


@pytest.mark.parametrize("for_the_buyer", [True, False])
def test_a_refusal_is_looked_at_by_the_platform(told: Told, stocked: Stocked, for_the_buyer: bool) -> None:
    shop, number = told.shop, told.buy(stocked.cream).number
    ask_to_cancel(shop, MAI, number, "BP_NOT_AS_PROMOTED", key=fresh())
    decline(shop, SARI, number, "SR_PACKED", "It is packed since this morning.", key=fresh())
    assert told.panel(MAI).possible == {"escalate", "ask_to_cancel", "ask_to_change"}
    told.later(10)
    escalate(shop, MAI, number, "The film showed another mug", key=fresh())
    assert told.read(OPS) == ["request_to_decide"]
    assert told.panel(OPS).possible == {"overrule", "uphold"}
    told.later(5)
    if for_the_buyer:
        overrule(shop, OPS, number, "OP_EXPERIENCE", "The film decides.", key=fresh())
        assert told.status() == ("CANCELLED", "APPROVED")
        assert told.refunds() == [PRICE]
        assert told.all_is_free()
    else:
        uphold(shop, OPS, number, "SR_PACKED", "The mug is the one shown.", key=fresh())
        assert told.status() == ("AWAITING_SHIPMENT", "REJECTED")
        with pytest.raises(Refused, match="escalated_already"):
            escalate(shop, MAI, number, key=fresh())
        assert told.read(MAI)[-1] == told.read(SARI)[-1] == "request_upheld"
        arrange_shipment(shop, SARI, number, key=fresh())


def test_a_request_is_taken_back_and_made_again(told: Told, stocked: Stocked) -> None:
    shop, number = told.shop, told.buy(stocked.cream).number
    ask_to_cancel(shop, MAI, number, "BP_BETTER_PRICE", key=fresh())
    told.later(1)
    withdraw(shop, MAI, number, key=fresh())
    assert told.panel(MAI).attempts_left == 2
    told.later(1)
    ask_to_cancel(shop, MAI, number, "BP_NOT_NEEDED", key=fresh())
    offer_change(shop, SARI, number, Change(ChangeKind.ADDRESS, address_id=stocked.office), key=fresh())
    told.later(1)
    refuse_offer(shop, MAI, number, key=fresh())
    withdraw(shop, MAI, number, key=fresh())
    assert told.panel(MAI).attempts_left == 1
    ask_to_cancel(shop, MAI, number, "BP_OTHER", "Really", key=fresh())
    decline(shop, SARI, number, "SR_AGREED", "We agreed to keep it.", key=fresh())
    assert told.panel(MAI).why_not_ask == "no_attempts_left"
    assert [one.status for one in told.panel(SARI).earlier] == ["WITHDRAWN", "WITHDRAWN"]


def test_silence_is_a_yes(told: Told, stocked: Stocked) -> None:
    shop, number = told.shop, told.buy(stocked.cream).number
    ask_to_cancel(shop, MAI, number, "BP_SELLER_SILENT", key=fresh())
    assert told.panel(SARI).policy.silence_approves
    assert [len(told.later(hours)) for hours in (23, 1, 19, 1, 4)] == [0, 1, 0, 1, 0]
    assert told.read(SARI)[-2:] == ["request_reminder_seller"] * 2
    told.clock.move(milliseconds=1)
    assert len(ticked(shop)) == 1
    assert told.status() == ("CANCELLED", "APPROVED")
    assert told.refunds() == [PRICE]
    assert told.all_is_free()
    sql = "SELECT facts FROM events WHERE action = 'auto_approve'"
    assert '"fault":"SELLER"' in rows(shop, sql)[0][0]


def test_silence_is_passed_on_to_the_platform(told: Told, stocked: Stocked) -> None:
    shop = told.shop
    settle(shop, Policy(silence_approves=False))
    number = told.buy(stocked.cream).number
    ask_to_cancel(shop, MAI, number, "BP_SELLER_SILENT", key=fresh())
    told.later(48)
    told.clock.move(milliseconds=1)
    ticked(shop)
    assert told.status() == ("AWAITING_SHIPMENT", "ESCALATED")
    assert told.read(OPS) == ["request_to_decide"]
    overrule(shop, OPS, number, "OP_EXPERIENCE", "Nobody answered.", key=fresh())
    assert told.status() == ("CANCELLED", "APPROVED")


def test_money_that_comes_after_the_cancel_goes_back_and_revives_nothing(
    told: Told, stocked: Stocked
) -> None:
    shop, number = told.shop, told.buy(stocked.cream).number
    ask_to_cancel(shop, MAI, number, "BP_MISTAKE", key=fresh())
    cancel_and_refund(shop, SARI, number, ASKED, NOTE, key=fresh())
    told.later(1)
    late_payment(shop, GATEWAY, number, 5_000, key=fresh())
    assert told.status() == ("CANCELLED", "APPROVED")
    assert told.refunds() == [PRICE, 5_000]
    assert told.read(MAI)[-1] == "late_payment"
    with pytest.raises(Refused, match="already_cancelled"):
        ask_to_cancel(shop, MAI, number, "BP_MISTAKE", key=fresh())


def test_a_closed_app_changes_nothing(told: Told, stocked: Stocked) -> None:
    # All clocks are due at once; where two are due at one moment, an approval comes before an order runs out.
    shop, clock = told.shop, told.clock
    settle(shop, Policy(respond_ms=4 * HOUR, confirm_ms=2 * HOUR))
    silent = told.buy(stocked.cream).number
    ask_to_cancel(shop, MAI, silent, "BP_MISTAKE", key=fresh())  # approved after 4 h
    clock.move(minutes=1)
    listed = told.buy(stocked.navy).number
    ask_to_cancel(shop, MAI, listed, "BP_MISTAKE", key=fresh())
    list_option(shop, SARI, listed, ASKED, NOTE, key=fresh())  # over after 2 h; not shipped: days later
    unpaid = place(shop, (stocked.forest, 1), buyer=BUDI)  # lapses after 1 h
    both = told.buy(stocked.forest).number
    sla = column(shop, both, "cancel_sla")
    clock.at = sla - MINUTE
    ask_to_cancel(shop, MAI, both, "BP_LATE", key=fresh())  # both its clocks end with the last day to ship
    clock.at = sla + 20 * DAY
    done = [(int(one.answer["number"]), one.answer.get("request_status")) for one in ticked(shop)]
    assert done == [
        (unpaid, None),
        (listed, "EXPIRED"),
        (silent, None),
        (both, None),
        (listed, None),
    ]
    reasons = {number: column(shop, number, "cancel_reason") for number in (unpaid, silent, listed, both)}
    assert reasons == {
        unpaid: "SY_PAYMENT_TIMEOUT",
        silent: ASKED,
        listed: "SY_SHIP_TIMEOUT",
        both: ASKED,
    }
    assert rows(shop, "SELECT max(due_at) FROM events WHERE action = 'auto_approve'") == [(sla + 1,)]
    assert told.all_is_free()
    assert ticked(shop) == []


def test_the_seller_ships_while_the_buyer_waits(told: Told, stocked: Stocked) -> None:
    shop, number = told.shop, told.buy(stocked.cream).number
    ask_to_cancel(shop, MAI, number, "BP_MISTAKE", key=fresh())
    with pytest.raises(Refused, match="request_open"):
        arrange_shipment(shop, SARI, number, key=fresh())
    arrange_shipment(shop, SARI, number, "JX0042", key=fresh())
    assert told.status() == ("AWAITING_COLLECTION", "REJECTED")
    assert told.read(MAI)[-1] == "request_shipped"
    assert told.panel(MAI).why_not_ask == "packed_ask_seller"
    escalate(shop, MAI, number, "I asked before it was packed", key=fresh())
    hand_over(shop, CARRIER, number, key=fresh())
    assert told.status() == ("IN_TRANSIT", "REJECTED")
    assert told.panel(OPS).possible == frozenset()
    deliver(shop, CARRIER, number, key=fresh())
    assert told.refunds() == []


def test_cash_on_delivery_is_asked_back_without_money(told: Told, stocked: Stocked) -> None:
    shop = told.shop
    number = told.number = place(shop, (stocked.cream, 2), method=Method.COD)
    ask_to_cancel(shop, MAI, number, "BP_NOT_NEEDED", key=fresh())
    cancel_and_refund(shop, SARI, number, ASKED, NOTE, key=fresh())
    assert told.status() == ("CANCELLED", "COMPLETE")
    assert told.refunds() == []
    assert told.all_is_free()
