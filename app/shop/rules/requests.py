"""The request machine: what a buyer may ask of a seller, who answers how, and what silence does.

Its states are TikTok Shop's where it has one: PENDING_SELLER is PENDING, APPROVED is SUCCESS, WITHDRAWN is
CANCELLED there. COMPLETE, once the money is back, is the refund ledger's to write (R12).
"""

from dataclasses import dataclass
from enum import StrEnum

from app.shop.rules import request_guards as guards
from app.shop.rules.orders import Role
from app.shop.rules.policy import HOUR, MINUTE
from app.shop.rules.request_guards import Guard


class RequestStatus(StrEnum):
    """Where a request stands; the words are stored."""

    PENDING_SELLER = "PENDING_SELLER"
    OPTION_LISTED = "OPTION_LISTED"
    ALTERNATIVE_OFFERED = "ALTERNATIVE_OFFERED"
    ESCALATED = "ESCALATED"
    APPROVED = "APPROVED"
    COMPLETE = "COMPLETE"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"
    SUPERSEDED = "SUPERSEDED"


class RequestAction(StrEnum):
    """What can be done about a request."""

    ASK = "ask_to_cancel"
    ASK_CHANGE = "ask_to_change"
    WITHDRAW = "withdraw"
    LIST_OPTION = "list_option"
    CONFIRM = "confirm_cancel"
    APPROVE = "cancel_and_refund"
    OFFER = "offer_change"
    ACCEPT = "accept_offer"
    REFUSE = "refuse_offer"
    ACCEPT_CHANGE = "accept_change"
    DECLINE = "decline"
    ESCALATE = "escalate"
    OVERRULE = "overrule"
    UPHOLD = "uphold"
    REMIND = "remind_of_request"
    AUTO_APPROVE = "auto_approve"
    PASS_ON = "pass_on"  # noqa: S105  (no password)
    LAPSE = "lapse"


class Queue(StrEnum):
    """Whose turn it is: the parts of a seller's queue."""

    TO_ANSWER = "to-answer"
    WITH_BUYER = "with-buyer"
    WITH_PLATFORM = "with-platform"
    CLOSED = "closed"


R, A = RequestStatus, RequestAction
OPEN = frozenset({R.PENDING_SELLER, R.OPTION_LISTED, R.ALTERNATIVE_OFFERED, R.ESCALATED})
QUEUES: dict[RequestStatus, Queue] = dict.fromkeys(RequestStatus, Queue.CLOSED) | {
    R.PENDING_SELLER: Queue.TO_ANSWER,
    R.OPTION_LISTED: Queue.WITH_BUYER,
    R.ALTERNATIVE_OFFERED: Queue.WITH_BUYER,
    R.ESCALATED: Queue.WITH_PLATFORM,
}
CALM = 5 * MINUTE
"""Who takes a request back so soon has not used an attempt."""
AFTER_REFUSAL = 12 * HOUR
"""What the seller has at least to answer once the buyer refused an offer."""


@dataclass(frozen=True, slots=True)
class RequestMove:
    """One row of the machine: `to` is None where the state stays, `reasons` the list a reason is from."""

    rule: str
    to: RequestStatus | None
    reasons: str | None = None
    guards: tuple[Guard, ...] = ()


_ASK = RequestMove("R1", R.PENDING_SELLER, "BP", (guards.awaits_shipment, guards.attempts_left))
_ASK_CHANGE = RequestMove(
    "R1", R.PENDING_SELLER, None, (guards.awaits_change, guards.lives_here, guards.attempts_left)
)
_REMIND = RequestMove("R9", None)
_ANEW = (None, R.WITHDRAWN, R.REJECTED, R.EXPIRED, R.SUPERSEDED)
"""Where a buyer may ask (again)."""

REQUEST_MOVES: dict[tuple[RequestAction, RequestStatus | None, Role], RequestMove] = {
    # An escalated request closes where a new one opens.
    **{(A.ASK, state, Role.BUYER): _ASK for state in (*_ANEW, R.ESCALATED)},
    # A change that nobody answered yet may become a cancel: it is taken back by that.
    (A.ASK, R.PENDING_SELLER, Role.BUYER): RequestMove(
        "R1",
        R.PENDING_SELLER,
        "BP",
        (guards.awaits_shipment, guards.no_cancel_open, guards.attempts_left),
    ),
    **{(A.ASK_CHANGE, state, Role.BUYER): _ASK_CHANGE for state in _ANEW},
    **{
        (A.WITHDRAW, state, Role.BUYER): RequestMove("R2", R.WITHDRAWN)
        for state in (R.PENDING_SELLER, R.OPTION_LISTED, R.ALTERNATIVE_OFFERED)
    },
    (A.LIST_OPTION, R.PENDING_SELLER, Role.SELLER): RequestMove(
        "R3", R.OPTION_LISTED, "SP", (guards.of_a_cancel, guards.awaits_shipment, guards.within_respond_by)
    ),
    (A.CONFIRM, R.OPTION_LISTED, Role.BUYER): RequestMove(
        "R4", R.APPROVED, None, (guards.awaits_shipment, guards.within_confirm_by)
    ),
    **{
        (A.APPROVE, state, Role.SELLER): RequestMove(
            "R5", R.APPROVED, "SP", (guards.of_a_cancel, guards.awaits_shipment)
        )
        for state in (R.PENDING_SELLER, R.ALTERNATIVE_OFFERED)
    },
    (A.OFFER, R.PENDING_SELLER, Role.SELLER): RequestMove(
        "R6",
        R.ALTERNATIVE_OFFERED,
        None,
        (guards.of_a_cancel, guards.awaits_shipment, guards.lives_here, guards.within_respond_by),
    ),
    (A.ACCEPT, R.ALTERNATIVE_OFFERED, Role.BUYER): RequestMove(
        "R6", R.SUPERSEDED, None, (guards.awaits_shipment, guards.within_confirm_by)
    ),
    (A.REFUSE, R.ALTERNATIVE_OFFERED, Role.BUYER): RequestMove(
        "R6", R.PENDING_SELLER, None, (guards.within_confirm_by,)
    ),
    # With T16: what was asked for is done in the same step.
    (A.ACCEPT_CHANGE, R.PENDING_SELLER, Role.SELLER): RequestMove(
        "R13", R.SUPERSEDED, None, (guards.of_a_change, guards.awaits_shipment, guards.within_respond_by)
    ),
    (A.DECLINE, R.PENDING_SELLER, Role.SELLER): RequestMove(
        "R7", R.REJECTED, "SR", (guards.within_respond_by,)
    ),
    # To ESCALATED where the policy has silence passed on to the platform.
    (A.AUTO_APPROVE, R.PENDING_SELLER, Role.SYSTEM): RequestMove(
        "R8", R.APPROVED, "SP", (guards.of_a_cancel, guards.awaits_shipment, guards.respond_by_over)
    ),
    (A.PASS_ON, R.PENDING_SELLER, Role.SYSTEM): RequestMove(
        "R8", R.ESCALATED, None, (guards.of_a_cancel, guards.respond_by_over)
    ),
    # Silence is no yes to a change: a seller may not have what was asked for. The order goes on as it is.
    (A.LAPSE, R.PENDING_SELLER, Role.SYSTEM): RequestMove(
        "R14", R.EXPIRED, None, (guards.of_a_change, guards.respond_by_over)
    ),
    **{
        (A.LAPSE, state, Role.SYSTEM): RequestMove("R9", R.EXPIRED, None, (guards.confirm_by_over,))
        for state in (R.OPTION_LISTED, R.ALTERNATIVE_OFFERED)
    },
    **{
        (A.REMIND, state, Role.SYSTEM): _REMIND
        for state in (R.PENDING_SELLER, R.OPTION_LISTED, R.ALTERNATIVE_OFFERED)
    },
    # The platform decides whether an order is cancelled, not what a seller has to sell instead.
    (A.ESCALATE, R.REJECTED, Role.BUYER): RequestMove(
        "R10",
        R.ESCALATED,
        None,
        (guards.cancel_declined, guards.unshipped, guards.not_escalated_yet, guards.soon_after_refusal),
    ),
    (A.OVERRULE, R.ESCALATED, Role.OPERATOR): RequestMove("R10", R.APPROVED, "OP", (guards.unshipped,)),
    (A.UPHOLD, R.ESCALATED, Role.OPERATOR): RequestMove("R10", R.REJECTED, "SR"),
}
"""The whole machine. R11, the order arranged or cancelled another way, is written with that move."""
