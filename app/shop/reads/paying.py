"""An order on its way to being paid: what its buyer can do about it now, and what the bank has said."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop.codes import qr_code
from app.shop.reads.cards import OrderSummary, facts_of, summary
from app.shop.reads.order import read_order
from app.shop.reads.refunds import RefundRow, Returned, refunds_of, returned_of
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Action, Status
from app.shop.rules.payments import Outcome, charge_reference, virtual_account
from app.shop.rules.refusals import next_step, possible
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from app.shop.tables import Payment

_p = Payment
_NEWEST = Statement(
    select(
        col(_p.n),
        col(_p.state),
        col(_p.method),
        col(_p.at),
        col(_p.trouble),
        col(_p.reference),
        col(_p.amount_minor),
    )
    .where(col(_p.order_number) == bindparam("number"))
    .order_by(col(_p.n).desc())
    .limit(1)
)
WAYS = (Method.CARD, Method.WALLET, Method.TRANSFER, Method.COD)
"""The ways to pay that can be chosen."""


class Stage(StrEnum):
    """How far the payment of an order is."""

    OPEN = "open"
    WAITING = "waiting"
    REFUSED = "refused"
    PAID = "paid"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class LastPayment:
    """The newest payment of an order: `at` is when it came to its state, `reference` is that of a charge."""

    n: int
    state: str
    method: str
    at: int
    trouble: str | None
    reference: str | None
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Paying:
    """What the pay screen shows.

    `why_not` says why it cannot be paid now, `longer_until` until when it could be with more time (None where
    there is none to have), `ways` how else it can be paid. `reference` is what its next charge will be known
    by, or the one that is out; a wallet reads it from `code`. `returned` is what a cancel gave back beside
    money.
    """

    order: OrderSummary
    why_not: str | None
    next_step: str | None
    longer_until: int | None
    ways: tuple[Method, ...]
    last: LastPayment | None
    refund: RefundRow | None
    returned: tuple[Returned, ...]
    reference: str
    account: str
    code: bytes | None

    @property
    def stage(self) -> Stage:
        """How far it is."""
        state = self.last.state if self.last else None
        if self.order.status == Status.CANCELLED:
            return Stage.LATE if state == "LATE" else Stage.CLOSED
        if self.order.status != Status.UNPAID:
            return Stage.PAID
        if state == Outcome.ATTEMPTED and self.why_not == "payment_in_progress":
            return Stage.WAITING
        if self.why_not is not None:
            return Stage.CLOSED
        # Who chose another way since is not told any more of what went wrong with the one before.
        refused = self.last is not None and self.last.method == self.order.payment_method
        return Stage.REFUSED if state == Outcome.FAILED and refused else Stage.OPEN


def paying(shop: Shop, actor: Actor, number: int) -> Paying:
    """How the payment of an order stands; raises NotFound where it is not the actor's, Refused for others."""
    with shop.snapshot() as work:
        rows, role = read_order(work, actor, "paying", number)
        row = work.first(_NEWEST, number=number)
        last = LastPayment(*row) if row else None
        refunds = refunds_of(work, number) if last and last.state == "LATE" else ()
        facts = facts_of(rows[0], work.now)
        can = possible(Status(rows[0][3]), role, facts)
        order = summary(rows, role, work.now)
        out = last is not None and last.state == Outcome.ATTEMPTED and last.reference
        reference = out or charge_reference(number, (last.n if last else 0) + 1)
        wallet = order.payment_method == Method.WALLET and order.status == Status.UNPAID
        return Paying(
            order=order,
            why_not=order.why_not_pay,
            next_step=next_step(order.why_not_pay) if order.why_not_pay else None,
            longer_until=facts.longer_until if Action.EXTEND_PAY_BY in can else None,
            ways=tuple(one for one in WAYS if one != order.payment_method)
            if Action.CHANGE_PAYMENT_METHOD in can
            else (),
            last=last,
            refund=refunds[-1] if refunds else None,
            returned=returned_of(work, number) if order.status == Status.CANCELLED else (),
            reference=reference,
            account=virtual_account(number),
            code=qr_code(f"{reference}|{order.currency}|{order.total_minor}") if wallet else None,
        )
