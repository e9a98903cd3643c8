"""What every demo shows, however small: the main buyer's orders over all tabs, and what is rare otherwise."""

from collections.abc import Callable
from dataclasses import dataclass

from app.shop import tables as t
from app.shop.demo.record import Record
from app.shop.demo.turns import Turn
from app.shop.rules.orders import Status, Tab
from app.shop.rules.policy import DAY, HOUR, MINUTE
from app.shop.rules.refunds import RefundState


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order that is wanted: how old it is, how it stands, and whether it is the main buyer's.

    `turns` are those it takes for certain: what they lead to would be rare otherwise.
    """

    youngest: int
    oldest: int
    stands: Callable[[Record], bool]
    mine: bool = False
    at_first_shop: bool = False
    turns: tuple[Turn, ...] = ()


def _in(tab: Tab) -> Callable[[Record], bool]:
    return lambda record: record.order["tab"] == tab.value


def _is(status: Status) -> Callable[[Record], bool]:
    return lambda record: record.status is status


def _with(table: type, column: str, word: str) -> Callable[[Record], bool]:
    return lambda record: any(row.get(column) == word for row in record.rows.of[table])


def _to_pay(record: Record) -> bool:
    return record.status is Status.UNPAID and not record.rows.of[t.Payment]


def _asked(status: str, turn: Turn, *more: Turn) -> Wanted:
    stands, turns = _with(t.Request, "status", status), (Turn.DISPUTED, turn, *more)
    return Wanted(2 * HOUR, 4 * DAY, stands, at_first_shop=True, turns=turns)


def _mine(youngest: int, oldest: int, tab: Tab) -> Wanted:
    return Wanted(youngest, oldest, _in(tab), mine=True)


def _mine_to_pay(youngest: int, oldest: int) -> Wanted:
    return Wanted(youngest, oldest, _to_pay, mine=True, turns=(Turn.LAPSES,))


def _refund(youngest: int, oldest: int, state: RefundState, *turns: Turn) -> Wanted:
    return Wanted(youngest, oldest, _with(t.Refund, "state", state.value), turns=turns)


def _payment(state: str, oldest: int, *turns: Turn) -> Wanted:
    return Wanted(MINUTE, oldest, _with(t.Payment, "state", state), turns=turns)


_NEWEST = _mine_to_pay(MINUTE, 2 * MINUTE)
_ROUND = (
    _mine_to_pay(4 * MINUTE, 40 * MINUTE),
    _mine(HOUR, 50 * HOUR, Tab.TO_SHIP),
    _mine(30 * HOUR, 8 * DAY, Tab.TO_RECEIVE),
    _mine(9 * DAY, 300 * DAY, Tab.COMPLETED),
    _mine(DAY, 200 * DAY, Tab.CANCELLED),
)
_WAITING = _asked("PENDING_SELLER", Turn.SILENCE)
_REQUESTS = (
    *(_WAITING, _WAITING),
    _asked("OPTION_LISTED", Turn.LISTED),
    _asked("ALTERNATIVE_OFFERED", Turn.OFFERED),
    _asked("ESCALATED", Turn.DECLINED, Turn.ESCALATED),
    *(_asked(status, Turn.APPROVED) for status in ("APPROVED", "COMPLETE")),
    _asked("REJECTED", Turn.DECLINED),
    _asked("WITHDRAWN", Turn.WITHDRAWN),
    _asked("EXPIRED", Turn.OFFERED, Turn.BUYER_SILENT),
    _asked("SUPERSEDED", Turn.OVERRULED),
)

_AGES = {Status.UNPAID: HOUR, Status.ON_HOLD: HOUR, Status.COMPLETED: 90 * DAY}
"""How old orders of a status are at most, where ten days would be believable only seldom."""
_TURNS = {Status.PARTIALLY_SHIPPED: (Turn.SENT_IN_PARTS,)}

_CHANGE = Wanted(
    2 * HOUR,
    4 * DAY,
    _with(t.Request, "kind", "change"),
    at_first_shop=True,
    turns=(Turn.DISPUTED, Turn.WISHES_ANOTHER),
)

FEATURED: tuple[Wanted, ...] = (
    _NEWEST,
    *_ROUND * 4,
    *_ROUND[3:] * 2,
    *_REQUESTS,
    *(
        Wanted(3 * MINUTE, _AGES.get(status, 10 * DAY), _is(status), turns=_TURNS.get(status, ()))
        for status in Status
    ),
    _refund(HOUR, 2 * HOUR, RefundState.REQUESTED, Turn.SELLER_CANCELS),
    _refund(DAY, 4 * DAY, RefundState.SENT, Turn.DISPUTED, Turn.APPROVED),
    _refund(DAY, 9 * DAY, RefundState.DONE, Turn.DISPUTED, Turn.APPROVED),
    _refund(HOUR, DAY, RefundState.RETRYING, Turn.SELLER_CANCELS, Turn.REFUND_FAILS),
    _refund(DAY, 9 * DAY, RefundState.GIVEN_UP, Turn.SELLER_CANCELS, Turn.REFUND_REFUSED),
    _payment("COD_DUE", 30 * DAY),
    _payment("ATTEMPTED", HOUR, Turn.TRIES_TO_PAY),
    _payment("FAILED", 30 * DAY, Turn.TRIES_TO_PAY),
    _payment("LATE", 30 * DAY, Turn.LAPSES, Turn.PAYS_LATE),
    Wanted(4 * DAY, 30 * DAY, _with(t.Hold, "state", "LOST"), turns=(Turn.LOST,)),
    Wanted(DAY, 30 * DAY, _with(t.Line, "status", "CANCELLED"), turns=(Turn.DROPS_A_LINE,)),
    *(_CHANGE, _CHANGE),
)
"""In the order in which they are made: a smaller demo has the first of them."""
