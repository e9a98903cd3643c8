"""One order: everything its page shows, and what its cancel dialog offers before the tap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import ledger
from app.shop import tables as t
from app.shop.access import authorise, roles_of
from app.shop.numbers import LARGEST
from app.shop.reads.cards import CARD, LINE, OrderSummary, facts_of, summary
from app.shop.reads.history import EventRow, history_of
from app.shop.reads.lines import LinesChoice, lines_choice
from app.shop.reads.payments import paid_for
from app.shop.reads.refunds import RefundRow, Returned, refunds_of, returned_of
from app.shop.reads.viewer import STAFF, member_of
from app.shop.rules.addresses import PLACE, Parts
from app.shop.rules.errors import NotFound
from app.shop.rules.orders import Action, Role, Status
from app.shop.rules.reasons import Fault, Reason, reasons_for
from app.shop.rules.receipt import Receipt, receipt
from app.shop.rules.refunds import Amount, PaymentStatus, RefundState, payment_status
from app.shop.rules.refusals import possible, why_not
from app.shop.rules.request_guards import RequestKind
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement, Work


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One row of the price sheet."""

    kind: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """Money in."""

    method: str
    state: str
    amount_minor: int
    at: int
    label: str | None


@dataclass(frozen=True, slots=True)
class OrderDetails:
    """Everything the order's page shows."""

    order: OrderSummary
    role: str
    possible: frozenset[str]
    creator: str | None
    address: Parts | None
    prices: tuple[PriceRow, ...]
    payments: tuple[PaymentRow, ...]
    fault: Fault
    refunds: tuple[RefundRow, ...]
    returned: tuple[Returned, ...]
    events: tuple[EventRow, ...]
    replaces: int | None
    replaced_by: int | None
    """The order that it was bought instead of, and the one that was bought instead of it."""

    @property
    def payment_status(self) -> PaymentStatus:
        """What its payments and refunds come to."""
        return payment_status(
            self.order.status,
            (Amount(one.state, one.amount_minor) for one in self.payments),
            (Amount(one.state, one.amount_minor) for one in self.refunds),
        )


@dataclass(frozen=True, slots=True)
class CancelChoice:
    """What the cancel dialog offers: the reasons, and the receipt before the tap."""

    order: OrderSummary
    why_not: str | None
    next_step: str | None
    reasons: tuple[Reason, ...]
    receipt: Receipt
    undo_ms: int
    lines: LinesChoice | None
    """The lines that can be cancelled one by one, where there are several."""
    rebuys: bool
    """Whether another order can be made in its place."""


_o, _l, _s, _p = t.Order, t.Line, t.Shop, t.Person
_VIEWER: tuple[Any, ...] = (
    col(_o.buyer_id).label("viewer_buyer"),
    member_of(col(_o.shop_id)).label("viewer_member"),
    STAFF.label("viewer_staff"),
    col(_s.time_zone).label("zone"),
)
_ONE = Statement(
    select(*CARD, *LINE, *_VIEWER)
    .join(_p, col(_p.id) == col(_o.buyer_id))
    .join(_s, col(_s.id) == col(_o.shop_id))
    .join(_l, col(_l.order_number) == col(_o.number), isouter=True)
    .where(col(_o.number) == bindparam("number"))
    .order_by(col(_l.n))
)


def read_order(work: Work, actor: Actor, what: str, number: int) -> tuple[list[Row], Role]:
    """The rows of order `number` for `summary`, the zone of its shop last, and the role `actor` reads it in.

    Raises NotFound where it is not theirs to see.
    """
    rows = work.rows(_ONE, number=number, actor=actor.id) if number <= LARGEST else []
    if not rows:
        raise NotFound("no_such_order", {"number": str(number)})
    buyer, member, staff = rows[0][-4:-1]
    roles = roles_of(actor, buyer, member=bool(member), staff=bool(staff))
    return rows, authorise(what, roles, number)


_pr, _pay = t.PriceEntry, t.Payment
_NUMBER: Any = bindparam("number")
_ad = t.Address
_ADDRESS = tuple(col(getattr(_ad, part)) for part in PLACE)
_ABOUT = Statement(
    select(col(t.Creator.handle), *_ADDRESS)
    .select_from(_o)
    .join(t.Creator, col(t.Creator.id) == col(_o.creator_id), isouter=True)
    .join(t.Address, col(t.Address.id) == col(_o.address_id), isouter=True)
    .where(col(_o.number) == _NUMBER)
)
_PRICES = Statement(
    select(col(_pr.kind), col(_pr.amount_minor)).where(col(_pr.order_number) == _NUMBER).order_by(col(_pr.n))
)
_PAYMENTS = Statement(
    select(col(_pay.method), col(_pay.state), col(_pay.amount_minor), col(_pay.at), col(_pay.label))
    .where(col(_pay.order_number) == _NUMBER)
    .order_by(col(_pay.n))
)


def order_details(shop: Shop, actor: Actor, number: int) -> OrderDetails:
    """Everything about one order; raises NotFound where it is not the actor's to see."""
    with shop.snapshot() as work:
        rows, role = read_order(work, actor, "order_details", number)
        creator, *address = work.first(_ABOUT, number=number) or (None,)
        refunds, told = refunds_of(work, number), history_of(work, number, role)
        actions = possible(Status(rows[0][3]), role, facts_of(rows[0], work.now))
        if all(one.state != RefundState.GIVEN_UP for one in refunds):
            actions -= {Action.RETRY_REFUND}
        return OrderDetails(
            order=summary(rows, role, work.now),
            role=role,
            possible=frozenset(actions),
            creator=creator,
            address=_place(address),
            prices=tuple(PriceRow(*row) for row in work.rows(_PRICES, number=number)),
            payments=tuple(PaymentRow(*row) for row in work.rows(_PAYMENTS, number=number)),
            fault=told.fault,
            refunds=refunds,
            returned=returned_of(work, number),
            events=told.events,
            replaces=told.replaces,
            replaced_by=told.replaced_by,
        )


def _place(told: Sequence[str | None]) -> Parts | None:
    # Whose it is and what it is called is not the seller's to read.
    parts = {part: text for part, text in zip(PLACE, told, strict=False) if text}
    return Parts(**parts) if parts else None


def cancel_choice(shop: Shop, actor: Actor, number: int) -> CancelChoice:
    """What the cancel dialog shows before the tap; raises NotFound where the order is not the actor's."""
    with shop.snapshot() as work:
        rows, role = read_order(work, actor, "cancel_choice", number)
        order = summary(rows, role, work.now)
        outside = order.source != "takeback"
        facts = facts_of(rows[0], work.now)
        paid = paid_for(work, number)
        return CancelChoice(
            order=order,
            why_not=order.why_not_cancel,
            next_step=order.next_step,
            reasons=reasons_for(
                role,
                Status(order.status),
                now=work.now,
                ship_by=order.ship_by,
                linked_request=order.asked == RequestKind.CANCEL,
            ),
            receipt=receipt(
                order.currency,
                paid,
                () if outside else ledger.held_for(work, number),
                at=work.now,
                zone=rows[0][-1],
                outside=outside,
            ),
            undo_ms=facts.policy.undo_ms,
            lines=lines_choice(work, rows, role, order, paid),
            rebuys=not outside and why_not(Action.REBUY, Status(order.status), role, facts) is None,
        )
