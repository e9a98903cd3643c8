"""What every demo shows, however small: the main buyer's orders over all tabs, and what is rare otherwise."""

from collections.abc import Callable
from dataclasses import dataclass

from app.shop import tables as t
from app.shop.demo.record import Record
from app.shop.rules.orders import Status, Tab
from app.shop.rules.policy import DAY, HOUR, MINUTE


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order that is wanted: how old it is, how it stands, and whether it is the main buyer's."""

    youngest: int
    oldest: int
    stands: Callable[[Record], bool]
    mine: bool = False
    at_first_shop: bool = False
    unpaid: bool = False


def _in(tab: Tab) -> Callable[[Record], bool]:
    return lambda record: record.order["tab"] == tab.value


def _is(status: Status) -> Callable[[Record], bool]:
    return lambda record: record.status is status


def _with(table: type, column: str, word: str) -> Callable[[Record], bool]:
    return lambda record: any(row.get(column) == word for row in record.rows.of[table])


def _asked(status: str) -> Wanted:
    return Wanted(2 * HOUR, 4 * DAY, _with(t.Request, "status", status), at_first_shop=True)


def _mine(youngest: int, oldest: int, tab: Tab) -> Wanted:
    return Wanted(youngest, oldest, _in(tab), mine=True, unpaid=tab is Tab.PENDING_PAYMENT)


_NEWEST = _mine(MINUTE, 2 * MINUTE, Tab.PENDING_PAYMENT)
_ROUND = (
    _mine(4 * MINUTE, 40 * MINUTE, Tab.PENDING_PAYMENT),
    _mine(HOUR, 50 * HOUR, Tab.TO_SHIP),
    _mine(30 * HOUR, 8 * DAY, Tab.TO_RECEIVE),
    _mine(9 * DAY, 300 * DAY, Tab.COMPLETED),
    _mine(DAY, 200 * DAY, Tab.CANCELLED),
)
_OPEN = ("PENDING_SELLER", "OPTION_LISTED", "ALTERNATIVE_OFFERED", "ESCALATED")
_CLOSED = ("APPROVED", "COMPLETE", "REJECTED", "WITHDRAWN", "EXPIRED", "SUPERSEDED")

_AGES = {Status.UNPAID: HOUR, Status.ON_HOLD: HOUR, Status.COMPLETED: 90 * DAY}
"""How old orders of a status are at most, where ten days would be believable only seldom."""

FEATURED: tuple[Wanted, ...] = (
    _NEWEST,
    *_ROUND * 4,
    *_ROUND[3:] * 2,
    *(_asked(status) for status in ("PENDING_SELLER", *_OPEN, *_CLOSED)),
    *(Wanted(3 * MINUTE, _AGES.get(status, 10 * DAY), _is(status)) for status in Status),
    Wanted(2 * HOUR, 3 * DAY, _with(t.Refund, "state", "REQUESTED")),
    *(
        Wanted(DAY, 9 * DAY, _with(t.Refund, "state", state))
        for state in ("SENT", "DONE", "RETRYING", "GIVEN_UP")
    ),
    *(
        Wanted(MINUTE, 30 * DAY, _with(t.Payment, "state", state))
        for state in ("COD_DUE", "ATTEMPTED", "FAILED", "LATE")
    ),
    Wanted(DAY, 30 * DAY, _with(t.Line, "status", "CANCELLED")),
    *(Wanted(2 * HOUR, 4 * DAY, _with(t.Request, "kind", "change"), at_first_shop=True),) * 2,
)
"""In the order in which they are made: a smaller demo has the first of them."""
