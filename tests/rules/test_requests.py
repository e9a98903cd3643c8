"""The request machine against the domain's table R1 to R11, and for changes R13 and R14, cell by cell."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.orders import Role, Status
from app.shop.rules.policy import HOUR, JOURNEY, MINUTE, TIKTOK, Policy
from app.shop.rules.refusals import NEXT_STEPS
from app.shop.rules.request_guards import RequestFacts, RequestKind
from app.shop.rules.request_refusals import (
    REQUEST_NEXT_STEPS,
    WHY_NOT_REQUEST,
    possible_for_request,
    why_not_request,
)
from app.shop.rules.requests import (
    OPEN,
    QUEUES,
    REQUEST_MOVES,
    RequestAction,
    RequestStatus,
)

NOW = 1_772_442_000_000

# rule, action, from ("-": there is no request), role, to ("-": the state stays), reasons
TABLE = """
R1   ask_to_cancel      -                    BUYER     PENDING_SELLER       BP
R1   ask_to_cancel      REJECTED             BUYER     PENDING_SELLER       BP
R1   ask_to_cancel      WITHDRAWN            BUYER     PENDING_SELLER       BP
R1   ask_to_cancel      EXPIRED              BUYER     PENDING_SELLER       BP
R1   ask_to_cancel      SUPERSEDED           BUYER     PENDING_SELLER       BP
R1   ask_to_cancel      ESCALATED            BUYER     PENDING_SELLER       BP
R1   ask_to_cancel      PENDING_SELLER       BUYER     PENDING_SELLER       BP
R1   ask_to_change      -                    BUYER     PENDING_SELLER       -
R1   ask_to_change      REJECTED             BUYER     PENDING_SELLER       -
R1   ask_to_change      WITHDRAWN            BUYER     PENDING_SELLER       -
R1   ask_to_change      EXPIRED              BUYER     PENDING_SELLER       -
R1   ask_to_change      SUPERSEDED           BUYER     PENDING_SELLER       -
R2   withdraw           PENDING_SELLER       BUYER     WITHDRAWN            -
R2   withdraw           OPTION_LISTED        BUYER     WITHDRAWN            -
R2   withdraw           ALTERNATIVE_OFFERED  BUYER     WITHDRAWN            -
R3   list_option        PENDING_SELLER       SELLER    OPTION_LISTED        SP
R4   confirm_cancel     OPTION_LISTED        BUYER     APPROVED             -
R5   cancel_and_refund  PENDING_SELLER       SELLER    APPROVED             SP
R5   cancel_and_refund  ALTERNATIVE_OFFERED  SELLER    APPROVED             SP
R6   offer_change       PENDING_SELLER       SELLER    ALTERNATIVE_OFFERED  -
R6   accept_offer       ALTERNATIVE_OFFERED  BUYER     SUPERSEDED           -
R6   refuse_offer       ALTERNATIVE_OFFERED  BUYER     PENDING_SELLER       -
R7   decline            PENDING_SELLER       SELLER    REJECTED             SR
R8   auto_approve       PENDING_SELLER       SYSTEM    APPROVED             SP
R8   pass_on            PENDING_SELLER       SYSTEM    ESCALATED            -
R9   remind_of_request  PENDING_SELLER       SYSTEM    -                    -
R9   remind_of_request  OPTION_LISTED        SYSTEM    -                    -
R9   remind_of_request  ALTERNATIVE_OFFERED  SYSTEM    -                    -
R9   lapse              OPTION_LISTED        SYSTEM    EXPIRED              -
R9   lapse              ALTERNATIVE_OFFERED  SYSTEM    EXPIRED              -
R10  escalate           REJECTED             BUYER     ESCALATED            -
R10  overrule           ESCALATED            OPERATOR  APPROVED             OP
R10  uphold             ESCALATED            OPERATOR  REJECTED             SR
R13  accept_change      PENDING_SELLER       SELLER    SUPERSEDED           -
R14  lapse              PENDING_SELLER       SYSTEM    EXPIRED              -
"""


def _or_none(word: str) -> str | None:
    return None if word == "-" else word


MOVES = {
    (action, _or_none(status), role): (rule, _or_none(to), _or_none(reasons))
    for rule, action, status, role, to, reasons in map(str.split, TABLE.strip().splitlines())
}
DOERS = {
    action: {role for other, _, role in MOVES if other == action} for action in {cell[0] for cell in MOVES}
}
STATES: tuple[RequestStatus | None, ...] = (None, *RequestStatus)

# request, whose turn it is, why others cannot act, why its buyer cannot ask ("-": they can)
STANDS = """
-                    -              no_request                -
PENDING_SELLER       to-answer      request_waits_for_seller  request_open
OPTION_LISTED        with-buyer     request_waits_for_buyer   request_open
ALTERNATIVE_OFFERED  with-buyer     request_waits_for_buyer   request_open
ESCALATED            with-platform  request_with_platform     -
APPROVED             closed         request_approved          already_cancelled
COMPLETE             closed         request_approved          already_cancelled
REJECTED             closed         request_declined          -
WITHDRAWN            closed         request_withdrawn         -
EXPIRED              closed         request_expired           -
SUPERSEDED           closed         request_closed            -
"""
TURN, IN_THE_WAY, ASKED_BEFORE = (
    {_or_none(row[0]): _or_none(row[n]) for row in map(str.split, STANDS.strip().splitlines())}
    for n in (1, 2, 3)
)

EVERY_GUARD_HOLDS = RequestFacts(
    now=NOW,
    policy=JOURNEY,
    order=Status.AWAITING_SHIPMENT,
    respond_by=NOW,
    confirm_by=NOW,
    answered_at=NOW,
)
ITS_TIME_HAS_COME: dict[str, dict[str, Any]] = {
    RequestAction.AUTO_APPROVE: {"respond_by": NOW - 1},
    RequestAction.PASS_ON: {"respond_by": NOW - 1},
    RequestAction.LAPSE: {"confirm_by": NOW - 1},
}
A_CHANGE = {"kind": RequestKind.CHANGE, "open_change": True}
OF_A_CHANGE: dict[tuple[str, str | None], dict[str, Any]] = {
    ("ask_to_cancel", "PENDING_SELLER"): A_CHANGE,
    ("accept_change", "PENDING_SELLER"): A_CHANGE,
    ("lapse", "PENDING_SELLER"): A_CHANGE | {"respond_by": NOW - 1},
}
"""What is only done about a change; all else is about a cancel."""


def asked(action: str, status: str | None, role: str, **facts: Any) -> str | None:
    """`why_not_request` where every guard holds but for what `facts` say."""
    so = ITS_TIME_HAS_COME.get(action, {}) | OF_A_CHANGE.get((action, status), {})
    told = replace(EVERY_GUARD_HOLDS, **so | facts)
    return why_not_request(RequestAction(action), status and RequestStatus(status), Role(role), told)  # type: ignore[arg-type]


def expected(action: str, status: str | None, role: str) -> str | None:
    """What the domain says of a cell."""
    if role not in DOERS[action]:
        return "role_may_not"
    if (action, status, role) in MOVES:
        return None
    if action == "ask_to_change" and status == "ESCALATED":
        return "request_open"
    return (ASKED_BEFORE if action.startswith("ask") else IN_THE_WAY)[status]


@pytest.mark.parametrize("action", RequestAction)
@pytest.mark.parametrize("status", STATES)
def test_each_role_may_do_exactly_what_the_domain_says(
    action: RequestAction, status: RequestStatus | None
) -> None:
    for role in Role:
        assert asked(action, status, role) == expected(action, status, role), role
        move = REQUEST_MOVES.get((action, status, role))
        assert (move and (move.rule, move.to, move.reasons)) == MOVES.get((action, status, role))


def test_whose_turn_it_is_follows_from_where_the_request_stands() -> None:
    assert {status: TURN[status] for status in RequestStatus} == QUEUES
    assert {status for status in RequestStatus if TURN[status] != "closed"} == OPEN


# the order, why a cancel of it cannot be asked for or answered, why the platform cannot cancel it any more,
# why a change of it cannot be asked for
ORDERS = """
UNPAID               cancel_it_yourself  -                  change_it_yourself
ON_HOLD              cancel_it_yourself  -                  cancel_it_yourself
AWAITING_SHIPMENT    -                   -                  -
AWAITING_COLLECTION  packed_ask_seller   -                  packed_ask_seller
PARTIALLY_SHIPPED    partly_on_its_way   partly_on_its_way  partly_on_its_way
IN_TRANSIT           on_its_way          on_its_way         on_its_way
DELIVERED            delivered           delivered          delivered
COMPLETED            completed           completed          completed
CANCELLED            already_cancelled   already_cancelled  already_cancelled
"""
MEETS_THE_ORDER = {
    "ask_to_cancel": 1,
    "list_option": 1,
    "confirm_cancel": 1,
    "cancel_and_refund": 1,
    "offer_change": 1,
    "accept_offer": 1,
    "accept_change": 1,
    "ask_to_change": 3,
    "auto_approve": 1,
    "escalate": 2,
    "overrule": 2,
}


@pytest.mark.parametrize("row", ORDERS.strip().splitlines())
def test_what_becomes_of_a_request_depends_on_where_its_order_stands(row: str) -> None:
    columns = row.split()
    for action, status, role in MOVES:
        column = MEETS_THE_ORDER.get(action)
        code = _or_none(columns[column]) if column else None
        assert asked(action, status, role, order=Status(columns[0])) == code, (action, status)


WITHIN = 48 * HOUR
ONCE = Policy(request_attempts=1)
# action, request, role, what is so, the code that says no (None where it is allowed)
EDGES: list[tuple[str, str | None, str, dict[str, Any], str | None]] = [
    ("ask_to_cancel", None, "BUYER", {"attempts": 1}, None),
    ("ask_to_cancel", "WITHDRAWN", "BUYER", {"attempts": 2}, "no_attempts_left"),
    ("ask_to_cancel", "ESCALATED", "BUYER", {"attempts": 2}, "no_attempts_left"),
    ("ask_to_cancel", "REJECTED", "BUYER", {"attempts": 1, "policy": ONCE}, "no_attempts_left"),
    ("ask_to_cancel", None, "BUYER", {"imported": True}, None),
    ("ask_to_cancel", "PENDING_SELLER", "BUYER", {"kind": RequestKind.CANCEL}, "request_open"),
    # The change that is taken back by it has used no attempt.
    ("ask_to_cancel", "PENDING_SELLER", "BUYER", {"attempts": 2}, None),
    ("ask_to_cancel", "PENDING_SELLER", "BUYER", {"attempts": 3}, "no_attempts_left"),
    ("ask_to_change", None, "BUYER", {"attempts": 1}, None),
    ("ask_to_change", "REJECTED", "BUYER", {"attempts": 2}, "no_attempts_left"),
    ("ask_to_change", None, "BUYER", {"imported": True}, "edit_on_its_platform"),
    *(
        (action, status, role, A_CHANGE | {"respond_by": NOW - late}, "change_asked")
        for action, status, role, late in (
            ("list_option", "PENDING_SELLER", "SELLER", 0),
            ("offer_change", "PENDING_SELLER", "SELLER", 0),
            ("cancel_and_refund", "PENDING_SELLER", "SELLER", 0),
            ("auto_approve", "PENDING_SELLER", "SYSTEM", 1),
            ("pass_on", "PENDING_SELLER", "SYSTEM", 1),
        )
    ),
    ("escalate", "REJECTED", "BUYER", {"kind": RequestKind.CHANGE}, "change_is_the_sellers"),
    ("decline", "PENDING_SELLER", "SELLER", A_CHANGE, None),
    ("withdraw", "PENDING_SELLER", "BUYER", A_CHANGE, None),
    ("remind_of_request", "PENDING_SELLER", "SYSTEM", A_CHANGE, None),
    ("accept_change", "PENDING_SELLER", "SELLER", {"kind": RequestKind.CANCEL}, "cancel_asked"),
    ("accept_change", "PENDING_SELLER", "SELLER", {"respond_by": NOW}, None),
    ("accept_change", "PENDING_SELLER", "SELLER", {"respond_by": NOW - 1}, "respond_by_passed"),
    ("lapse", "PENDING_SELLER", "SYSTEM", {"respond_by": NOW}, "respond_by_not_passed"),
    ("lapse", "PENDING_SELLER", "SYSTEM", {"kind": RequestKind.CANCEL}, "cancel_asked"),
    ("confirm_cancel", "OPTION_LISTED", "BUYER", {"confirm_by": NOW}, None),
    ("confirm_cancel", "OPTION_LISTED", "BUYER", {"confirm_by": NOW - 1}, "confirm_by_passed"),
    ("confirm_cancel", "OPTION_LISTED", "BUYER", {"confirm_by": None}, None),
    ("accept_offer", "ALTERNATIVE_OFFERED", "BUYER", {"confirm_by": NOW}, None),
    ("accept_offer", "ALTERNATIVE_OFFERED", "BUYER", {"confirm_by": NOW - 1}, "confirm_by_passed"),
    ("refuse_offer", "ALTERNATIVE_OFFERED", "BUYER", {"confirm_by": NOW}, None),
    ("refuse_offer", "ALTERNATIVE_OFFERED", "BUYER", {"confirm_by": NOW - 1}, "confirm_by_passed"),
    ("withdraw", "OPTION_LISTED", "BUYER", {"confirm_by": NOW - 1}, None),
    ("offer_change", "PENDING_SELLER", "SELLER", {"imported": True}, "edit_on_its_platform"),
    ("list_option", "PENDING_SELLER", "SELLER", {"imported": True}, None),
    ("cancel_and_refund", "PENDING_SELLER", "SELLER", {"respond_by": NOW - 1}, None),
    *(
        (action, "PENDING_SELLER", "SELLER", {"respond_by": by}, code)
        for action in ("list_option", "offer_change", "decline")
        for by, code in ((NOW, None), (NOW - 1, "respond_by_passed"), (None, None))
    ),
    ("decline", "PENDING_SELLER", "SELLER", {"by_rule": True}, "respond_by_passed"),
    ("auto_approve", "PENDING_SELLER", "SYSTEM", {"respond_by": NOW}, "respond_by_not_passed"),
    ("auto_approve", "PENDING_SELLER", "SYSTEM", {"respond_by": NOW - 1}, None),
    ("auto_approve", "PENDING_SELLER", "SYSTEM", {"respond_by": None}, "respond_by_not_passed"),
    ("auto_approve", "PENDING_SELLER", "SYSTEM", {"respond_by": NOW, "by_rule": True}, None),
    ("pass_on", "PENDING_SELLER", "SYSTEM", {"respond_by": NOW}, "respond_by_not_passed"),
    ("pass_on", "PENDING_SELLER", "SYSTEM", {"respond_by": NOW - 1}, None),
    ("lapse", "OPTION_LISTED", "SYSTEM", {"confirm_by": NOW}, "confirm_by_not_passed"),
    ("lapse", "ALTERNATIVE_OFFERED", "SYSTEM", {"confirm_by": NOW - 1}, None),
    ("lapse", "ALTERNATIVE_OFFERED", "SYSTEM", {"confirm_by": None}, "confirm_by_not_passed"),
    ("escalate", "REJECTED", "BUYER", {"answered_at": NOW - WITHIN}, None),
    ("escalate", "REJECTED", "BUYER", {"answered_at": NOW - WITHIN - 1}, "escalate_time_over"),
    ("escalate", "REJECTED", "BUYER", {"answered_at": None}, "escalate_time_over"),
    ("escalate", "REJECTED", "BUYER", {"escalated": True}, "escalated_already"),
]


@pytest.mark.parametrize(("action", "status", "role", "facts", "code"), EDGES)
def test_a_guard_closes_at_its_millisecond(
    action: str, status: str | None, role: str, facts: dict[str, Any], code: str | None
) -> None:
    assert asked(action, status, role, **facts) == code


times = st.none() | st.integers(NOW - 4 * 24 * HOUR, NOW + 4 * 24 * HOUR)
facts = st.builds(
    RequestFacts,
    now=st.just(NOW),
    policy=st.sampled_from([JOURNEY, TIKTOK, ONCE, Policy(confirm_ms=90 * MINUTE)]),
    order=st.sampled_from(Status),
    kind=st.sampled_from(RequestKind),
    attempts=st.integers(0, 3),
    respond_by=times,
    confirm_by=times,
    answered_at=times,
    escalated=st.booleans(),
    by_rule=st.booleans(),
    imported=st.booleans(),
    open_change=st.booleans(),
)


@given(facts)
def test_no_facts_open_a_cell_the_domain_has_not(facts: RequestFacts) -> None:
    for action, status, role in product(RequestAction, STATES, Role):
        code = why_not_request(action, status, role, facts)
        assert code in WHY_NOT_REQUEST or (code is None and (action, status, role) in MOVES)


@given(facts, st.sampled_from(STATES), st.sampled_from(Role))
def test_what_is_possible_is_what_nothing_speaks_against(
    facts: RequestFacts, status: RequestStatus | None, role: Role
) -> None:
    free = {one for one in RequestAction if why_not_request(one, status, role, facts) is None}
    assert possible_for_request(status, role, facts) == free


def test_somebody_can_always_end_an_open_request_of_an_unshipped_order() -> None:
    ends = {action for action, status, _ in MOVES if status in OPEN} - {"remind_of_request"}
    for status in OPEN:
        for order in (Status.AWAITING_SHIPMENT, Status.AWAITING_COLLECTION):
            free = {
                action
                for action, state, role in MOVES
                if state == status and action in ends and asked(action, status, role, order=order) is None
            }
            assert free, (status, order)


def test_every_next_step_follows_a_code_that_can_be_answered() -> None:
    assert set(REQUEST_NEXT_STEPS) <= WHY_NOT_REQUEST
    dead_ends = WHY_NOT_REQUEST - set(REQUEST_NEXT_STEPS) - set(NEXT_STEPS)
    # Nothing is to be done about these: it is not theirs to do, not time yet, or done as they wished.
    assert dead_ends == {
        "role_may_not",
        "request_approved",
        "respond_by_not_passed",
        "confirm_by_not_passed",
        "edit_on_its_platform",
        "change_asked",
        "cancel_asked",
    }
