"""The refund machine: money on its way back, what the gateway may say of it, and when it is tried again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.shop.rules.clocks import Method, refund_by
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY, HOUR, MINUTE


class RefundState(StrEnum):
    """Where a refund stands; the words are stored."""

    REQUESTED = "REQUESTED"
    SENT = "SENT"
    RETRYING = "RETRYING"
    DONE = "DONE"
    GIVEN_UP = "GIVEN_UP"


class Outcome(StrEnum):
    """What moves a refund: that it is handed to the gateway, what the gateway says of it, a second chance."""

    BEGUN = "begun"
    ACCEPTED = "accepted"
    LATE = "late"
    SETTLED = "settled"
    FAILED = "failed"
    REFUSED = "refused"
    AGAIN = "again"


class PaymentStatus(StrEnum):
    """What an order's payments and refunds come to."""

    NONE = "NONE"
    COD_DUE = "COD_DUE"
    PAID = "PAID"
    REFUND_PENDING = "REFUND_PENDING"
    PARTLY_REFUNDED = "PARTLY_REFUNDED"
    REFUNDED = "REFUNDED"
    REFUND_FAILED = "REFUND_FAILED"


_R, _O = RefundState, Outcome

NEXT: dict[tuple[RefundState, Outcome], RefundState] = {
    (_R.REQUESTED, _O.BEGUN): _R.SENT,
    (_R.RETRYING, _O.BEGUN): _R.SENT,
    (_R.SENT, _O.ACCEPTED): _R.SENT,
    (_R.SENT, _O.LATE): _R.SENT,
    (_R.SENT, _O.SETTLED): _R.DONE,
    (_R.SENT, _O.FAILED): _R.RETRYING,
    (_R.SENT, _O.REFUSED): _R.GIVEN_UP,
    (_R.GIVEN_UP, _O.AGAIN): _R.RETRYING,
}
"""The whole machine, but that the last failure gives up: see `after`."""

WAITS = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR, DAY)
"""How long after each failure the refund is tried again; after one more it is given up."""
ASKED_FIRST, ASKED_LAST = MINUTE, 12 * HOUR
"""How soon and how seldom the gateway is asked what became of a refund."""
LATE_AFTER = HOUR
"""How long after the promised time a refund that is not there counts as late."""

PENDING = frozenset({_R.REQUESTED, _R.SENT, _R.RETRYING})
"""On its way: the clock has something to do about it."""


def after(state: RefundState, outcome: Outcome, attempts: int) -> RefundState | None:
    """Where `outcome` brings a refund that was sent `attempts` times; None where it means nothing."""
    to = NEXT.get((state, outcome))
    return _R.GIVEN_UP if outcome is _O.FAILED and to and attempts > len(WAITS) else to


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a refund is: `by` is when it should be there, `due_at` when the clock acts on it next."""

    state: RefundState
    by: int
    attempts: int = 0
    due_at: int | None = None
    sent_at: int | None = None
    done_at: int | None = None


def moved(was: Standing, outcome: Outcome, method: Method, *, now: int, zone: str) -> Standing | None:
    """Where a refund stands after `outcome`, now; None where it means nothing to it."""
    to = after(was.state, outcome, was.attempts)
    if to is None:
        return None
    found = replace(was, state=to, done_at=now if to is _R.DONE else None)
    if outcome is _O.BEGUN:
        attempts = was.attempts + 1
        by = promised(method, was.by, now, zone, attempts)
        found = replace(found, attempts=attempts, by=by, sent_at=now)
    return replace(found, due_at=_next_look(found, now, again=outcome is _O.AGAIN))


def look_again(was: Standing, now: int) -> int | None:
    """When the clock acts next on a refund that the gateway has, and has nothing new to say of."""
    to = after(was.state, Outcome.ACCEPTED, was.attempts)
    return None if to is None else _next_look(replace(was, state=to), now)


def _next_look(refund: Standing, now: int, *, again: bool = False) -> int | None:
    # The gateway is asked again after as long as the refund is out already, and when it should be there.
    match refund.state:
        case _R.REQUESTED:
            return now
        case _R.RETRYING:
            return now if again else now + WAITS[refund.attempts - 1]
        case _R.SENT:
            out = now - (refund.sent_at or now)
            waited = now + min(max(out, ASKED_FIRST), ASKED_LAST)
            return min(waited, refund.by) if refund.by > now else waited
    return None


def promised(method: Method, by: int, now: int, zone: str, attempts: int) -> int:
    """When money sent now, for the `attempts`-th time, is there: as promised, while that can be kept."""
    return by if attempts == 1 and by >= now else refund_by(method, now, zone)


EVENTS: dict[Outcome, str] = {
    _O.BEGUN: "refund_sent",
    _O.LATE: "refund_late",
    _O.SETTLED: "refund_done",
    _O.FAILED: "refund_failed",
    _O.REFUSED: "refund_given_up",
}
"""What the timeline says of an outcome."""


def event_of(outcome: Outcome, to: RefundState) -> str:
    """What the timeline says of an outcome that led to `to`: the last failure is told as a refusal is."""
    return EVENTS[_O.REFUSED if to is _R.GIVEN_UP else outcome]


def told_to_buyer(event: str, attempts: int) -> str | None:
    """What the buyer's inbox says of it: that money is sent was promised, that it fails is told once."""
    return None if event == "refund_sent" or (event == "refund_failed" and attempts > 1) else event


def told_to_seller(event: str) -> str | None:
    """What the sellers' inboxes say of it: only what needs somebody."""
    return event if event == "refund_given_up" else None


def is_late(by: int, now: int) -> bool:
    """Whether money that is not there yet should have been."""
    return now > by + LATE_AFTER


def reference(number: int, payment_n: int, cause: int, attempt: int) -> str:
    """What the gateway knows a refund by: the same while it may be paid, another only after it said no."""
    return f"{number}-{payment_n}-{cause}-{attempt}"


@dataclass(frozen=True, slots=True)
class Amount:
    """A payment or refund as the payment status is derived from it."""

    state: str
    amount_minor: int


def payment_status(status: str, payments: Iterable[Amount], refunds: Iterable[Amount]) -> PaymentStatus:
    """The payment status of an order in `status`; what needs somebody most is told first."""
    payments, refunds = tuple(payments), tuple(refunds)
    states = {refund.state for refund in refunds}
    if _R.GIVEN_UP in states:
        return PaymentStatus.REFUND_FAILED
    if states & PENDING:
        return PaymentStatus.REFUND_PENDING
    came = sum(one.amount_minor for one in payments if one.state in ("CAPTURED", "LATE"))
    went = sum(one.amount_minor for one in refunds)
    if went:
        return PaymentStatus.REFUNDED if went >= came else PaymentStatus.PARTLY_REFUNDED
    if came:
        return PaymentStatus.PAID
    due = status != Status.CANCELLED and any(one.state == "COD_DUE" for one in payments)
    return PaymentStatus.COD_DUE if due else PaymentStatus.NONE
