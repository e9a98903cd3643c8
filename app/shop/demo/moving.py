"""What brings a demo order on, written as the actions of the same names write it."""

from app.shop import tables as t
from app.shop.demo.asking import answered, close
from app.shop.demo.money import pay_in
from app.shop.demo.placing import start_clocks
from app.shop.demo.record import Record
from app.shop.rules.clocks import step_before
from app.shop.rules.orders import Action, Role, Status
from app.shop.rules.reasons import SENT
from app.shop.rules.requests import RequestStatus


def try_to_pay(record: Record, at: int, outcome: str) -> None:
    """A payment is begun (ATTEMPTED) or goes wrong (FAILED)."""
    _note(record, at, outcome)
    record.order["attempted_at"] = at if outcome == "ATTEMPTED" else None
    due = record.next_due(at, record.status, step_before(record.due.step) if record.due else None)
    what = "payment_failed" if outcome == "FAILED" else Action.BEGIN_PAYMENT.value
    record.happened(at, Action.PAY, Role.BUYER, due=due, told={"outcome": outcome}, what=what)


def pay(record: Record, at: int, role: Role) -> None:
    """The money is there."""
    _note(record, at, "CAPTURED")
    record.end("USED", "VOUCHER", "COINS")
    record.order |= {"paid_at": at, "attempted_at": None}
    to = start_clocks(record, at)
    record.happened(at, Action.PAY, role, to, buyer="order_paid", seller="order_paid")


def _note(record: Record, at: int, state: str) -> None:
    begun = next((one for one in record.rows.of[t.Payment] if one["state"] == "ATTEMPTED"), None)
    if begun:
        begun |= {"state": state, "at": at}
    else:
        pay_in(record, at, state, record.order["total_minor"])


def remind(record: Record, at: int) -> None:
    """The clock reminds the buyer to pay."""
    due = record.next_due(at, record.status, record.due.step if record.due else None)
    told = {"pay_by": record.order["pay_by"]}
    record.happened(at, Action.REMIND, Role.SYSTEM, due=due, told=told, buyer="payment_reminder")


def release(record: Record, at: int) -> None:
    """The time to think is over."""
    record.happened(at, Action.RELEASE, Role.SYSTEM, Status.AWAITING_SHIPMENT)


def arrange(record: Record, at: int, tracking: str) -> None:
    """The parcel is packed; a request nobody answered ends as declined."""
    asked = record.order.get("open_request") is not None
    answered(record, at, Role.SELLER, SENT.code, tracking)
    close(record, at, RequestStatus.REJECTED)
    record.order["tracking"] = tracking
    code = "request_shipped" if asked else "order_arranged"
    record.happened(
        at,
        Action.ARRANGE,
        Role.SELLER,
        Status.AWAITING_COLLECTION,
        reason=SENT.code if asked else None,
        note=tracking if asked else None,
        buyer=code,
    )


def hand_over(record: Record, at: int, role: Role, lines: frozenset[int] = frozenset()) -> None:
    """The carrier has the parcel, or the part of it with `lines`."""
    to = Status.PARTIALLY_SHIPPED if lines else Status.IN_TRANSIT
    if lines:
        for line in record.lines:
            if line["n"] in lines:
                line["status"] = "SHIPPED"
                record.end("USED", line=line["n"])
    else:
        record.stand_alike()
        record.end("USED")
        record.order["shipped_at"] = at
    record.happened(at, Action.HAND_OVER, role, to, buyer="order_shipped")


def deliver(record: Record, at: int, role: Role) -> None:
    """The parcel is there; cash on delivery is money in."""
    record.order |= {"delivered_at": at, "complete_at": at + record.seller.policy.after_sales_ms}
    for payment in record.rows.of[t.Payment]:
        if payment["state"] == "COD_DUE":
            payment |= {"state": "CAPTURED", "at": at}
            record.order["paid_at"] = at
    record.happened(at, Action.DELIVER, role, Status.DELIVERED, buyer="order_delivered")


def complete(record: Record, at: int, role: Role) -> None:
    """The buyer says it is done, or the clock does."""
    record.happened(at, Action.COMPLETE, role, Status.COMPLETED, buyer="order_completed")
