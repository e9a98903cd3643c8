"""The clocks of a request: until when somebody answers, who is reminded, and what silence does."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.shop.rules.orders import Status
from app.shop.rules.policy import Policy
from app.shop.rules.request_guards import RequestFacts, RequestKind
from app.shop.rules.requests import AFTER_REFUSAL, QUEUES, Queue, RequestStatus


class RequestStep(StrEnum):
    """What the clock does next to a request."""

    BY_RULE = "by_rule"
    REMIND_HALF = "remind_half"
    REMIND_LAST = "remind_last"
    SILENCE = "silence"
    LAPSE = "lapse"


@dataclass(frozen=True, slots=True)
class RequestDue:
    """The next thing the clock does to a request, and when (milliseconds UTC)."""

    at: int
    step: RequestStep


class Clocked(Protocol):
    """A request, as far as its clocks and attempts go."""

    @property
    def kind(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def respond_by(self) -> int | None: ...
    @property
    def confirm_by(self) -> int | None: ...
    @property
    def answered_at(self) -> int | None: ...
    @property
    def escalated_at(self) -> int | None: ...
    @property
    def due_step(self) -> str | None: ...


def facts_about(
    newest: Clocked | None, *, now: int, policy: Policy, order: Status, attempts: int, imported: bool
) -> RequestFacts:
    """What the guards look at for an order in this status with this `newest` request (None: it has none)."""
    if newest is None:
        return RequestFacts(now, policy, order, attempts=attempts, imported=imported)
    kind = RequestKind(newest.kind)
    return RequestFacts(
        now,
        policy,
        order,
        kind,
        attempts,
        newest.respond_by,
        newest.confirm_by,
        newest.answered_at,
        escalated=newest.escalated_at is not None,
        by_rule=newest.due_step == RequestStep.BY_RULE,
        imported=imported,
        open_change=kind is RequestKind.CHANGE and newest.status == RequestStatus.PENDING_SELLER,
    )


END = {
    RequestStatus.PENDING_SELLER: RequestStep.SILENCE,
    RequestStatus.OPTION_LISTED: RequestStep.LAPSE,
    RequestStatus.ALTERNATIVE_OFFERED: RequestStep.LAPSE,
}
"""What silence does, where somebody is waited for with a clock."""


def answer_by(status: RequestStatus, respond_by: int | None, confirm_by: int | None) -> int | None:
    """Until when whoever is waited for answers (ms UTC); None where no clock runs."""
    match END.get(status):
        case RequestStep.SILENCE:
            return respond_by
        case RequestStep.LAPSE:
            return confirm_by
    return None


def respond_by(now: int, policy: Policy, cancel_sla: int | None) -> int:
    """Until when the seller answers a request made at `now`, never after the last day to ship."""
    return _at_most(now + policy.respond_ms, cancel_sla)


def respond_again_by(now: int, left_ms: int, cancel_sla: int | None) -> int:
    """Until when the seller answers once an offer was refused: by the old clock, in 12 hours at least."""
    return _at_most(now + max(left_ms, AFTER_REFUSAL), cancel_sla)


def _at_most(by: int, cancel_sla: int | None) -> int:
    return by if cancel_sla is None else min(by, cancel_sla)


def request_steps(status: RequestStatus, since: int, by: int) -> tuple[RequestDue, ...]:
    """What the clock does to a request that waits until `by`: reminders at 50 and 10 % left, then the end."""
    end = END.get(status)
    if end is None:
        return ()
    span = by - since
    return (
        RequestDue(since + span // 2, RequestStep.REMIND_HALF),
        RequestDue(by - span // 10, RequestStep.REMIND_LAST),
        RequestDue(by + 1, end),
    )


def next_request_step(status: RequestStatus, since: int, by: int | None, *, after: int) -> RequestDue | None:
    """The first step after `after`; the end where that is over as well; None where no clock runs."""
    steps = request_steps(status, since, by) if by is not None else ()
    return next((due for due in steps if due.at > after), steps[-1] if steps else None)


def last_request_step(status: RequestStatus, since: int, by: int | None, *, now: int) -> RequestDue | None:
    """The last step that is due by `now`: it stands for those before it (the app was closed)."""
    steps = request_steps(status, since, by) if by is not None else ()
    return next((due for due in reversed(steps) if due.at <= now), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands: in whose queue, how urgent there (ms UTC), and what the clock does next."""

    status: RequestStatus
    queue: Queue
    queue_at: int
    since: int
    due: RequestDue | None


def standing(
    status: RequestStatus,
    since: int,
    by: int | None = None,
    *,
    after: int | None = None,
    imported: bool = False,
) -> Standing:
    """How a request stands that is in `status` since then, waiting until `by` where somebody is waited for.

    `after` is until when its clock was applied. No clock of ours runs for an order of another platform.
    """
    waits = status in END and not imported
    due = next_request_step(status, since, by, after=since if after is None else after) if waits else None
    return Standing(status, QUEUES[status], since if by is None else by, since, due)
