"""An order on a card: what it holds, and how rows become it."""

from dataclasses import dataclass
from sys import intern
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.policy import newest_policy
from app.shop.rules.clocks import Method, longer_pay_by
from app.shop.rules.guards import Facts
from app.shop.rules.orders import Action, LineStatus, Role, Status, line_status
from app.shop.rules.policy import effective
from app.shop.rules.reasons import for_platform
from app.shop.rules.rebuy import merged
from app.shop.rules.refusals import next_step, why_not
from app.shop.sql import Row


@dataclass(frozen=True, slots=True)
class LineSummary:
    """One line of an order as bought; amounts in minor units of the order's currency."""

    n: int
    product_id: int
    variant_id: int
    title: str
    variant: str
    picture: str | None
    quantity: int
    unit_minor: int
    total_minor: int
    status: str


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """An order on a card. `why_not_cancel` and `why_not_pay` are the viewer's: None where they may now.

    `asked` is what its open request asks for (`RequestKind`), None where none is open.
    """

    number: int
    outside_number: str | None
    source: str
    status: str
    tab: str
    buyer: str
    shop: str
    shop_name: str | None
    currency: str
    total_minor: int
    payment_method: str
    line_count: int
    created_at: int
    pay_by: int | None
    ship_by: int | None
    cancelled_at: int | None
    cancelled_by: str | None
    cancel_reason: str | None
    cancel_text: str | None
    asked: str | None
    flags: str | None
    why_not_cancel: str | None
    next_step: str | None
    why_not_pay: str | None
    lines: tuple[LineSummary, ...]

    @property
    def payable(self) -> bool:
        """Whether it is the viewer's to pay, or being paid already."""
        return self.why_not_pay in (None, "payment_in_progress")

    @property
    def requested(self) -> bool:
        """Whether a request about it is open."""
        return self.asked is not None

    @property
    def lines_are_priced(self) -> bool:
        """Whether it is known what each line cost: of some imported orders only the total is."""
        return "line_prices_missing" not in (self.flags or "")

    @property
    def items(self) -> tuple[tuple[int, int], ...]:
        """What was bought (variant id, pieces): of what came all the same, else all that was ordered."""
        came = [line for line in self.lines if line.status != LineStatus.CANCELLED] or self.lines
        return merged([(line.variant_id, line.quantity) for line in came])


_o, _l, _s, _p = t.Order, t.Line, t.Shop, t.Person


CARD: tuple[Any, ...] = (
    col(_o.number),
    col(_o.outside_number),
    col(_o.source),
    col(_o.status),
    col(_o.tab),
    col(_p.handle),
    col(_s.handle),
    col(_s.name),
    col(_o.currency),
    col(_o.total_minor),
    col(_o.payment_method),
    col(_o.line_count),
    col(_o.created_at),
    col(_o.pay_by),
    col(_o.ship_by),
    col(_o.cancelled_at),
    col(_o.cancelled_by),
    col(_o.cancel_reason),
    col(_o.cancel_text),
    col(_o.open_request),
    col(_o.flags),
    col(_o.attempted_at),
    col(_o.remorse_until),
    col(_o.cancel_sla),
    col(_o.complete_at),
    col(_o.tracking),
    col(_o.open_charge),
    col(_o.extended_at),
    select(col(t.Request.kind)).where(col(t.Request.id) == col(_o.open_request)).scalar_subquery(),
    newest_policy(0).label("platform_policy"),
    newest_policy(col(_o.shop_id)).label("shop_policy"),
)
LINE: tuple[Any, ...] = (
    col(_l.n),
    col(_l.product_id),
    col(_l.variant_id),
    col(_l.title),
    col(_l.variant),
    col(_l.picture),
    col(_l.quantity),
    col(_l.unit_minor),
    col(_l.total_minor),
    col(_l.status),
)
_SHOWN = len(CARD)
_REASON = 17
"""Where the reason of a cancel stands in `CARD`; its text comes next."""
_ASKED = _SHOWN - 3
"""What the open request asks for stands before the policies."""
_STATUS = _SHOWN + len(LINE) - 1


def facts_of(row: Row, now: int) -> Facts:
    """What the rules look at, from a row that begins with `CARD`."""
    pay_by, open_request = row[13], row[19]
    attempted_at, remorse_until, cancel_sla, complete_at, tracking = row[21:26]
    charge, extended_at, _asked, *policies = row[26:_SHOWN]
    policy = effective(*policies)
    return Facts(
        now=now,
        policy=policy,
        pay_by=pay_by,
        attempted_at=attempted_at,
        remorse_until=remorse_until,
        cancel_sla=cancel_sla,
        complete_at=complete_at,
        open_request=open_request is not None,
        tracking=tracking is not None,
        chosen_lines=1,
        charge_out=charge is not None,
        outside=row[2] != "takeback",
        extended=extended_at is not None,
        longer_until=longer_pay_by(Method(row[10]), row[12], pay_by, policy),
    )


def _shared(value: Any) -> Any:
    """One copy of a word that many cards in many windows hold: the driver makes one per row."""
    return intern(value) if type(value) is str else value


def _lines(status: Status, rows: list[Row]) -> tuple[LineSummary, ...]:
    return tuple(
        LineSummary(*map(_shared, row[_SHOWN:_STATUS]), line_status(status, row[_STATUS]))  # type: ignore[call-arg]
        for row in rows
        if row[_SHOWN] is not None
    )


def summary(rows: list[Row], role: Role, now: int, *, whole: bool = False) -> OrderSummary:
    """A card from the rows of one order (`CARD`, then `LINE`), as `role` sees it at `now`.

    `whole`: for who owns the store, with what is not for that role to read.
    """
    row = rows[0]
    reason, text = row[_REASON : _REASON + 2]
    if not whole and for_platform(reason, role):
        text = None
    status = Status(row[3])
    facts = facts_of(row, now)
    code = why_not(Action.CANCEL, status, role, facts)
    return OrderSummary(  # type: ignore[call-arg]  # the first columns of a card are its first fields
        *map(_shared, row[: _REASON + 1]),
        text,
        row[_ASKED],
        row[20],
        code,
        next_step(code) if code else None,
        why_not(Action.BEGIN_PAYMENT, status, role, facts),
        _lines(status, rows),
    )
