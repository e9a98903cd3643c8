"""Why orders are cancelled, by whom, and whose fault that is: over the whole platform."""

from collections import Counter
from dataclasses import dataclass, fields
from operator import attrgetter

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_platform
from app.shop.numbers import SUFFIXES
from app.shop.reads.tallied import everything, taken_apart, within
from app.shop.reads.viewer import STAFF
from app.shop.rules.errors import Invalid
from app.shop.rules.orders import Tab
from app.shop.rules.policy import DAY
from app.shop.rules.reasons import REASONS, Fault
from app.shop.rules.tallies import Counted
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement, Work

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


Told = tuple[str | None, str | None]
"""A reason, and who gave it."""

_o, _y = t.Order, t.Tally
_OF_A_SHOP = select(col(t.Shop.id))
_AT_FIRST = (
    # By way of the shops, for the index: the orders themselves are wide, and most are not cancelled.
    col(_o.shop_id).in_(_OF_A_SHOP),
    col(_o.number) >= bindparam("since"),
    col(_o.number) < bindparam("until"),
)
_PLACED_AT_FIRST = Statement(select(func.count()).select_from(_o).where(*_AT_FIRST))
_CANCELLED_AT_FIRST = Statement(
    select(col(_o.cancel_reason), col(_o.cancelled_by), func.count())
    .where(*_AT_FIRST, col(_o.tab) == Tab.CANCELLED.value)
    .group_by(col(_o.cancel_reason), col(_o.cancelled_by))
)
_PLACED = Statement(
    select(func.sum(col(_y.n))).where(*within((Counted.PLACED,), 1, "first", "last", shop=_OF_A_SHOP))
)
_all = everything(Counted.PLACED_CANCELLED, shop=_OF_A_SHOP)
_CANCELLED = Statement(select(_all.c.subject, func.sum(_all.c.n)).group_by(_all.c.subject))
_STAFF = Statement(select(STAFF))


def require_staff(work: Work, actor: Actor) -> None:
    """Go on only for the platform's staff; raises NotFound."""
    row = work.first(_STAFF, actor=actor.id)
    authorise_platform(actor, staff=bool(row and row[0]))


def reasons_report(shop: Shop, actor: Actor, days: int = SPANS[0]) -> ReasonsReport:
    """Why the orders of the last `days` were cancelled.

    Raises NotFound for who is not of the platform's staff, Invalid for days that are none.
    """
    if not 0 < days <= MOST_DAYS:
        raise Invalid("report_days", {"value": days, "most": MOST_DAYS})
    with shop.snapshot() as work:
        require_staff(work, actor)
        placed, counts = _counted(work, work.now - days * DAY)
    rows = sorted(
        (ReasonRow(*told, _fault(told[0]), count) for told, count in counts.items() if count),
        key=lambda row: (-row.orders, row.reason or "", row.by or ""),
    )
    return ReasonsReport(days, placed, sum(row.orders for row in rows), tuple(rows))


def _counted(work: Work, since: int) -> tuple[int, Counter[Told]]:
    """The orders placed since then (ms UTC), and of those cancelled how many for what and by whom.

    Tallies are of whole days: of the day that `since` is in, the orders themselves are counted.
    """
    first = -(-since // DAY)
    part = {"since": since * SUFFIXES, "until": first * DAY * SUFFIXES}
    whole = taken_apart(first, work.now // DAY)
    placed = _number(work.first(_PLACED_AT_FIRST, **part)) + _number(work.first(_PLACED, **whole))
    counts = Counter({(reason, by): n for reason, by, n in work.rows(_CANCELLED_AT_FIRST, **part)})
    for subject, n in work.rows(_CANCELLED, **whole):
        by, _, reason = subject.partition(":")
        counts[reason or None, by or None] += int(n)
    return placed, counts


def _number(row: Row | None) -> int:
    return int(row[0] or 0) if row else 0


def _fault(reason: str | None) -> str:
    known = REASONS.get(reason or "")
    return (known.fault if known else Fault.NONE).value


HEADER = tuple(field.name for field in fields(ReasonRow))
"""The names of a row's values, for tables and files."""
values_of = attrgetter(*HEADER)
"""A row's values in that order."""
