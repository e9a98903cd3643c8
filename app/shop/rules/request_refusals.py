"""Why something may not be done about a request, and what can be done instead."""

from app.shop.rules.orders import Role
from app.shop.rules.refusals import next_step
from app.shop.rules.request_guards import NOT_ASKED_OF, RequestFacts, awaits_change, awaits_shipment
from app.shop.rules.requests import OPEN, REQUEST_MOVES, RequestAction, RequestStatus

R = RequestStatus

_NOT_IN_STATE: dict[RequestStatus | None, str] = {
    None: "no_request",
    R.PENDING_SELLER: "request_waits_for_seller",
    R.OPTION_LISTED: "request_waits_for_buyer",
    R.ALTERNATIVE_OFFERED: "request_waits_for_buyer",
    R.ESCALATED: "request_with_platform",
    R.APPROVED: "request_approved",
    R.COMPLETE: "request_approved",
    R.REJECTED: "request_declined",
    R.WITHDRAWN: "request_withdrawn",
    R.EXPIRED: "request_expired",
    R.SUPERSEDED: "request_closed",
}
_ASKED_ALREADY = dict.fromkeys(OPEN, "request_open")
_ASKS = {RequestAction.ASK: awaits_shipment, RequestAction.ASK_CHANGE: awaits_change}
_DOERS = {action: frozenset(role for a, _, role in REQUEST_MOVES if a is action) for action in RequestAction}

WHY_NOT_REQUEST = frozenset(
    {*_NOT_IN_STATE.values(), *NOT_ASKED_OF.values()}
    | {"role_may_not", "request_open", "no_attempts_left", "respond_by_not_passed", "confirm_by_not_passed"}
    | {"respond_by_passed", "confirm_by_passed", "escalated_already", "escalate_time_over"}
    | {"edit_on_its_platform", "change_it_yourself", "change_asked", "cancel_asked", "change_is_the_sellers"}
)
"""Every code `why_not_request` can answer."""

REQUEST_NEXT_STEPS: dict[str, str] = {
    "cancel_it_yourself": "cancel_it",
    "change_it_yourself": "change_it",
    "change_is_the_sellers": "ask_again",
    "request_waits_for_seller": "wait_for_seller",
    "request_waits_for_buyer": "see_request",
    "request_with_platform": "wait_for_platform",
    "request_declined": "ask_again",
    "request_withdrawn": "ask_again",
    "request_expired": "ask_again",
    "request_closed": "ask_again",
    "no_request": "ask_again",
    "no_attempts_left": "contact_seller",
    "respond_by_passed": "wait_for_clock",
    "confirm_by_passed": "ask_again",
    "escalated_already": "contact_seller",
    "escalate_time_over": "contact_seller",
}
"""What a person can do instead, by the code that said no."""


def request_next_step(code: str) -> str | None:
    """What can be done instead of what was refused with `code`; None where nothing can."""
    return REQUEST_NEXT_STEPS.get(code) or next_step(code)


def why_not_request(
    action: RequestAction, status: RequestStatus | None, role: Role, facts: RequestFacts
) -> str | None:
    """Why `role` may not do `action` now to an order whose newest request is in `status` (None: it has none).

    A code of `WHY_NOT_REQUEST`, or None where they may.
    """
    if role not in _DOERS[action]:
        return "role_may_not"
    row = REQUEST_MOVES.get((action, status, role))
    if row is None:
        if action in _ASKS:
            return _ASKS[action](facts) or _ASKED_ALREADY.get(status or R.APPROVED, "already_cancelled")
        return _NOT_IN_STATE[status]
    return next((code for guard in row.guards if (code := guard(facts)) is not None), None)


def possible_for_request(
    status: RequestStatus | None, role: Role, facts: RequestFacts
) -> frozenset[RequestAction]:
    """Every action `role` may take now."""
    return frozenset(
        action for action in RequestAction if why_not_request(action, status, role, facts) is None
    )
