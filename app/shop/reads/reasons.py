"""Why orders are cancelled, by whom, and whose fault that is: over the whole platform."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

from sqlalchemy import Integer, bindparam, cast, exists, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_platform
from app.shop.numbers import SUFFIXES
from app.shop.rules.errors import Invalid
from app.shop.rules.orders import Tab
from app.shop.rules.policy import DAY
from app.shop.rules.reasons import REASONS, Fault
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement, Work

SPANS = (30, 90, 365)
"""Days a report is usually made over."""
MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """So many orders were cancelled by `by` for `reason`; each None where a file did not say.

    `fault` is whose doing it was; NONE too for what another platform called it.
    """

    reason: str | None
    by: str | None
    fault: str
    orders: int


@dataclass(frozen=True, slots=True)
class ReasonsReport:
    """Of the orders `placed` in the last `days`, how many are cancelled, and why: the most frequent first."""

    days: int
    placed: int
    cancelled: int
    rows: tuple[ReasonRow, ...]


Tallied = tuple[int, Iterable[tuple[str | None, str | None, int]]]
"""Orders placed, and of those cancelled (reason, by whom, how many)."""

_o = t.Order
_WITHIN = (
    # By way of the shops, for the index: the orders themselves are wide, and most are not cancelled.
    col(_o.shop_id).in_(select(col(t.Shop.id))),
    col(_o.number) >= bindparam("since"),
)
_PLACED = Statement(select(func.count()).select_from(_o).where(*_WITHIN))
_CANCELLED = Statement(
    select(col(_o.cancel_reason), col(_o.cancelled_by), func.count())
    .where(*_WITHIN, col(_o.tab) == Tab.CANCELLED.value)
    .group_by(col(_o.cancel_reason), col(_o.cancelled_by))
)
_STAFF = Statement(select(cast(exists().where(col(t.Staff.person_id) == bindparam("actor")), Integer)))


def require_staff(work: Work, actor: Actor) -> None:
    """Go on only for the platform's staff; raises NotFound."""
    row = work.first(_STAFF, actor=actor.id)
    authorise_platform(actor, staff=bool(row and row[0]))


def from_orders(work: Work, since: int) -> Tallied:
    """What the orders placed since then (ms UTC) say."""
    number = since * SUFFIXES
    placed = work.first(_PLACED, since=number) or (0,)
    return placed[0], [(reason, by, count) for reason, by, count in work.rows(_CANCELLED, since=number)]


def reasons_report(
    shop: Shop, actor: Actor, days: int = SPANS[0], *, tally: Callable[[Work, int], Tallied] = from_orders
) -> ReasonsReport:
    """Why the orders of the last `days` were cancelled, as `tally` counts them.

    Raises NotFound for who is not of the platform's staff, Invalid for days that are none.
    """
    if not 0 < days <= MOST_DAYS:
        raise Invalid("report_days", {"value": days, "most": MOST_DAYS})
    with shop.snapshot() as work:
        require_staff(work, actor)
        placed, tallied = tally(work, work.now - days * DAY)
    rows = sorted(
        (ReasonRow(reason, by, _fault(reason), count) for reason, by, count in tallied),
        key=lambda row: (-row.orders, row.reason or "", row.by or ""),
    )
    return ReasonsReport(days, placed, sum(row.orders for row in rows), tuple(rows))


def _fault(reason: str | None) -> str:
    known = REASONS.get(reason or "")
    return (known.fault if known else Fault.NONE).value


HEADER = tuple(field.name for field in fields(ReasonRow))
"""The names of a row's values, for tables and files."""
values_of = attrgetter(*HEADER)
"""A row's values in that order."""
