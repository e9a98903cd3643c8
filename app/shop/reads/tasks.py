"""A request on a seller's card: who asks for what, until when an answer is due, what happens without one."""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.keys import among
from app.shop.reads.policy import newest_policy
from app.shop.rules.changes import Change, from_json
from app.shop.rules.policy import Policy, effective
from app.shop.rules.request_clocks import END, RequestStep, answer_by
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import RequestStatus
from app.shop.sql import Row, Statement

SNIPPET = 140
"""Characters of what the buyer wrote that a card shows."""


class Ending(StrEnum):
    """What happens when the clock of a request runs out."""

    APPROVES = "approves"
    PLATFORM = "platform"
    LAPSES = "lapses"
    GOES_ON = "goes_on"


@dataclass(frozen=True, slots=True)
class SellerTask:
    """One request in a queue; times are milliseconds UTC, amounts minor units of the order's currency.

    `change` is what is asked to be changed, or was offered. `answer_by` is until when whoever's turn it is
    answers, `ending` what happens then; None without a clock.
    """

    id: int
    kind: str
    number: int
    outside_number: str | None
    source: str
    buyer: str
    shop: str
    shop_name: str | None
    product_id: int
    title: str | None
    variant: str | None
    picture: str | None
    quantity: int
    line_count: int
    total_minor: int
    currency: str
    reason: str
    status: str
    queue: str
    queue_at: int
    created_at: int
    text: str
    photos: int
    change: Change | None
    difference_minor: int
    answer_by: int | None
    ending: Ending | None


_q, _o, _l, _p, _s = t.Request, t.Order, t.Line, t.Person, t.Shop
TASK: tuple[Any, ...] = (
    *(col(_q.id), col(_q.kind), col(_o.number), col(_o.outside_number), col(_o.source)),
    *(col(_p.handle), col(_s.handle), col(_s.name)),
    *(col(_l.product_id), col(_l.title), col(_l.variant), col(_l.picture), col(_l.quantity)),
    *(col(_o.line_count), col(_o.total_minor), col(_o.currency)),
    *(col(_q.reason), col(_q.status), col(_q.queue), col(_q.queue_at), col(_q.created_at)),
    *(col(_q.text), col(_q.photos), col(_q.change), col(_q.difference_minor)),
    *(col(_q.respond_by), col(_q.confirm_by), col(_q.due_at), col(_q.due_step)),
    newest_policy(0).label("platform_policy"),
    newest_policy(col(_q.shop_id)).label("shop_policy"),
)
"""The columns that `task_of` reads."""


@cache
def these_tasks(most: int) -> Statement:
    """The rows of up to `most` requests, by their ids (see `reads.keys`)."""
    return Statement(
        select(*TASK)
        .join(_o, col(_o.number) == col(_q.order_number))
        .join(_p, col(_p.id) == col(_q.buyer_id))
        .join(_s, col(_s.id) == col(_q.shop_id))
        .join(_l, (col(_l.order_number) == col(_q.order_number)) & (col(_l.n) == 1), isouter=True)
        .where(among(_q.id, most))
    )


def task_of(row: Row) -> SellerTask:
    """A card from a row of `TASK`."""
    shown: list[Any] = list(row[:21])
    shown[8], shown[12] = shown[8] or 0, shown[12] or 1  # an order of a file may have no lines
    text, photos, change, difference, respond_by, confirm_by, due_at, step, platform, own = row[21:]
    written = " ".join((text or "").split())
    status = RequestStatus(row[17])
    by = answer_by(status, respond_by, confirm_by)
    ending = None if by is None else _ending(RequestKind(row[1]), status, effective(platform, own))
    if step == RequestStep.BY_RULE:  # the policy's own rule answers before the seller has to
        by, ending = due_at, Ending.APPROVES
    return SellerTask(  # type: ignore[call-arg]  # the first columns of a task are its first fields
        *shown,
        written if len(written) <= SNIPPET else f"{written[: SNIPPET - 1].rstrip()}…",
        len(json.loads(photos)) if photos else 0,
        from_json(change) if change else None,
        difference,
        by,
        ending,
    )


def _ending(kind: RequestKind, status: RequestStatus, policy: Policy) -> Ending:
    if kind is RequestKind.CHANGE:
        return Ending.GOES_ON
    if END[status] is RequestStep.LAPSE:
        return Ending.LAPSES
    return Ending.APPROVES if policy.silence_approves else Ending.PLATFORM
