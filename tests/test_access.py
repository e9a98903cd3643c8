"""Who may do and see what: every action and read, for everybody, on a real order."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from app.shop.access import GRANTS, authorise, roles_of
from app.shop.actions import (
    answer,
    cancel,
    cancel_lines,
    change,
    charge,
    confirm,
    deadlines,
    edit,
    extend,
    late,
    pay,
    photos,
    place,
    rebuy,
    refund,
    request,
    ship,
    silence,
    talk,
)
from app.shop.reads import evidence, fixes, inbox, offers, order, orders, paying, requests
from app.shop.reads import rebuy as again
from app.shop.reads import talk as conversations
from app.shop.reads.search import Found, search_orders
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid, NotFound, Refused
from app.shop.rules.orders import Role
from app.shop.shop import CARRIER, GATEWAY, SYSTEM, Actor, Shop
from tests.actions.steps import NOTE
from tests.people import Stocked

# y: may; n: is something to the order, but may not; -: is nothing to the order and does not learn of it
MATRIX = """
                       buyer  other-buyer  seller  other-seller  staff  system  gateway  carrier
pay                    y      -            n       -             n      n       y        n
cancel                 y      -            y       -             y      n       n        n
cancel_lines           y      -            y       -             n      n       n        n
cancel_and_rebuy       y      -            n       -             n      n       n        n
remind                 n      -            n       -             n      y       n        n
expire                 n      -            n       -             n      y       n        n
release                n      -            n       -             n      y       n        n
arrange_shipment       n      -            y       -             n      n       n        n
hand_over              n      -            y       -             n      n       n        y
deliver                y      -            n       -             n      n       n        y
complete               y      -            n       -             n      y       n        n
ship_timeout           n      -            n       -             n      y       n        n
lose                   n      -            n       -             n      y       n        y
late_payment           n      -            n       -             n      n       y        n
pay_difference         n      -            n       -             n      n       y        n
begin_payment          y      -            n       -             n      n       n        n
extend_pay_by          y      -            n       -             n      n       n        n
paying                 y      -            n       -             n      n       n        n
change_variant         y      -            n       -             n      n       n        n
change_voucher         y      -            n       -             n      n       n        n
change_address         y      -            n       -             n      n       n        n
change_payment_method  y      -            n       -             n      n       n        n
advance_refund         n      -            n       -             n      y       n        n
retry_refund           n      -            n       -             y      n       n        n
order_details          y      -            y       -             y      n       n        n
cancel_choice          y      -            y       -             y      n       n        n
rebuy_choice           y      -            n       -             n      n       n        n
ask_to_cancel          y      -            n       -             n      n       n        n
ask_to_change          y      -            n       -             n      n       n        n
accept_change          n      -            y       -             n      n       n        n
withdraw               y      -            n       -             n      n       n        n
list_option            n      -            y       -             n      n       n        n
confirm_cancel         y      -            n       -             n      n       n        n
cancel_and_refund      n      -            y       -             n      n       n        n
offer_change           n      -            y       -             n      n       n        n
accept_offer           y      -            n       -             n      n       n        n
refuse_offer           y      -            n       -             n      n       n        n
decline                n      -            y       -             n      n       n        n
escalate               y      -            n       -             n      n       n        n
overrule               n      -            n       -             y      n       n        n
uphold                 n      -            n       -             y      n       n        n
remind_of_request      n      -            n       -             n      y       n        n
auto_approve           n      -            n       -             n      y       n        n
pass_on                n      -            n       -             n      y       n        n
lapse                  n      -            n       -             n      y       n        n
request_panel          y      -            y       -             y      n       n        n
evidence               y      -            y       -             y      n       n        n
fix_choice             y      -            n       -             n      n       n        n
offer_choice           n      -            y       -             n      n       n        n
asked_before           n      -            y       -             y      n       n        n
conversation           y      -            y       -             y      n       n        n
send_message           y      -            y       -             y      n       n        n
mark_thread_read       y      -            y       -             y      n       n        n
add_photo              y      -            y       -             y      n       n        n
drop_photo             y      -            y       -             y      n       n        n
"""
HEAD, *ROWS = MATRIX.strip().splitlines()
ALLOWED = {row.split()[0]: dict(zip(HEAD.split(), row.split()[1:], strict=True)) for row in ROWS}

IDS = Stocked()
ACTORS = {
    "buyer": Actor(IDS.mai),
    "other-buyer": Actor(IDS.budi),
    "seller": Actor(IDS.sari),
    "other-seller": Actor(IDS.tuan),
    "staff": Actor(IDS.ops),
    "system": SYSTEM,
    "gateway": GATEWAY,
    "carrier": CARRIER,
}

Call = Callable[..., Any]
CALLS: dict[str, tuple[Call, tuple[Any, ...]]] = {
    "pay": (pay.pay, ()),
    "cancel": (cancel.cancel_order, ("BU_MISTAKE",)),
    "cancel_lines": (cancel_lines.cancel_lines, ((1,), "BU_MISTAKE")),
    "cancel_and_rebuy": (
        partial(rebuy.cancel_and_rebuy, method=Method.CARD, reason="BU_MISTAKE"),
        (((IDS.forest, 1),),),
    ),
    "remind": (deadlines.remind, ()),
    "expire": (deadlines.expire, ()),
    "release": (deadlines.release, ()),
    "arrange_shipment": (ship.arrange_shipment, ()),
    "hand_over": (ship.hand_over, ()),
    "deliver": (ship.deliver, ()),
    "complete": (ship.complete, ()),
    "ship_timeout": (deadlines.ship_timeout, ()),
    "lose": (ship.lose, ("SY_LOST",)),
    "late_payment": (late.late_payment, (85_000,)),
    "pay_difference": (pay.pay_difference, (pay.Outcome.CAPTURED, pay.Answered(9))),
    "begin_payment": (charge.begin_payment, ()),
    "extend_pay_by": (extend.extend_pay_by, ()),
    "paying": (paying.paying, ()),
    "change_variant": (edit.change_variant, (1, IDS.forest)),
    "change_voucher": (edit.change_vouchers, (("KOPI10",),)),
    "change_address": (edit.change_address, (IDS.office,)),
    "change_payment_method": (edit.change_payment_method, (Method.WALLET,)),
    "advance_refund": (refund.advance_refund, (1,)),
    "retry_refund": (refund.retry_refund, ()),
    "order_details": (order.order_details, ()),
    "cancel_choice": (order.cancel_choice, ()),
    "rebuy_choice": (again.rebuy_choice, ()),
    "ask_to_cancel": (request.ask_to_cancel, ("BP_MISTAKE",)),
    "ask_to_change": (change.ask_to_change, (Change(ChangeKind.ADDRESS, address_id=IDS.office),)),
    "accept_change": (change.accept_change, ()),
    "withdraw": (request.withdraw, ()),
    "list_option": (answer.list_option, ("SP_OTHER", NOTE)),
    "confirm_cancel": (confirm.confirm_cancel, ()),
    "cancel_and_refund": (answer.cancel_and_refund, ("SP_OTHER", NOTE)),
    "offer_change": (answer.offer_change, (Change(ChangeKind.ADDRESS, address_id=IDS.office),)),
    "accept_offer": (confirm.accept_offer, ()),
    "refuse_offer": (confirm.refuse_offer, ()),
    "decline": (answer.decline, ("SR_PACKED", NOTE)),
    "escalate": (request.escalate, ()),
    "overrule": (answer.overrule, ("OP_RISK", NOTE)),
    "uphold": (answer.uphold, ("SR_PACKED", NOTE)),
    "remind_of_request": (silence.remind_of_request, ()),
    "auto_approve": (silence.auto_approve, ()),
    "pass_on": (silence.pass_on, ()),
    "lapse": (silence.lapse, ()),
    "request_panel": (requests.request_panel, ()),
    "evidence": (evidence.evidence, ()),
    "fix_choice": (fixes.fix_choice, ()),
    "offer_choice": (offers.offer_choice, ()),
    "asked_before": (offers.asked_before, ()),
    "conversation": (conversations.conversation, ()),
    "send_message": (talk.send_message, ("hello",)),
    "mark_thread_read": (talk.mark_thread_read, (0,)),
    "add_photo": (photos.add_photo, (b"no photo",)),
    "drop_photo": (photos.drop_photo, ("0" * 32,)),
}
READS = {
    "evidence",
    "order_details",
    "cancel_choice",
    "rebuy_choice",
    "conversation",
    "fix_choice",
    "offer_choice",
    "asked_before",
    "paying",
    "request_panel",
}


@pytest.fixture
def number(shop: Shop, stocked: Stocked) -> int:
    """An unpaid order of mai's in sari's shop."""
    items = [(stocked.cream, 1), (stocked.navy, 1)]
    placed = place.place_order(shop, Actor(stocked.mai), items, Method.CARD, address_id=stocked.home, key="k")
    return int(placed.answer["number"])


def test_every_action_and_read_has_a_row() -> None:
    assert set(ALLOWED) == set(GRANTS) == set(CALLS)


@pytest.mark.parametrize("what", ALLOWED)
def test_each_person_may_do_what_the_matrix_says_and_no_more(shop: Shop, number: int, what: str) -> None:
    call, arguments = CALLS[what]
    # Those who may come last: what they do changes the order.
    for who, may in sorted(ALLOWED[what].items(), key=lambda one: one[1] == "y"):
        key = {} if what in READS else {"key": who}
        code = None
        try:
            call(shop, ACTORS[who], number, *arguments, **key)
        except (NotFound, Refused, Invalid) as refused:
            code = refused.code
        told = {"no_such_order": "-", "role_may_not": "n"}.get(code or "", "y")
        assert told == may, f"{who} {what}: {code}"


@pytest.mark.parametrize("what", ALLOWED)
def test_an_order_that_is_not_there_looks_like_somebody_elses(shop: Shop, number: int, what: str) -> None:
    call, arguments = CALLS[what]
    key = {} if what in READS else {"key": "k2"}
    told = []
    for actor, asked in ((Actor(IDS.budi), number), (Actor(IDS.mai), number + 1)):
        with pytest.raises(NotFound) as refused:
            call(shop, actor, asked, *arguments, **key)
        told.append((refused.value.code, list(refused.value.facts)))
    assert told[0] == told[1]


def test_what_is_refused_leaves_the_order_as_it_was(shop: Shop, number: int) -> None:
    before = order.order_details(shop, Actor(IDS.mai), number)
    for who in ("other-buyer", "other-seller", "gateway", "carrier"):
        with pytest.raises((NotFound, Refused)):
            cancel.cancel_order(shop, ACTORS[who], number, "BU_MISTAKE", key="k3")
    assert order.order_details(shop, Actor(IDS.mai), number) == before


def test_lists_hold_only_what_is_the_persons_own(shop: Shop, number: int) -> None:
    assert [one.number for one in orders.orders_of(shop, Actor(IDS.mai))] == [number]
    assert set(orders.tab_counts(shop, Actor(IDS.mai)).values()) == {0, 1}
    searched = search_orders(shop, Actor(IDS.mai), str(number))
    assert [one.number for one in searched.orders] == [number]
    told = {who for who, actor in ACTORS.items() if inbox.notices(shop, actor)}
    assert told <= {"buyer", "seller"}
    for who in set(ACTORS) - {"buyer"}:
        assert orders.orders_of(shop, ACTORS[who]) == ()
        assert search_orders(shop, ACTORS[who], str(number)) == Found((), None)
        assert set(orders.tab_counts(shop, ACTORS[who]).values()) == {0}


@pytest.mark.parametrize("who", ["system", "gateway", "carrier"])
def test_only_people_order_things(shop: Shop, stocked: Stocked, who: str) -> None:
    with pytest.raises(NotFound, match="no_such_person"):
        place.place_order(shop, ACTORS[who], [(stocked.cream, 1)], Method.CARD, key="k")


def test_nobody_sends_to_the_address_of_another(shop: Shop, stocked: Stocked) -> None:
    items = [(stocked.cream, 1)]
    with pytest.raises(NotFound, match="no_such_address"):
        place.place_order(shop, Actor(IDS.mai), items, Method.CARD, address_id=stocked.budis_home, key="k")


BUYER, SELLER, OPERATOR = Role.BUYER, Role.SELLER, Role.OPERATOR


def test_one_person_may_be_several_things_to_an_order() -> None:
    everything = roles_of(Actor(7), 7, member=True, staff=True)
    assert everything == {BUYER, SELLER, OPERATOR}
    assert authorise("cancel", everything, 1) is BUYER
    assert authorise("arrange_shipment", everything, 1) is SELLER
    assert authorise("cancel", everything - {BUYER, SELLER}, 1) is OPERATOR


def test_those_who_are_not_people_are_one_thing_whatever_the_order_says() -> None:
    assert roles_of(SYSTEM, SYSTEM.id, member=True, staff=True) == {Role.SYSTEM}
    assert roles_of(GATEWAY, 1, member=False, staff=False) == {Role.GATEWAY}
    assert roles_of(CARRIER, 1, member=False, staff=False) == {Role.CARRIER}
    assert roles_of(Actor(-4), 1, member=False, staff=False) == frozenset()
