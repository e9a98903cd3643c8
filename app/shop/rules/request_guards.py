"""The conditions of the request machine: each holds, or says with a code why not."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.shop.rules.orders import UNSHIPPED, Status
from app.shop.rules.policy import HOUR, Policy
from app.shop.rules.refusals import TOO_LATE

ESCALATE_WITHIN = 48 * HOUR
"""How long after a refusal the platform can be asked."""


class RequestKind(StrEnum):
    """What a buyer asks for; the words are stored."""

    CANCEL = "cancel"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What the guards look at beside (action, state, role). Times are milliseconds UTC, None where unset.

    `kind` is what the newest request asks for, `open_change` whether it is a change that still waits.
    """

    now: int
    policy: Policy
    order: Status
    kind: RequestKind = RequestKind.CANCEL
    attempts: int = 0
    respond_by: int | None = None
    confirm_by: int | None = None
    answered_at: int | None = None
    escalated: bool = False
    by_rule: bool = False
    imported: bool = False
    open_change: bool = False


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


def awaits_change(facts: RequestFacts) -> str | None:
    """The order is the seller's to change: paid (or cash on delivery) and not arranged yet."""
    return (NOT_ASKED_OF | {Status.UNPAID: "change_it_yourself"}).get(facts.order)


def attempts_left(facts: RequestFacts) -> str | None:
    """The buyer has not asked as often as the policy allows; a change that is taken back by it is none."""
    used = facts.attempts - facts.open_change
    return "no_attempts_left" if used >= facts.policy.request_attempts else None


def of_a_cancel(facts: RequestFacts) -> str | None:
    """The request is to cancel."""
    return "change_asked" if facts.kind is RequestKind.CHANGE else None


def of_a_change(facts: RequestFacts) -> str | None:
    """The request is to change the order."""
    return "cancel_asked" if facts.kind is RequestKind.CANCEL else None


def no_cancel_open(facts: RequestFacts) -> str | None:
    """What is open is a change, not a cancel already."""
    return "request_open" if facts.kind is RequestKind.CANCEL else None


def cancel_declined(facts: RequestFacts) -> str | None:
    """What was declined was a cancel."""
    return "change_is_the_sellers" if facts.kind is RequestKind.CHANGE else None


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
