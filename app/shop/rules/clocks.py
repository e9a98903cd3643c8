"""Deadlines: from a time, a policy and the shop's time zone to the moment something is due."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.shop.rules.orders import Status
from app.shop.rules.policy import HOUR, Policy

SATURDAY = 5
EPOCH, MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)


class Method(StrEnum):
    """How an order is paid."""

    CARD = "CARD"
    WALLET = "WALLET"
    TRANSFER = "TRANSFER"
    COD = "COD"
    OTHER = "OTHER"


class Step(StrEnum):
    """What the clock does next to an order."""

    REMIND_HALF = "remind_half"
    REMIND_LAST = "remind_last"
    EXPIRE = "expire"
    RELEASE = "release"
    SHIP_TIMEOUT = "ship_timeout"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Due:
    """The next thing the clock does to an order, and when (milliseconds UTC)."""

    at: int
    step: Step


@dataclass(frozen=True, slots=True)
class PaidClocks:
    """The deadlines a paid (or cash-on-delivery) order starts with, milliseconds UTC."""

    remorse_until: int | None
    ship_by: int
    collect_by: int
    cancel_sla: int


PAY_MS = {
    Method.CARD: "pay_card_ms",
    Method.WALLET: "pay_wallet_ms",
    Method.TRANSFER: "pay_transfer_ms",
    Method.OTHER: "pay_transfer_ms",
}


def pay_by(method: Method, created_at: int, policy: Policy) -> int | None:
    """When an order must be paid; None for cash on delivery."""
    return None if method is Method.COD else created_at + int(getattr(policy, PAY_MS[method]))


EXTEND_MS = {
    Method.CARD: "extend_card_ms",
    Method.TRANSFER: "extend_transfer_ms",
    Method.OTHER: "extend_transfer_ms",
}
"""Which ways to pay can be given more time, and the setting that says how much.

A code that a wallet was shown ends with its time.
"""
LONGEST_MS = 48 * HOUR
"""No order may be paid later than so long after it was made."""


def longer_pay_by(method: Method, created_at: int, pay_by: int | None, policy: Policy) -> int | None:
    """Until when an order could be paid if it were given more time; None where its way to pay has none."""
    more = int(getattr(policy, EXTEND_MS[method])) if method in EXTEND_MS else 0
    return min(pay_by + more, created_at + LONGEST_MS) if pay_by is not None and more else None


def pay_by_instead(method: Method, until: int | None, created_at: int, policy: Policy) -> int | None:
    """When an order that could be paid `until` then must be paid by another `method`: never sooner.

    None for cash on delivery.
    """
    by = pay_by(method, created_at, policy)
    return None if by is None else max(by, until or 0)


def add_working_days(at: int, days: int, zone: str) -> int:
    """`at` plus `days` working days (Monday to Friday) on the wall clock of `zone`.

    Nothing is due on a weekend: what would be, is due at the same time on the Monday after.
    """
    moment = (EPOCH + at * MILLISECOND).astimezone(ZoneInfo(zone))
    while days > 0:
        moment += timedelta(days=1)
        days -= moment.weekday() < SATURDAY
    while moment.weekday() >= SATURDAY:
        moment += timedelta(days=1)
    return (moment - EPOCH) // MILLISECOND  # `timestamp()` is a float: it loses a millisecond now and then


def after_payment(paid_at: int, policy: Policy, zone: str) -> PaidClocks:
    """The clocks of T2 (and of T1 for cash on delivery)."""
    start = paid_at + policy.remorse_ms
    collect_by = add_working_days(start, policy.collect_working_days, zone)
    return PaidClocks(
        remorse_until=start if policy.remorse_ms else None,
        ship_by=add_working_days(start, policy.ship_working_days, zone),
        collect_by=collect_by,
        cancel_sla=add_working_days(collect_by, policy.cancel_sla_working_days, zone),
    )


def payment_steps(
    created_at: int, pay_by: int, policy: Policy, attempted_at: int | None = None
) -> tuple[Due, ...]:
    """What the clock does to an unpaid order: reminders with 50 % and 10 % of the time left, then the end.

    The end waits for a payment that was begun (`attempted_at`), as long as the policy is patient.
    """
    span = pay_by - created_at
    end = pay_by + policy.grace_ms
    if attempted_at is not None:
        end = max(end, attempted_at + policy.attempt_patience_ms)
    return (
        Due(created_at + span // 2, Step.REMIND_HALF),
        Due(pay_by - span // 10, Step.REMIND_LAST),
        Due(end + 1, Step.EXPIRE),
    )


def next_payment_step(
    created_at: int, pay_by: int, policy: Policy, *, after: int, attempted_at: int | None = None
) -> Due:
    """The first step of an unpaid order's clock after `after`; its end where that is over as well."""
    steps = payment_steps(created_at, pay_by, policy, attempted_at)
    return next((due for due in steps if due.at > after), steps[-1])


def last_payment_step(
    created_at: int, pay_by: int, policy: Policy, *, by: int, attempted_at: int | None = None
) -> Due | None:
    """The last step of an unpaid order's clock that is due by `by`: it stands for those before it."""
    steps = payment_steps(created_at, pay_by, policy, attempted_at)
    return next((due for due in reversed(steps) if due.at <= by), None)


def next_due(
    status: Status,
    policy: Policy,
    *,
    after: int,
    created_at: int,
    pay_by: int | None = None,
    attempted_at: int | None = None,
    remorse_until: int | None = None,
    cancel_sla: int | None = None,
    complete_at: int | None = None,
    done: Step | None = None,
) -> Due | None:
    """The next step of the clock for an order in `status`, `done` being the one just taken.

    A reminder whose time is over (the app was closed) is left out where a later step is due as well.
    """
    if status is Status.UNPAID and pay_by is not None:
        steps = payment_steps(created_at, pay_by, policy, attempted_at)
        if done is not None:
            order = [due.step for due in steps]
            steps = steps[order.index(done) + 1 :] if done in order else steps
        passed = [due for due in steps if due.at <= after]
        return passed[-1] if passed else next(iter(steps), None)
    if status is Status.ON_HOLD and remorse_until is not None:
        return Due(remorse_until, Step.RELEASE)
    if status in (Status.AWAITING_SHIPMENT, Status.AWAITING_COLLECTION) and cancel_sla is not None:
        return Due(cancel_sla + 1, Step.SHIP_TIMEOUT)
    if status is Status.DELIVERED and complete_at is not None:
        return Due(complete_at, Step.COMPLETE)
    return None


def refund_by(method: Method, at: int, zone: str) -> int:
    """When money sent back at `at` is there: wallets at once, everything else within five working days."""
    return at if method is Method.WALLET else add_working_days(at, 5, zone)


_PAYMENT_STEPS = (Step.REMIND_HALF, Step.REMIND_LAST, Step.EXPIRE)


def step_before(step: Step) -> Step | None:
    """The step of an unpaid order's clock that was taken last, where `step` is the one to come."""
    if step not in _PAYMENT_STEPS[1:]:
        return None
    return _PAYMENT_STEPS[_PAYMENT_STEPS.index(step) - 1]
