"""What was cancelled here, and the platform tells now as well: kept as history, and nothing else changes."""

from collections.abc import Iterable

from sqlalchemy import bindparam, func, insert, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.files.order_rows import event_rows
from app.shop.files.plan import Step
from app.shop.rules.errors import Changed
from app.shop.sql import Statement, Work

_o = t.Order
_HEARD = Statement(
    update(_o)
    .where(col(_o.number) == bindparam("here"), col(_o.version) == bindparam("seen"))
    .values(
        version=bindparam("last"),
        outside_updated_at=func.coalesce(bindparam("told_at"), col(_o.outside_updated_at)),
    )
)
_EVENT = Statement(insert(t.OrderEvent))


def write_told_back(work: Work, steps: Iterable[Step]) -> None:
    """Write that the platform knows; raises Changed where somebody was faster with one of the orders."""
    for step in steps:
        if (known := step.known) and step.told_back:
            events = event_rows(step.order, known.number, known, work.now)
            seen = {"here": known.number, "seen": known.version, "last": events[-1]["n"]}
            if work.run(_HEARD, told_at=step.order.times.updated_at, **seen) != 1:
                raise Changed("changed", {"what": "orders"})
            work.many(_EVENT, events)
