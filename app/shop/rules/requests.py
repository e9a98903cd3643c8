"""The request machine: what a buyer may ask of a seller, who answers how, and what silence does.

Its states are TikTok Shop's where it has one: PENDING_SELLER is PENDING, APPROVED is SUCCESS, WITHDRAWN is
CANCELLED there. COMPLETE, once the money is back, is the refund ledger's to write (R12).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.shop.rules.orders import UNSHIPPED, Role, Status
from app.shop.rules.policy import HOUR, MINUTE, Policy
from app.shop.rules.refusals import TOO_LATE


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
    WITHDRAW = "withdraw"
    LIST_OPTION = "list_option"
    CONFIRM = "confirm_cancel"
    APPROVE = "cancel_and_refund"
    OFFER = "offer_change"
    ACCEPT = "accept_offer"
    REFUSE = "refuse_offer"
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
ESCALATE_WITHIN = 48 * HOUR


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What the guards look at beside (action, state, role). Times are milliseconds UTC, None where unset."""

    now: int
    policy: Policy
    order: Status
    attempts: int = 0
    respond_by: int | None = None
    confirm_by: int | None = None
    answered_at: int | None = None
    escalated: bool = False
    by_rule: bool = False
    imported: bool = False


Guard = Callable[[RequestFacts], str | None]
"""A condition of a move: None where it holds, else the code that says why not."""

NOT_ASKED_OF: dict[Status, str] = {
    Status.UNPAID: "cancel_it_yourself",
    Status.ON_HOLD: "cancel_it_yourself",
    Status.AWAITING_COLLECTION: "packed_ask_seller",
} | TOO_LATE
"""Why a cancel cannot be asked for, by where the order stands; it can of one that awaits its shipment."""


def awaits_shipment(facts: RequestFacts) -> str | None:
    """The order is paid (or cash on delivery) and not arranged yet."""
    return NOT_ASKED_OF.get(facts.order)


def attempts_left(facts: RequestFacts) -> str | None:
    """The buyer has not asked as often as the policy allows."""
    return "no_attempts_left" if facts.attempts >= facts.policy.request_attempts else None


def respond_by_over(facts: RequestFacts) -> str | None:
    """The seller's time to answer is over, or a rule of the policy answers at once."""
    over = facts.respond_by is not None and facts.now > facts.respond_by
    return None if over or facts.by_rule else "respond_by_not_passed"


def within_respond_by(facts: RequestFacts) -> str | None:
    """The seller can still answer: after that what silence means is due, however late the clock is."""
    return "respond_by_passed" if respond_by_over(facts) is None else None


def confirm_by_over(facts: RequestFacts) -> str | None:
    """The buyer's time to confirm is over."""
    over = facts.confirm_by is not None and facts.now > facts.confirm_by
    return None if over else "confirm_by_not_passed"


def within_confirm_by(facts: RequestFacts) -> str | None:
    """It can still be confirmed."""
    return "confirm_by_passed" if confirm_by_over(facts) is None else None


def not_escalated_yet(facts: RequestFacts) -> str | None:
    """The platform has not been asked before."""
    return "escalated_already" if facts.escalated else None


def soon_after_refusal(facts: RequestFacts) -> str | None:
    """The seller declined not long ago."""
    late = facts.answered_at is None or facts.now > facts.answered_at + ESCALATE_WITHIN
    return "escalate_time_over" if late else None


def unshipped(facts: RequestFacts) -> str | None:
    """The parcel has not left."""
    return None if facts.order in UNSHIPPED else NOT_ASKED_OF[facts.order]


def lives_here(facts: RequestFacts) -> str | None:
    """The order can be changed here: it did not come from another platform."""
    return "edit_on_its_platform" if facts.imported else None


@dataclass(frozen=True, slots=True)
class RequestMove:
    """One row of the machine: `to` is None where the state stays, `reasons` the list a reason is from."""

    rule: str
    to: RequestStatus | None
    reasons: str | None = None
    guards: tuple[Guard, ...] = ()


_ASK = RequestMove("R1", R.PENDING_SELLER, "BP", (awaits_shipment, attempts_left))
_REMIND = RequestMove("R9", None)

REQUEST_MOVES: dict[tuple[RequestAction, RequestStatus | None, Role], RequestMove] = {
    # An escalated request closes where a new one opens.
    **{
        (A.ASK, state, Role.BUYER): _ASK
        for state in (None, R.WITHDRAWN, R.REJECTED, R.EXPIRED, R.SUPERSEDED, R.ESCALATED)
    },
    **{
        (A.WITHDRAW, state, Role.BUYER): RequestMove("R2", R.WITHDRAWN)
        for state in (R.PENDING_SELLER, R.OPTION_LISTED, R.ALTERNATIVE_OFFERED)
    },
    (A.LIST_OPTION, R.PENDING_SELLER, Role.SELLER): RequestMove(
        "R3", R.OPTION_LISTED, "SP", (awaits_shipment, within_respond_by)
    ),
    (A.CONFIRM, R.OPTION_LISTED, Role.BUYER): RequestMove(
        "R4", R.APPROVED, None, (awaits_shipment, within_confirm_by)
    ),
    **{
        (A.APPROVE, state, Role.SELLER): RequestMove("R5", R.APPROVED, "SP", (awaits_shipment,))
        for state in (R.PENDING_SELLER, R.ALTERNATIVE_OFFERED)
    },
    (A.OFFER, R.PENDING_SELLER, Role.SELLER): RequestMove(
        "R6", R.ALTERNATIVE_OFFERED, None, (awaits_shipment, lives_here, within_respond_by)
    ),
    (A.ACCEPT, R.ALTERNATIVE_OFFERED, Role.BUYER): RequestMove(
        "R6", R.SUPERSEDED, None, (awaits_shipment, within_confirm_by)
    ),
    (A.REFUSE, R.ALTERNATIVE_OFFERED, Role.BUYER): RequestMove(
        "R6", R.PENDING_SELLER, None, (within_confirm_by,)
    ),
    (A.DECLINE, R.PENDING_SELLER, Role.SELLER): RequestMove("R7", R.REJECTED, "SR", (within_respond_by,)),
    # To ESCALATED where the policy has silence passed on to the platform.
    (A.AUTO_APPROVE, R.PENDING_SELLER, Role.SYSTEM): RequestMove(
        "R8", R.APPROVED, "SP", (awaits_shipment, respond_by_over)
    ),
    (A.PASS_ON, R.PENDING_SELLER, Role.SYSTEM): RequestMove("R8", R.ESCALATED, None, (respond_by_over,)),
    **{
        (A.LAPSE, state, Role.SYSTEM): RequestMove("R9", R.EXPIRED, None, (confirm_by_over,))
        for state in (R.OPTION_LISTED, R.ALTERNATIVE_OFFERED)
    },
    **{
        (A.REMIND, state, Role.SYSTEM): _REMIND
        for state in (R.PENDING_SELLER, R.OPTION_LISTED, R.ALTERNATIVE_OFFERED)
    },
    (A.ESCALATE, R.REJECTED, Role.BUYER): RequestMove(
        "R10", R.ESCALATED, None, (unshipped, not_escalated_yet, soon_after_refusal)
    ),
    (A.OVERRULE, R.ESCALATED, Role.OPERATOR): RequestMove("R10", R.APPROVED, "OP", (unshipped,)),
    (A.UPHOLD, R.ESCALATED, Role.OPERATOR): RequestMove("R10", R.REJECTED, "SR"),
}
"""The whole machine. R11, the order arranged or cancelled another way, is written with that move."""
