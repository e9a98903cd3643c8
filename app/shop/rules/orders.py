"""The order machine: who may do what in which state, why not, and what comes instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.shop.rules import guards
from app.shop.rules.guards import Guard

if TYPE_CHECKING:
    from app.shop.rules.policy import Policy


class Status(StrEnum):
    """Where an order stands; the words are stored, and TikTok's where it has one."""

    UNPAID = "UNPAID"
    ON_HOLD = "ON_HOLD"
    AWAITING_SHIPMENT = "AWAITING_SHIPMENT"
    AWAITING_COLLECTION = "AWAITING_COLLECTION"
    PARTIALLY_SHIPPED = "PARTIALLY_SHIPPED"
    IN_TRANSIT = "IN_TRANSIT"
    DELIVERED = "DELIVERED"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


class LineStatus(StrEnum):
    """Where one line stands."""

    ACTIVE = "ACTIVE"
    CANCELLED = "CANCELLED"
    SHIPPED = "SHIPPED"
    DELIVERED = "DELIVERED"


class Role(StrEnum):
    """What someone is to an order; it follows from the order, never from the person."""

    BUYER = "BUYER"
    SELLER = "SELLER"
    OPERATOR = "OPERATOR"
    SYSTEM = "SYSTEM"
    GATEWAY = "GATEWAY"
    CARRIER = "CARRIER"


class Tab(StrEnum):
    """The tabs of the orders page; the words are those of their identifiers."""

    PENDING_PAYMENT = "pending-payment"
    TO_SHIP = "to-ship"
    TO_RECEIVE = "to-receive"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What can be done to an order that exists."""

    PAY = "pay"
    BEGIN_PAYMENT = "begin_payment"
    EXTEND_PAY_BY = "extend_pay_by"
    PAY_DIFFERENCE = "pay_difference"
    CANCEL = "cancel"
    CANCEL_LINES = "cancel_lines"
    REBUY = "cancel_and_rebuy"
    REMIND = "remind"
    EXPIRE = "expire"
    RELEASE = "release"
    ARRANGE = "arrange_shipment"
    HAND_OVER = "hand_over"
    DELIVER = "deliver"
    COMPLETE = "complete"
    SHIP_TIMEOUT = "ship_timeout"
    LOSE = "lose"
    LATE_PAYMENT = "late_payment"
    CHANGE_VARIANT = "change_variant"
    CHANGE_VOUCHER = "change_voucher"
    CHANGE_ADDRESS = "change_address"
    CHANGE_PAYMENT_METHOD = "change_payment_method"
    ADVANCE_REFUND = "advance_refund"
    RETRY_REFUND = "retry_refund"


TABS: dict[Status, Tab] = {
    Status.UNPAID: Tab.PENDING_PAYMENT,
    Status.ON_HOLD: Tab.TO_SHIP,
    Status.AWAITING_SHIPMENT: Tab.TO_SHIP,
    Status.AWAITING_COLLECTION: Tab.TO_SHIP,
    Status.PARTIALLY_SHIPPED: Tab.TO_RECEIVE,
    Status.IN_TRANSIT: Tab.TO_RECEIVE,
    Status.DELIVERED: Tab.TO_RECEIVE,
    Status.COMPLETED: Tab.COMPLETED,
    Status.CANCELLED: Tab.CANCELLED,
}

LINE_STATUS: dict[Status, LineStatus] = {
    Status.UNPAID: LineStatus.ACTIVE,
    Status.ON_HOLD: LineStatus.ACTIVE,
    Status.AWAITING_SHIPMENT: LineStatus.ACTIVE,
    Status.AWAITING_COLLECTION: LineStatus.ACTIVE,
    Status.PARTIALLY_SHIPPED: LineStatus.ACTIVE,
    Status.IN_TRANSIT: LineStatus.SHIPPED,
    Status.DELIVERED: LineStatus.DELIVERED,
    Status.COMPLETED: LineStatus.DELIVERED,
    Status.CANCELLED: LineStatus.CANCELLED,
}
"""What every line of an order is, unless the line has a status of its own.

A line stores a status only where it departs from its order (a single line cancelled, one of two parcels
sent), so that a move of a whole order costs the same whatever the number of its lines.
"""

UNSHIPPED = frozenset({Status.UNPAID, Status.ON_HOLD, Status.AWAITING_SHIPMENT, Status.AWAITING_COLLECTION})


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the machine: `rule` is its number in the domain's table, `to` None where the state stays."""

    rule: str
    to: Status | None
    reasons: str | None = None
    guards: tuple[Guard, ...] = ()


S, R, A = Status, Role, Action
_SHIPPED_ONCE = (S.AWAITING_COLLECTION, S.PARTIALLY_SHIPPED)
_PAYABLE = (guards.within_pay_by, guards.no_attempt_running, guards.no_charge_out)

MOVES: dict[tuple[Action, Status, Role], Move] = {
    # T2: to ON_HOLD where the policy leaves time to think; `after_payment` decides between the two.
    (A.PAY, S.UNPAID, R.BUYER): Move("T2", S.AWAITING_SHIPMENT, None, (guards.within_pay_by,)),
    (A.PAY, S.UNPAID, R.GATEWAY): Move("T2", S.AWAITING_SHIPMENT, None, (guards.within_pay_by,)),
    (A.BEGIN_PAYMENT, S.UNPAID, R.BUYER): Move("T2", None, None, (guards.placed_here, *_PAYABLE)),
    (A.EXTEND_PAY_BY, S.UNPAID, R.BUYER): Move(
        "T2",
        None,
        None,
        (guards.placed_here, guards.within_pay_by, guards.not_extended_yet, guards.method_allows),
    ),
    (A.CANCEL, S.UNPAID, R.BUYER): Move("T3", S.CANCELLED, "BU"),
    (A.REMIND, S.UNPAID, R.SYSTEM): Move("T4", None),
    (A.EXPIRE, S.UNPAID, R.SYSTEM): Move("T4", S.CANCELLED, "SY", (guards.pay_by_over,)),
    (A.CANCEL, S.UNPAID, R.SELLER): Move("T5", S.CANCELLED, "SP", (guards.seller_may_cancel_unpaid,)),
    (A.RELEASE, S.ON_HOLD, R.SYSTEM): Move("T6", S.AWAITING_SHIPMENT, None, (guards.remorse_over,)),
    (A.CANCEL, S.ON_HOLD, R.BUYER): Move("T7", S.CANCELLED, "BP", (guards.within_remorse,)),
    (A.CANCEL, S.ON_HOLD, R.SELLER): Move("T8", S.CANCELLED, "SP"),
    (A.CANCEL, S.AWAITING_SHIPMENT, R.SELLER): Move("T8", S.CANCELLED, "SP"),
    (A.CANCEL, S.AWAITING_COLLECTION, R.SELLER): Move(
        "T8", S.CANCELLED, "SP", (guards.seller_may_cancel_arranged,)
    ),
    (A.ARRANGE, S.AWAITING_SHIPMENT, R.SELLER): Move(
        "T9", S.AWAITING_COLLECTION, None, (guards.request_answered,)
    ),
    **{
        # To PARTIALLY_SHIPPED where only a part of the lines leaves: `actions.ship.hand_over` decides.
        (A.HAND_OVER, state, role): Move("T10", S.IN_TRANSIT)
        for state in _SHIPPED_ONCE
        for role in (R.CARRIER, R.SELLER)
    },
    (A.DELIVER, S.IN_TRANSIT, R.CARRIER): Move("T10", S.DELIVERED),
    (A.DELIVER, S.IN_TRANSIT, R.BUYER): Move("T10", S.DELIVERED),
    (A.COMPLETE, S.DELIVERED, R.SYSTEM): Move("T10", S.COMPLETED, None, (guards.after_sales_over,)),
    (A.COMPLETE, S.DELIVERED, R.BUYER): Move("T10", S.COMPLETED),
    (A.SHIP_TIMEOUT, S.AWAITING_SHIPMENT, R.SYSTEM): Move("T11", S.CANCELLED, "SY", (guards.ship_sla_over,)),
    (A.SHIP_TIMEOUT, S.AWAITING_COLLECTION, R.SYSTEM): Move(
        "T11", S.CANCELLED, "SY", (guards.ship_sla_over,)
    ),
    **{
        (A.LOSE, state, role): Move("T12", S.CANCELLED, "SY")
        for state in (S.AWAITING_COLLECTION, S.IN_TRANSIT)
        for role in (R.SYSTEM, R.CARRIER)
    },
    **{
        (A.CANCEL, state, R.OPERATOR): Move("T13", S.CANCELLED, "OP")
        for state in Status
        if state in {*UNSHIPPED, S.PARTIALLY_SHIPPED, S.IN_TRANSIT}
    },
    # Money that is not an order's payment goes back: it came after the cancel, or beside another payment.
    **{(A.LATE_PAYMENT, state, R.GATEWAY): Move("T14", None) for state in Status if state is not S.UNPAID},
    (A.CANCEL_LINES, S.UNPAID, R.BUYER): Move("T15", None, "BU", (guards.no_charge_out, guards.lines_chosen)),
    (A.CANCEL_LINES, S.ON_HOLD, R.BUYER): Move(
        "T15", None, "BP", (guards.lines_chosen, guards.within_remorse)
    ),
    (A.CANCEL_LINES, S.UNPAID, R.SELLER): Move(
        "T15", None, "SP", (guards.seller_may_cancel_unpaid, guards.no_charge_out, guards.lines_chosen)
    ),
    (A.CANCEL_LINES, S.ON_HOLD, R.SELLER): Move("T15", None, "SP", (guards.lines_chosen,)),
    (A.CANCEL_LINES, S.AWAITING_SHIPMENT, R.SELLER): Move("T15", None, "SP", (guards.lines_chosen,)),
    (A.CANCEL_LINES, S.AWAITING_COLLECTION, R.SELLER): Move(
        "T15", None, "SP", (guards.seller_may_cancel_arranged, guards.lines_chosen)
    ),
    # A cancel, and an order in its place.
    (A.REBUY, S.UNPAID, R.BUYER): Move("T3", S.CANCELLED, "BU", _PAYABLE),
    (A.REBUY, S.ON_HOLD, R.BUYER): Move("T7", S.CANCELLED, "BP", (guards.within_remorse,)),
    **{
        (action, S.UNPAID, R.BUYER): Move("T16", None, None, _PAYABLE)
        for action in (A.CHANGE_VARIANT, A.CHANGE_VOUCHER, A.CHANGE_ADDRESS, A.CHANGE_PAYMENT_METHOD)
    },
    # What an agreed change costs more is charged once it is agreed on, however far the order is by then.
    **{
        (A.PAY_DIFFERENCE, state, R.GATEWAY): Move("T16", None)
        for state in Status
        if state not in (S.UNPAID, S.CANCELLED)
    },
    # Money goes back while the rest of an order goes on, and after: what a refund may do, its own table says.
    **{
        (action, state, role): Move("R12", None)
        for state in Status
        if state is not S.UNPAID
        for action, role in ((A.ADVANCE_REFUND, R.SYSTEM), (A.RETRY_REFUND, R.OPERATOR))
    },
}
"""The whole machine. T1 makes the order and so has no state to start from: see `actions.place`."""


def move(action: Action, status: Status, role: Role) -> Move | None:
    """The row of the machine for this cell, or None where there is none."""
    return MOVES.get((action, status, role))


def after_payment(policy: Policy) -> Status:
    """Where a paid order goes (T2), and a cash-on-delivery one at once (T1)."""
    return Status.ON_HOLD if policy.remorse_ms > 0 else Status.AWAITING_SHIPMENT


def line_status(order: Status, own: str | None) -> LineStatus:
    """A line's status: its own where it has one, else what its order's says of every line."""
    return LineStatus(own) if own else LINE_STATUS[order]
