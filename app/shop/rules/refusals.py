"""Why something may not be done to an order, and what can be done instead."""

from app.shop.rules.guards import Facts
from app.shop.rules.orders import MOVES, Action, Role, Status

TOO_LATE: dict[Status, str] = {
    Status.PARTIALLY_SHIPPED: "partly_on_its_way",
    Status.IN_TRANSIT: "on_its_way",
    Status.DELIVERED: "delivered",
    Status.COMPLETED: "completed",
    Status.CANCELLED: "already_cancelled",
}
"""Why an order cannot be cancelled any more, by where it stands."""

_BUYER_CANCEL = {
    Status.AWAITING_SHIPMENT: "paid_ask_seller",
    Status.AWAITING_COLLECTION: "packed_ask_seller",
} | TOO_LATE

_NOT_IN_STATE: dict[Action, dict[Status, str]] = {
    **{
        action: dict.fromkeys(Status, "already_paid") | {Status.CANCELLED: "already_cancelled"}
        for action in (Action.PAY, Action.BEGIN_PAYMENT, Action.EXTEND_PAY_BY, Action.EXPIRE, Action.REMIND)
    },
    Action.CANCEL: TOO_LATE,
    Action.CANCEL_LINES: TOO_LATE,
    Action.RELEASE: dict.fromkeys(Status, "not_on_hold") | {Status.CANCELLED: "already_cancelled"},
    Action.ARRANGE: dict.fromkeys(Status, "already_arranged")
    | {Status.UNPAID: "not_paid", Status.ON_HOLD: "remorse_running", Status.CANCELLED: "already_cancelled"},
    Action.HAND_OVER: dict.fromkeys(Status, "not_arranged")
    | {
        Status.IN_TRANSIT: "on_its_way",
        Status.DELIVERED: "delivered",
        Status.COMPLETED: "completed",
        Status.CANCELLED: "already_cancelled",
    },
    Action.DELIVER: dict.fromkeys(Status, "not_on_its_way")
    | {Status.DELIVERED: "delivered", Status.COMPLETED: "completed", Status.CANCELLED: "already_cancelled"},
    Action.COMPLETE: dict.fromkeys(Status, "not_delivered")
    | {Status.COMPLETED: "completed", Status.CANCELLED: "already_cancelled"},
    Action.SHIP_TIMEOUT: dict.fromkeys(Status, "already_shipped")
    | {Status.UNPAID: "not_paid", Status.ON_HOLD: "remorse_running", Status.CANCELLED: "already_cancelled"},
    Action.LOSE: dict.fromkeys(Status, "not_on_its_way")
    | {Status.DELIVERED: "delivered", Status.COMPLETED: "completed", Status.CANCELLED: "already_cancelled"},
    Action.LATE_PAYMENT: {Status.UNPAID: "not_paid"},
    Action.PAY_DIFFERENCE: {Status.UNPAID: "not_paid", Status.CANCELLED: "already_cancelled"},
    Action.ADVANCE_REFUND: {Status.UNPAID: "not_paid"},
    Action.RETRY_REFUND: {Status.UNPAID: "not_paid"},
    **{
        action: dict.fromkeys(Status, "paid_ask_seller")
        | TOO_LATE
        | {Status.AWAITING_COLLECTION: "packed_ask_seller"}
        for action in (
            Action.CHANGE_VARIANT,
            Action.CHANGE_VOUCHER,
            Action.CHANGE_ADDRESS,
            Action.CHANGE_PAYMENT_METHOD,
        )
    },
}

_DOERS: dict[Action, frozenset[Role]] = {
    action: frozenset(role for (a, _, role) in MOVES if a is action) for action in Action
}

WHY_NOT_CODES = frozenset(
    {code for codes in _NOT_IN_STATE.values() for code in codes.values()}
    | set(_BUYER_CANCEL.values())
    | {
        "role_may_not",
        "pay_by_passed",
        "pay_by_not_passed",
        "payment_in_progress",
        "paid_elsewhere",
        "already_extended",
        "method_has_no_more_time",
        "pay_by_is_longest",
        "policy_forbids",
        "remorse_over",
        "remorse_running",
        "request_open",
        "cancel_sla_not_passed",
        "after_sales_running",
        "no_lines_chosen",
    }
)
"""Every code `why_not` can answer."""

NEXT_STEPS: dict[str, str] = {
    "paid_ask_seller": "contact_seller",
    "packed_ask_seller": "contact_seller",
    "partly_on_its_way": "refuse_or_return",
    "on_its_way": "refuse_or_return",
    "remorse_over": "contact_seller",
    "delivered": "return",
    "completed": "buy_again",
    "already_cancelled": "buy_again",
    "already_paid": "contact_seller",
    "pay_by_passed": "buy_again",
    "paid_elsewhere": "pay_there",
    "already_extended": "pay_or_cancel",
    "method_has_no_more_time": "pay_another_way",
    "pay_by_is_longest": "pay_or_cancel",
    "payment_in_progress": "wait_for_payment",
    "request_open": "see_request",
}
"""What a person can do instead, by the code that said no."""


def why_not(action: Action, status: Status, role: Role, facts: Facts) -> str | None:
    """Why `role` may not do `action` now: a code of `WHY_NOT_CODES`, or None where it may."""
    if role not in _DOERS[action]:
        return "role_may_not"
    row = MOVES.get((action, status, role))
    if row is None:
        if role is Role.BUYER and action in (Action.CANCEL, Action.CANCEL_LINES, Action.REBUY):
            return _BUYER_CANCEL[status]
        return _NOT_IN_STATE[action].get(status, "role_may_not")
    return next((code for guard in row.guards if (code := guard(facts)) is not None), None)


def next_step(code: str) -> str | None:
    """What can be done instead of what was refused with `code`; None where nothing can."""
    return NEXT_STEPS.get(code)


def possible(status: Status, role: Role, facts: Facts) -> frozenset[Action]:
    """Every action `role` may take on an order in `status` now; line cancels count with one line chosen."""
    return frozenset(action for action in Action if why_not(action, status, role, facts) is None)
