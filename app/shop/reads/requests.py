"""The requests of an order as its three sides see them: how far the answer is, and whose turn it is."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import ledger
from app.shop import tables as t
from app.shop.access import for_owner
from app.shop.reads.addresses import as_called
from app.shop.reads.cards import OrderSummary, facts_of, summary
from app.shop.reads.order import read_order
from app.shop.reads.orders import id_of
from app.shop.reads.payments import paid_for
from app.shop.rules.changes import Change, from_json
from app.shop.rules.orders import Role, Status
from app.shop.rules.policy import Policy
from app.shop.rules.reasons import Reason, for_platform, reasons_for
from app.shop.rules.receipt import Receipt, receipt
from app.shop.rules.request_clocks import answer_by, facts_about
from app.shop.rules.request_guards import RequestFacts, RequestKind
from app.shop.rules.request_refusals import possible_for_request, request_next_step, why_not_request
from app.shop.rules.requests import Queue, RequestAction, RequestStatus
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement, Work

MOST_SHOWN = 20
"""Requests of one order that are shown."""


@dataclass(frozen=True, slots=True)
class RequestDetails:
    """One request. Times are milliseconds UTC; `photos` are ids of pictures of the order's thread."""

    id: int
    kind: str
    status: str
    queue: str
    reason: str
    text: str | None
    photos: tuple[str, ...]
    counted: bool
    created_at: int
    since: int
    respond_by: int | None
    confirm_by: int | None
    change: Change | None
    difference_minor: int
    answered_at: int | None
    answered_by: str | None
    answer_reason: str | None
    answer_note: str | None
    escalated_at: int | None
    escalated_text: str | None
    decided_at: int | None
    decision_reason: str | None
    decision_note: str | None
    due_step: str | None

    @property
    def answer_by(self) -> int | None:
        """Until when whoever's turn it is answers; None where no clock runs."""
        return answer_by(RequestStatus(self.status), self.respond_by, self.confirm_by)


@dataclass(frozen=True, slots=True)
class RequestPanel:
    """What the viewer (in `role`) sees of an order's requests, and what they may do now.

    `newest` is the one that counts, `earlier` are those before it. `reasons` are those to ask with for a
    buyer, to answer with for a seller or the platform. `receipt` is what a cancel would give back. `why_not`
    says what keeps them from each other thing their role does. `last_answer`: the seller answers until then
    (ms UTC) whenever they are asked, None where it is open.
    """

    order: OrderSummary
    role: str
    newest: RequestDetails | None
    earlier: tuple[RequestDetails, ...]
    possible: frozenset[str]
    why_not: Mapping[str, str]
    why_not_ask: str | None
    next_step: str | None
    attempts_left: int
    policy: Policy
    last_answer: int | None
    reasons: tuple[Reason, ...]
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in a list for whoever owns the store."""

    order_number: int
    shop: str
    buyer: str
    request: RequestDetails


_q = t.Request
_COLUMNS = tuple(name for name in RequestDetails.__dataclass_fields__)
_NUMBER: Any = bindparam("number")
ATTEMPTS: Any = (
    select(func.count())
    .select_from(_q)
    .where(col(_q.order_number) == _NUMBER, col(_q.counted).is_(True))
    .correlate(None)
    .scalar_subquery()
)
"""How often was asked about the order `number`, to be selected beside its requests."""
_OF_ORDER = Statement(
    select(*(col(getattr(_q, name)) for name in _COLUMNS), ATTEMPTS)
    .where(col(_q.order_number) == _NUMBER)
    .order_by(col(_q.id).desc())
    .limit(bindparam("limit"))
)


def _details(row: Sequence[Any], role: Role | None = None) -> RequestDetails:
    """A request from a row of its columns, as `role` may read it; None: whoever owns the store."""
    values = dict(zip(_COLUMNS, row, strict=True))
    values["photos"] = tuple(json.loads(values["photos"])) if values["photos"] else ()
    values["change"] = from_json(values["change"]) if values["change"] else None
    values["counted"] = bool(values["counted"])
    if role and for_platform(values["answer_reason"], role):
        values["answer_note"] = None
    return RequestDetails(**values)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about an order, the newest first, and what the guards look at."""

    requests: tuple[RequestDetails, ...]
    facts: RequestFacts

    @property
    def status(self) -> RequestStatus | None:
        """Where the newest one stands; None where there is none."""
        return RequestStatus(self.requests[0].status) if self.requests else None


def asked_about(work: Work, rows: list[Row], role: Role) -> Asked:
    """The requests of the order that `rows` (of `read_order`) are of, as `role` may read them."""
    found = work.rows(_OF_ORDER, number=rows[0][0], limit=MOST_SHOWN)
    details = (_details(row[:-1], role) for row in found)
    requests = tuple(replace(one, change=as_called(work, one.change, role)) for one in details)
    order = facts_of(rows[0], work.now)
    facts = facts_about(
        requests[0] if requests else None,
        now=work.now,
        policy=order.policy,
        order=Status(rows[0][3]),
        attempts=int(found[0][-1]) if found else 0,
        imported=rows[0][2] != "takeback",
    )
    return Asked(requests, facts)


def request_panel(shop: Shop, actor: Actor, number: int) -> RequestPanel:
    """The requests of order `number`; raises NotFound where the order is not the actor's to see."""
    with shop.snapshot() as work:
        rows, role = read_order(work, actor, "request_panel", number)
        order, asked = summary(rows, role, work.now), asked_about(work, rows, role)
        facts, status = asked.facts, asked.status
        newest, *earlier = asked.requests or (None,)
        why_not = why_not_request(RequestAction.ASK, status, Role.BUYER, facts)
        return RequestPanel(
            order=order,
            role=role,
            newest=newest,
            earlier=tuple(one for one in earlier if one),
            possible=frozenset(possible_for_request(status, role, facts)),
            why_not={
                action.value: code
                for action in RequestAction
                if (code := why_not_request(action, status, role, facts)) not in (None, "role_may_not")
            },
            why_not_ask=why_not,
            next_step=request_next_step(why_not) if why_not else None,
            attempts_left=max(facts.policy.request_attempts - facts.attempts, 0),
            policy=facts.policy,
            last_answer=facts_of(rows[0], work.now).cancel_sla,
            reasons=reasons_for(
                role,
                facts.order,
                now=work.now,
                ship_by=order.ship_by,
                linked_request=order.asked == RequestKind.CANCEL
                and role is not Role.BUYER,  # who asks anew names their own
            ),
            receipt=receipt(
                order.currency,
                paid_for(work, number),
                () if facts.imported else ledger.held_for(work, number),
                at=work.now,
                zone=rows[0][-1],
                outside=facts.imported,
            ),
        )


_s, _p = t.Shop, t.Person
_FILTERS: dict[str, Any] = {
    "shop": col(_q.shop_id) == bindparam("shop"),
    "buyer": col(_q.buyer_id) == bindparam("buyer"),
    "queue": col(_q.queue) == bindparam("queue"),
    "number": col(_q.order_number) == _NUMBER,
}


@cache
def _all(filters: frozenset[str]) -> Statement:
    columns = (col(getattr(_q, name)) for name in _COLUMNS)
    return Statement(
        select(col(_q.order_number), col(_s.handle), col(_p.handle), *columns)
        .join(_s, col(_s.id) == col(_q.shop_id))
        .join(_p, col(_p.id) == col(_q.buyer_id))
        .where(*(_FILTERS[name] for name in sorted(filters)))
        .order_by(col(_q.id).desc())
        .limit(bindparam("limit"))
    )


@for_owner
def all_requests(
    shop: Shop,
    *,
    seller: str | None = None,
    buyer: str | None = None,
    queue: Queue | None = None,
    number: int | None = None,
    limit: int = 20,
) -> tuple[RequestLine, ...]:
    """Requests of whomever, newest first; raises NotFound for an unknown handle."""
    with shop.look() as work:
        handles = (("shop", seller), ("buyer", buyer))
        given: dict[str, Any] = {kind: id_of(work, kind, handle) for kind, handle in handles if handle}
        given |= {"queue": queue.value} if queue else {}
        given |= {"number": number} if number is not None else {}
        rows = work.rows(_all(frozenset(given)), limit=limit, **given)
    return tuple(RequestLine(of, sold_by, bought_by, _details(row)) for of, sold_by, bought_by, *row in rows)
