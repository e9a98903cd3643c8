"""The conditions of the order machine: each holds, or says with a code why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a policy names reasons, which name the states of the machine that asks these
    from app.shop.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at beside (action, state, role). Times are milliseconds UTC, None where unset."""

    now: int
    policy: Policy
    pay_by: int | None = None
    attempted_at: int | None = None
    remorse_until: int | None = None
    cancel_sla: int | None = None
    complete_at: int | None = None
    open_request: bool = False
    tracking: bool = False
    chosen_lines: int = 0
    charge_out: bool = False
    outside: bool = False
    extended: bool = False
    longer_until: int | None = None
    """Until when more time could be given to pay; None where the way to pay has none."""


Guard = Callable[[Facts], str | None]
"""A condition of a move: None where it holds, else the code that says why not."""


def payment_running(facts: Facts) -> bool:
    """Whether a payment was begun and is still waited for."""
    if facts.attempted_at is None:
        return False
    return facts.now - facts.attempted_at < facts.policy.attempt_patience_ms


def within_pay_by(facts: Facts) -> str | None:
    """It can still be paid."""
    if facts.pay_by is None:
        return None
    end = facts.pay_by + facts.policy.grace_ms
    # What was begun in time and is still waited for may also end in time: its money has nowhere else to go.
    begun = facts.attempted_at is not None and facts.attempted_at <= end and payment_running(facts)
    return None if facts.now <= end or begun else "pay_by_passed"


def pay_by_over(facts: Facts) -> str | None:
    """The time to pay is over, and no payment is under way."""
    if facts.pay_by is None or facts.now <= facts.pay_by + facts.policy.grace_ms:
        return "pay_by_not_passed"
    return no_attempt_running(facts)


def no_attempt_running(facts: Facts) -> str | None:
    """No payment is under way: what is being paid must stay what it is."""
    return "payment_in_progress" if payment_running(facts) else None


def no_charge_out(facts: Facts) -> str | None:
    """The gateway is not being asked for its money: what it was told to take must stay what it costs."""
    return "payment_in_progress" if facts.charge_out else None


def placed_here(facts: Facts) -> str | None:
    """It does not come from another platform's file: that platform takes its money."""
    return "paid_elsewhere" if facts.outside else None


def not_extended_yet(facts: Facts) -> str | None:
    """More time to pay is given once."""
    return "already_extended" if facts.extended else None


def method_allows(facts: Facts) -> str | None:
    """The way to pay can be given more time, and there is more to give."""
    if facts.longer_until is None:
        return "method_has_no_more_time"
    return None if facts.longer_until > (facts.pay_by or 0) else "pay_by_is_longest"


def seller_may_cancel_unpaid(facts: Facts) -> str | None:
    """The policy lets a seller cancel what is not paid."""
    return None if facts.policy.seller_cancels_unpaid else "policy_forbids"


def seller_may_cancel_arranged(facts: Facts) -> str | None:
    """The policy lets a seller cancel a packed parcel."""
    return None if facts.policy.seller_cancels_arranged else "policy_forbids"


def within_remorse(facts: Facts) -> str | None:
    """The time to think is not over."""
    if facts.policy.remorse_ms == 0 and facts.remorse_until is None:
        return "paid_ask_seller"
    over = facts.remorse_until is not None and facts.now >= facts.remorse_until
    return "remorse_over" if over else None


def remorse_over(facts: Facts) -> str | None:
    """The time to think is over."""
    return None if facts.remorse_until is None or facts.now >= facts.remorse_until else "remorse_running"


def request_answered(facts: Facts) -> str | None:
    """No request waits for an answer, or the parcel has a tracking number already."""
    return "request_open" if facts.open_request and not facts.tracking else None


def ship_sla_over(facts: Facts) -> str | None:
    """The seller let the last day to ship pass."""
    return None if facts.cancel_sla is not None and facts.now > facts.cancel_sla else "cancel_sla_not_passed"


def after_sales_over(facts: Facts) -> str | None:
    """The time to return it is over."""
    return None if facts.complete_at is not None and facts.now >= facts.complete_at else "after_sales_running"


def lines_chosen(facts: Facts) -> str | None:
    """At least one line is meant."""
    return "no_lines_chosen" if facts.chosen_lines == 0 else None
