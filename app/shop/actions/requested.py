"""An order opened with its newest request: what the request machine asks about it, and how it is written."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions.opened import Opened
from app.shop.actions.opening import open_order
from app.shop.reads.requests import ATTEMPTS
from app.shop.rules.errors import Changed, Refused
from app.shop.rules.reasons import REASONS, Reason
from app.shop.rules.request_clocks import RequestStep, Standing, answer_by, facts_about, last_request_step
from app.shop.rules.request_refusals import request_next_step, why_not_request
from app.shop.rules.requests import (
    OPEN,
    REQUEST_MOVES,
    RequestAction,
    RequestMove,
    RequestStatus,
)
from app.shop.shop import Actor, Done
from app.shop.sql import Statement, Work, compare_and_set

_q = t.Request
_COLUMNS = (
    "id",
    "status",
    "version",
    "kind",
    "reason",
    "text",
    "created_at",
    "since",
    "respond_by",
    "left_ms",
    "confirm_by",
    "change",
    "difference_minor",
    "first_answered_at",
    "answered_at",
    "answer_reason",
    "answer_note",
    "escalated_at",
    "due_at",
    "due_step",
)
_NEWEST = Statement(
    select(*(col(getattr(_q, name)) for name in _COLUMNS), ATTEMPTS)
    .where(col(_q.order_number) == bindparam("number"))
    .order_by(col(_q.id).desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest request of an order, as it stood when the transaction began."""

    id: int
    status: RequestStatus
    version: int
    kind: str
    reason: str
    text: str | None
    created_at: int
    since: int
    respond_by: int | None
    left_ms: int | None
    confirm_by: int | None
    change: str | None
    difference_minor: int
    first_answered_at: int | None
    answered_at: int | None
    answer_reason: str | None
    answer_note: str | None
    escalated_at: int | None
    due_at: int | None
    due_step: str | None

    @property
    def asked_for(self) -> Reason:
        """Why the buyer asked."""
        return REASONS[self.reason]

    @property
    def answer_by(self) -> int | None:
        """Until when whoever is waited for answers."""
        return answer_by(self.status, self.respond_by, self.confirm_by)


@dataclass(frozen=True, slots=True)
class Requested:
    """An opened order, its newest request if there is one, and how many attempts its buyer has used."""

    order: Opened
    action: RequestAction
    newest: Newest | None
    attempts: int
    seen: int | None = None
    """The id of the request that is meant, where that is known: about another nothing is done."""

    @property
    def request(self) -> Newest:
        """The newest request; only where `may` has allowed a move from its status."""
        if self.newest is None:
            raise LookupError("this order has no request")
        return self.newest

    @property
    def was_due(self) -> int | None:
        """When the clock had to do what it does now: the last of its steps that have passed."""
        request, now = self.request, self.order.work.now
        step = None
        if request.due_step != RequestStep.BY_RULE:
            step = last_request_step(request.status, request.since, request.answer_by, now=now)
        return step.at if step else request.due_at

    def may(self) -> RequestMove:
        """The move to make; raises Refused with the rules' code and what can be done instead."""
        order, newest = self.order, self.newest
        status = newest.status if newest else None
        facts = facts_about(
            newest,
            now=order.work.now,
            policy=order.policy,
            order=order.status,
            attempts=self.attempts,
            imported=order.imported,
        )
        code = why_not_request(self.action, status, order.role, facts)
        told = {"number": str(order.number), "status": order.status.value}
        if code is None and newest and self.seen not in (None, newest.id):
            raise Refused("request_changed", dict(told), "see_request")
        if code is None:
            return REQUEST_MOVES[self.action, status, order.role]
        raise Refused(code, dict(told), request_next_step(code))

    def write(
        self,
        stands: Standing,
        request: dict[str, Any] | None = None,
        *,
        answer: dict[str, Any] | None = None,
        told: dict[str, Any] | None = None,
        changes: dict[str, Any] | None = None,
        **options: Any,
    ) -> Done:
        """Write where the request `stands` from now on with its columns `request`, then the order's part.

        `changes` and `options` are those of `Opened.write`. Raises Changed where somebody else was faster.
        """
        newest, order = self.request, self.order
        values = columns_of(stands) | {"version": newest.version + 1} | (request or {})
        if stands.status is RequestStatus.PENDING_SELLER:  # the next answer is not the first
            values["first_answered_at"] = newest.first_answered_at or newest.answered_at
        statement = compare_and_set(_q.id, _q.version, frozenset(values))
        if order.work.run(statement, the_key=newest.id, the_version=newest.version, **values) != 1:
            raise Changed("changed", {"number": str(order.number)})
        is_open = newest.id if stands.status in OPEN else None
        return self.order.write(
            answer_of(order, newest.id, stands) | (answer or {}),
            changes={"open_request": is_open} | (changes or {}),
            told={"request": str(newest.id), "request_status": stands.status.value} | (told or {}),
            looked_at=newest.status is RequestStatus.ESCALATED,
            **options,
        )


def open_request(
    work: Work,
    actor: Actor,
    action: RequestAction,
    number: int,
    key: str,
    *arguments: Any,
    seen: int | None = None,
) -> Requested:
    """Order `number` with its newest request, opened to do `action`; raises what `open_order` does."""
    order = open_order(work, actor, action, number, key, *arguments, *(() if seen is None else (seen,)))
    row = work.first(_NEWEST, number=number)
    if row is None:
        return Requested(order, action, None, 0)
    return Requested(order, action, Newest(row[0], RequestStatus(row[1]), *row[2:-1]), row[-1], seen)


def columns_of(stands: Standing) -> dict[str, Any]:
    """The columns that say where a request stands."""
    return {
        "status": stands.status.value,
        "queue": stands.queue.value,
        "queue_at": stands.queue_at,
        "since": stands.since,
        "due_at": stands.due.at if stands.due else None,
        "due_step": stands.due.step.value if stands.due else None,
    }


def answer_of(order: Opened, request: int, stands: Standing) -> dict[str, Any]:
    """What every step of a request answers."""
    return {
        "number": str(order.number),
        "request": str(request),
        "status": order.status.value,
        "request_status": stands.status.value,
    }
