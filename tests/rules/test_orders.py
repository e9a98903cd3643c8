"""The order machine against the domain's table T2 to T16, cell by cell."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.guards import Facts
from app.shop.rules.orders import (
    LINE_STATUS,
    TABS,
    UNSHIPPED,
    Action,
    LineStatus,
    Role,
    Status,
    after_payment,
    line_status,
    move,
)
from app.shop.rules.policy import JOURNEY, MINUTE, TIKTOK, Policy
from app.shop.rules.refusals import NEXT_STEPS, WHY_NOT_CODES, next_step, possible, why_not

NOW = 1_772_442_000_000

# rule, action, from, roles, to ("-": the state stays), reasons
TABLE = """
T2   pay                    UNPAID               BUYER,GATEWAY   AWAITING_SHIPMENT    -
T2   begin_payment          UNPAID               BUYER           -                    -
T2   extend_pay_by          UNPAID               BUYER           -                    -
T3   cancel                 UNPAID               BUYER           CANCELLED            BU
T4   remind                 UNPAID               SYSTEM          -                    -
T4   expire                 UNPAID               SYSTEM          CANCELLED            SY
T5   cancel                 UNPAID               SELLER          CANCELLED            SP
T6   release                ON_HOLD              SYSTEM          AWAITING_SHIPMENT    -
T7   cancel                 ON_HOLD              BUYER           CANCELLED            BP
T8   cancel                 ON_HOLD              SELLER          CANCELLED            SP
T8   cancel                 AWAITING_SHIPMENT    SELLER          CANCELLED            SP
T8   cancel                 AWAITING_COLLECTION  SELLER          CANCELLED            SP
T9   arrange_shipment       AWAITING_SHIPMENT    SELLER          AWAITING_COLLECTION  -
T10  hand_over              AWAITING_COLLECTION  CARRIER,SELLER  IN_TRANSIT           -
T10  hand_over              PARTIALLY_SHIPPED    CARRIER,SELLER  IN_TRANSIT           -
T10  deliver                IN_TRANSIT           CARRIER,BUYER   DELIVERED            -
T10  complete               DELIVERED            SYSTEM,BUYER    COMPLETED            -
T11  ship_timeout           AWAITING_SHIPMENT    SYSTEM          CANCELLED            SY
T11  ship_timeout           AWAITING_COLLECTION  SYSTEM          CANCELLED            SY
T12  lose                   AWAITING_COLLECTION  SYSTEM,CARRIER  CANCELLED            SY
T12  lose                   IN_TRANSIT           SYSTEM,CARRIER  CANCELLED            SY
T13  cancel                 UNPAID               OPERATOR        CANCELLED            OP
T13  cancel                 ON_HOLD              OPERATOR        CANCELLED            OP
T13  cancel                 AWAITING_SHIPMENT    OPERATOR        CANCELLED            OP
T13  cancel                 AWAITING_COLLECTION  OPERATOR        CANCELLED            OP
T13  cancel                 PARTIALLY_SHIPPED    OPERATOR        CANCELLED            OP
T13  cancel                 IN_TRANSIT           OPERATOR        CANCELLED            OP
T14  late_payment           ON_HOLD              GATEWAY         -                    -
T14  late_payment           AWAITING_SHIPMENT    GATEWAY         -                    -
T14  late_payment           AWAITING_COLLECTION  GATEWAY         -                    -
T14  late_payment           PARTIALLY_SHIPPED    GATEWAY         -                    -
T14  late_payment           IN_TRANSIT           GATEWAY         -                    -
T14  late_payment           DELIVERED            GATEWAY         -                    -
T14  late_payment           COMPLETED            GATEWAY         -                    -
T14  late_payment           CANCELLED            GATEWAY         -                    -
T15  cancel_lines           UNPAID               BUYER           -                    BU
T15  cancel_lines           UNPAID               SELLER          -                    SP
T15  cancel_lines           ON_HOLD              BUYER           -                    BP
T15  cancel_lines           ON_HOLD              SELLER          -                    SP
T15  cancel_lines           AWAITING_SHIPMENT    SELLER          -                    SP
T15  cancel_lines           AWAITING_COLLECTION  SELLER          -                    SP
T3   cancel_and_rebuy       UNPAID               BUYER           CANCELLED            BU
T7   cancel_and_rebuy       ON_HOLD              BUYER           CANCELLED            BP
R12  advance_refund         ON_HOLD              SYSTEM          -                    -
R12  advance_refund         AWAITING_SHIPMENT    SYSTEM          -                    -
R12  advance_refund         AWAITING_COLLECTION  SYSTEM          -                    -
R12  advance_refund         PARTIALLY_SHIPPED    SYSTEM          -                    -
R12  advance_refund         IN_TRANSIT           SYSTEM          -                    -
R12  advance_refund         DELIVERED            SYSTEM          -                    -
R12  advance_refund         COMPLETED            SYSTEM          -                    -
R12  advance_refund         CANCELLED            SYSTEM          -                    -
R12  retry_refund           ON_HOLD              OPERATOR        -                    -
R12  retry_refund           AWAITING_SHIPMENT    OPERATOR        -                    -
R12  retry_refund           AWAITING_COLLECTION  OPERATOR        -                    -
R12  retry_refund           PARTIALLY_SHIPPED    OPERATOR        -                    -
R12  retry_refund           IN_TRANSIT           OPERATOR        -                    -
R12  retry_refund           DELIVERED            OPERATOR        -                    -
R12  retry_refund           COMPLETED            OPERATOR        -                    -
R12  retry_refund           CANCELLED            OPERATOR        -                    -
T16  pay_difference         ON_HOLD              GATEWAY         -                    -
T16  pay_difference         AWAITING_SHIPMENT    GATEWAY         -                    -
T16  pay_difference         AWAITING_COLLECTION  GATEWAY         -                    -
T16  pay_difference         PARTIALLY_SHIPPED    GATEWAY         -                    -
T16  pay_difference         IN_TRANSIT           GATEWAY         -                    -
T16  pay_difference         DELIVERED            GATEWAY         -                    -
T16  pay_difference         COMPLETED            GATEWAY         -                    -
T16  change_variant         UNPAID               BUYER           -                    -
T16  change_voucher         UNPAID               BUYER           -                    -
T16  change_address         UNPAID               BUYER           -                    -
T16  change_payment_method  UNPAID               BUYER           -                    -
"""
MOVES = {
    (action, status, role): (rule, None if to == "-" else to, None if reasons == "-" else reasons)
    for rule, action, status, roles, to, reasons in map(str.split, TABLE.strip().splitlines())
    for role in roles.split(",")
}
CELLS = list(product(Action, Status, Role))

WILLING = Policy(remorse_ms=60 * MINUTE, seller_cancels_unpaid=True, seller_cancels_arranged=True)
EVERY_GUARD_HOLDS = Facts(
    now=NOW,
    policy=WILLING,
    pay_by=NOW,
    remorse_until=NOW + 1,
    cancel_sla=NOW - 1,
    complete_at=NOW,
    chosen_lines=1,
    longer_until=NOW + 1,
)
ITS_TIME_HAS_COME: dict[str, dict[str, Any]] = {
    Action.EXPIRE: {"pay_by": NOW - WILLING.grace_ms - 1},
    Action.RELEASE: {"remorse_until": NOW},
}


def asked(action: str, status: str, role: str, **facts: Any) -> str | None:
    """`why_not` where every guard holds but for what `facts` say."""
    told = replace(EVERY_GUARD_HOLDS, **ITS_TIME_HAS_COME.get(action, {}) | facts)
    return why_not(Action(action), Status(status), Role(role), told)


@pytest.mark.parametrize("cell", CELLS, ids="-".join)
def test_a_move_is_possible_exactly_where_the_domain_says(cell: tuple[Action, Status, Role]) -> None:
    expected, found = MOVES.get(cell), move(*cell)
    assert (found and (found.rule, found.to, found.reasons)) == expected
    code = asked(*cell)
    assert code in WHY_NOT_CODES if expected is None else code is None


times = st.none() | st.integers(NOW - 3 * 86_400_000, NOW + 3 * 86_400_000)
facts = st.builds(
    Facts,
    now=st.just(NOW),
    policy=st.sampled_from([JOURNEY, TIKTOK, WILLING]),
    pay_by=times,
    attempted_at=times,
    remorse_until=times,
    cancel_sla=times,
    complete_at=times,
    open_request=st.booleans(),
    tracking=st.booleans(),
    chosen_lines=st.integers(0, 3),
    charge_out=st.booleans(),
    outside=st.booleans(),
    extended=st.booleans(),
    longer_until=times,
)


@given(facts)
def test_no_facts_open_a_cell_the_domain_has_not(facts: Facts) -> None:
    for cell in CELLS:
        code = why_not(*cell, facts)
        assert code in WHY_NOT_CODES or (code is None and cell in MOVES), cell


@given(facts, st.sampled_from(Status), st.sampled_from(Role))
def test_what_is_possible_is_what_nothing_speaks_against(facts: Facts, status: Status, role: Role) -> None:
    assert possible(status, role, facts) == {a for a in Action if why_not(a, status, role, facts) is None}


# status, the buyer's tab, what every line is, why the buyer of a `journey` shop cannot cancel, what instead
SEEN_BY_BUYER = """
UNPAID               pending-payment  ACTIVE     -                  -
ON_HOLD              to-ship          ACTIVE     paid_ask_seller    contact_seller
AWAITING_SHIPMENT    to-ship          ACTIVE     paid_ask_seller    contact_seller
AWAITING_COLLECTION  to-ship          ACTIVE     packed_ask_seller  contact_seller
PARTIALLY_SHIPPED    to-receive       ACTIVE     partly_on_its_way  refuse_or_return
IN_TRANSIT           to-receive       SHIPPED    on_its_way         refuse_or_return
DELIVERED            to-receive       DELIVERED  delivered          return
COMPLETED            completed        DELIVERED  completed          buy_again
CANCELLED            cancelled        CANCELLED  already_cancelled  buy_again
"""


@pytest.mark.parametrize("row", SEEN_BY_BUYER.strip().splitlines())
def test_the_buyer_sees_where_the_order_is_and_what_comes_next(row: str) -> None:
    status, tab, line, code, step = row.split()
    order = Status(status)
    assert (TABS[order], LINE_STATUS[order]) == (tab, line)
    for action in (Action.CANCEL, Action.CANCEL_LINES):
        told = why_not(action, order, Role.BUYER, Facts(now=NOW, policy=JOURNEY, chosen_lines=1))
        assert told == (None if code == "-" else code)
        assert told is None or next_step(told) == step


# Why a role that does such things cannot do it in this state.
REFUSALS = """
pay               BUYER     AWAITING_SHIPMENT    already_paid
pay               GATEWAY   CANCELLED            already_cancelled
expire            SYSTEM    ON_HOLD              already_paid
expire            SYSTEM    CANCELLED            already_cancelled
remind            SYSTEM    AWAITING_SHIPMENT    already_paid
release           SYSTEM    AWAITING_SHIPMENT    not_on_hold
cancel            SELLER    PARTIALLY_SHIPPED    partly_on_its_way
cancel            SELLER    IN_TRANSIT           on_its_way
cancel            OPERATOR  DELIVERED            delivered
cancel            OPERATOR  COMPLETED            completed
cancel_lines      SELLER    CANCELLED            already_cancelled
cancel            GATEWAY   UNPAID               role_may_not
cancel_lines      OPERATOR  UNPAID               role_may_not
pay               SELLER    UNPAID               role_may_not
arrange_shipment  BUYER     AWAITING_SHIPMENT    role_may_not
arrange_shipment  SELLER    UNPAID               not_paid
arrange_shipment  SELLER    ON_HOLD              remorse_running
arrange_shipment  SELLER    AWAITING_COLLECTION  already_arranged
arrange_shipment  SELLER    CANCELLED            already_cancelled
hand_over         CARRIER   AWAITING_SHIPMENT    not_arranged
hand_over         SELLER    IN_TRANSIT           on_its_way
deliver           CARRIER   AWAITING_COLLECTION  not_on_its_way
deliver           BUYER     DELIVERED            delivered
complete          BUYER     IN_TRANSIT           not_delivered
complete          BUYER     COMPLETED            completed
ship_timeout      SYSTEM    UNPAID               not_paid
ship_timeout      SYSTEM    IN_TRANSIT           already_shipped
lose              CARRIER   UNPAID               not_on_its_way
lose              CARRIER   DELIVERED            delivered
late_payment      GATEWAY   UNPAID               not_paid
pay_difference    GATEWAY   UNPAID               not_paid
pay_difference    GATEWAY   CANCELLED            already_cancelled
pay_difference    BUYER     AWAITING_SHIPMENT    role_may_not
begin_payment     BUYER     ON_HOLD              already_paid
begin_payment     BUYER     CANCELLED            already_cancelled
begin_payment     SELLER    UNPAID               role_may_not
extend_pay_by     BUYER     AWAITING_SHIPMENT    already_paid
extend_pay_by     BUYER     CANCELLED            already_cancelled
extend_pay_by     OPERATOR  UNPAID               role_may_not
change_variant    BUYER     AWAITING_SHIPMENT    paid_ask_seller
change_address    BUYER     AWAITING_COLLECTION  packed_ask_seller
change_voucher    BUYER     IN_TRANSIT           on_its_way
change_payment_method  BUYER  CANCELLED          already_cancelled
"""


@pytest.mark.parametrize("row", REFUSALS.strip().splitlines())
def test_a_refusal_says_what_stands_in_the_way(row: str) -> None:
    action, role, status, code = row.split()
    assert asked(action, status, role) == code


GRACE, PATIENCE = WILLING.grace_ms, WILLING.attempt_patience_ms

# action, state, role, what is so, the code that says no (None where it is allowed)
EDGES: list[tuple[str, str, str, dict[str, Any], str | None]] = [
    ("pay", "UNPAID", "BUYER", {"pay_by": NOW - GRACE}, None),
    ("pay", "UNPAID", "GATEWAY", {"pay_by": NOW - GRACE - 1}, "pay_by_passed"),
    ("cancel_and_rebuy", "UNPAID", "BUYER", {"pay_by": NOW - GRACE - 1}, "pay_by_passed"),
    ("pay", "UNPAID", "GATEWAY", {"pay_by": None}, None),
    ("expire", "UNPAID", "SYSTEM", {"pay_by": NOW - GRACE}, "pay_by_not_passed"),
    ("expire", "UNPAID", "SYSTEM", {"pay_by": NOW - GRACE - 1}, None),
    ("expire", "UNPAID", "SYSTEM", {"pay_by": None}, "pay_by_not_passed"),
    ("expire", "UNPAID", "SYSTEM", {"attempted_at": NOW - PATIENCE + 1}, "payment_in_progress"),
    ("expire", "UNPAID", "SYSTEM", {"attempted_at": NOW - PATIENCE}, None),
    ("cancel", "UNPAID", "BUYER", {"pay_by": NOW - 2 * GRACE, "attempted_at": NOW}, None),
    ("cancel", "UNPAID", "SELLER", {"policy": JOURNEY}, "policy_forbids"),
    ("cancel", "UNPAID", "SELLER", {"policy": TIKTOK}, None),
    ("release", "ON_HOLD", "SYSTEM", {"remorse_until": NOW + 1}, "remorse_running"),
    ("release", "ON_HOLD", "SYSTEM", {"remorse_until": NOW}, None),
    ("cancel", "ON_HOLD", "BUYER", {"remorse_until": NOW + 1}, None),
    ("cancel", "ON_HOLD", "BUYER", {"remorse_until": NOW}, "remorse_over"),
    ("cancel", "ON_HOLD", "BUYER", {"remorse_until": NOW + 1, "policy": JOURNEY}, None),
    ("cancel", "ON_HOLD", "BUYER", {"remorse_until": None, "policy": JOURNEY}, "paid_ask_seller"),
    ("cancel_lines", "ON_HOLD", "BUYER", {"remorse_until": NOW}, "remorse_over"),
    ("cancel", "AWAITING_COLLECTION", "SELLER", {"policy": TIKTOK}, "policy_forbids"),
    ("cancel_lines", "AWAITING_COLLECTION", "SELLER", {"policy": JOURNEY}, "policy_forbids"),
    ("cancel_lines", "UNPAID", "SELLER", {"policy": JOURNEY}, "policy_forbids"),
    ("arrange_shipment", "AWAITING_SHIPMENT", "SELLER", {"open_request": True}, "request_open"),
    ("arrange_shipment", "AWAITING_SHIPMENT", "SELLER", {"open_request": True, "tracking": True}, None),
    ("arrange_shipment", "AWAITING_SHIPMENT", "SELLER", {"open_request": False}, None),
    ("complete", "DELIVERED", "SYSTEM", {"complete_at": NOW + 1}, "after_sales_running"),
    ("complete", "DELIVERED", "SYSTEM", {"complete_at": None}, "after_sales_running"),
    ("complete", "DELIVERED", "SYSTEM", {"complete_at": NOW}, None),
    ("complete", "DELIVERED", "BUYER", {"complete_at": NOW + 1}, None),
    ("ship_timeout", "AWAITING_SHIPMENT", "SYSTEM", {"cancel_sla": NOW}, "cancel_sla_not_passed"),
    ("ship_timeout", "AWAITING_COLLECTION", "SYSTEM", {"cancel_sla": NOW - 1}, None),
    ("ship_timeout", "AWAITING_COLLECTION", "SYSTEM", {"cancel_sla": None}, "cancel_sla_not_passed"),
    ("cancel_lines", "UNPAID", "BUYER", {"chosen_lines": 0}, "no_lines_chosen"),
    ("cancel_lines", "AWAITING_SHIPMENT", "SELLER", {"chosen_lines": 0}, "no_lines_chosen"),
    ("change_voucher", "UNPAID", "BUYER", {"pay_by": NOW - GRACE}, None),
    ("change_voucher", "UNPAID", "BUYER", {"pay_by": NOW - GRACE - 1}, "pay_by_passed"),
    ("change_address", "UNPAID", "BUYER", {"attempted_at": NOW - PATIENCE + 1}, "payment_in_progress"),
    ("change_address", "UNPAID", "BUYER", {"attempted_at": NOW - PATIENCE}, None),
    ("change_address", "UNPAID", "BUYER", {"charge_out": True}, "payment_in_progress"),
    ("cancel_lines", "UNPAID", "BUYER", {"charge_out": True}, "payment_in_progress"),
    ("cancel_lines", "UNPAID", "SELLER", {"charge_out": True}, "payment_in_progress"),
    ("cancel", "UNPAID", "BUYER", {"charge_out": True}, None),
    ("begin_payment", "UNPAID", "BUYER", {"pay_by": NOW - GRACE}, None),
    ("begin_payment", "UNPAID", "BUYER", {"pay_by": NOW - GRACE - 1}, "pay_by_passed"),
    ("begin_payment", "UNPAID", "BUYER", {"charge_out": True}, "payment_in_progress"),
    ("begin_payment", "UNPAID", "BUYER", {"attempted_at": NOW - PATIENCE + 1}, "payment_in_progress"),
    ("begin_payment", "UNPAID", "BUYER", {"attempted_at": NOW - PATIENCE}, None),
    ("begin_payment", "UNPAID", "BUYER", {"outside": True}, "paid_elsewhere"),
    ("extend_pay_by", "UNPAID", "BUYER", {"pay_by": NOW - GRACE - 1}, "pay_by_passed"),
    ("extend_pay_by", "UNPAID", "BUYER", {"extended": True}, "already_extended"),
    ("extend_pay_by", "UNPAID", "BUYER", {"longer_until": None}, "method_has_no_more_time"),
    ("extend_pay_by", "UNPAID", "BUYER", {"longer_until": NOW}, "pay_by_is_longest"),
    ("extend_pay_by", "UNPAID", "BUYER", {"charge_out": True}, None),
    ("extend_pay_by", "UNPAID", "BUYER", {"outside": True}, "paid_elsewhere"),
]


@pytest.mark.parametrize(("action", "status", "role", "facts", "code"), EDGES)
def test_a_guard_closes_at_its_millisecond(
    action: str, status: str, role: str, facts: dict[str, Any], code: str | None
) -> None:
    assert asked(action, status, role, **facts) == code


NEXT = {
    "paid_ask_seller": "contact_seller",
    "packed_ask_seller": "contact_seller",
    "remorse_over": "contact_seller",
    "already_paid": "contact_seller",
    "partly_on_its_way": "refuse_or_return",
    "on_its_way": "refuse_or_return",
    "delivered": "return",
    "completed": "buy_again",
    "already_cancelled": "buy_again",
    "pay_by_passed": "buy_again",
    "paid_elsewhere": "pay_there",
    "already_extended": "pay_or_cancel",
    "method_has_no_more_time": "pay_another_way",
    "pay_by_is_longest": "pay_or_cancel",
    "payment_in_progress": "wait_for_payment",
    "request_open": "see_request",
}


def test_every_next_step_follows_a_code_that_can_be_answered() -> None:
    assert {code: next_step(code) for code in WHY_NOT_CODES if next_step(code)} == NEXT == NEXT_STEPS


def test_a_paid_order_waits_only_where_the_policy_leaves_time_to_think() -> None:
    assert after_payment(JOURNEY) is Status.AWAITING_SHIPMENT
    assert after_payment(TIKTOK) is Status.ON_HOLD


def test_a_line_follows_its_order_unless_it_has_a_status_of_its_own() -> None:
    assert line_status(Status.PARTIALLY_SHIPPED, None) is LineStatus.ACTIVE
    assert line_status(Status.PARTIALLY_SHIPPED, "SHIPPED") is LineStatus.SHIPPED
    assert line_status(Status.COMPLETED, "CANCELLED") is LineStatus.CANCELLED


def test_nothing_has_left_while_an_order_is_unshipped() -> None:
    assert {"UNPAID", "ON_HOLD", "AWAITING_SHIPMENT", "AWAITING_COLLECTION"} == UNSHIPPED
