"""What happened to an order: its events, whose doing its end was, and the orders it is bound to."""

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, case, or_, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.rules.orders import Role, Status
from app.shop.rules.reasons import REASONS, Fault, for_platform
from app.shop.sql import Row, Statement, Work


@dataclass(frozen=True, slots=True)
class EventRow:
    """One entry of the timeline."""

    n: int
    at: int
    role: str
    action: str
    status_to: str
    reason: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class History:
    """The events, the oldest first; whose doing the cancel was; the orders before and after this one."""

    events: tuple[EventRow, ...]
    fault: Fault
    replaces: int | None
    replaced_by: int | None


_ev = t.OrderEvent
EVENT: tuple[Any, ...] = (
    col(_ev.n),
    col(_ev.at),
    col(_ev.role),
    col(_ev.action),
    col(_ev.status_to),
    col(_ev.reason),
    col(_ev.note),
)
"""The columns of an event that `event_row` reads."""
_ENDED = (col(_ev.status_to) == Status.CANCELLED.value) & (col(_ev.status_from) != Status.CANCELLED.value)
_EVENTS = Statement(
    # Facts tell what was said when it happened; only of its beginning and its end they are asked again.
    select(*EVENT, case((or_(col(_ev.n) == 0, _ENDED), col(_ev.facts))), _ENDED)
    .where(col(_ev.order_number) == bindparam("number"))
    .order_by(col(_ev.n))
)


def history_of(work: Work, number: int, role: Role) -> History:
    """What happened to order `number`, as `role` may read it."""
    rows = work.rows(_EVENTS, number=number)
    told = [json.loads(facts) if facts else {} for *_, facts, _ in rows]
    ends = [(row, facts) for row, facts in zip(rows, told, strict=True) if row[-1]]
    end, ended = ends[-1] if ends else (None, {})
    replaces, replaced_by = (told[0] if told else {}).get("replaces"), ended.get("replaced_by")
    return History(
        tuple(event_row(row[: len(EVENT)], role) for row in rows),
        _fault(end[5], ended.get("fault")) if end else Fault.NONE,
        int(replaces) if replaces else None,
        int(replaced_by) if replaced_by else None,
    )


def _fault(reason: str | None, told: str | None) -> Fault:
    """Whose doing a cancel was; of one that was asked for, by why the buyer asked."""
    return Fault(told) if told else REASONS[reason].fault if reason in REASONS else Fault.NONE


def event_row(row: Row, role: Role) -> EventRow:
    """An event as `role` may read it."""
    event = EventRow(*row)
    return replace(event, note=None) if for_platform(event.reason, role) else event
