"""The money of a demo order: what came in, and what of it goes back."""

from app.shop import tables as t
from app.shop.demo.record import Record
from app.shop.rules.clocks import Method
from app.shop.rules.receipt import Paid, Receipt


def pay_in(record: Record, at: int, state: str, amount: int) -> Paid:
    """Write a payment."""
    n, method = len(record.rows.of[t.Payment]) + 1, record.order["payment_method"]
    record.rows.add(
        t.Payment,
        order_number=record.order["number"],
        n=n,
        method=method,
        state=state,
        amount_minor=amount,
        at=at,
    )
    return Paid(n, Method(method), amount)


def paid(record: Record) -> list[Paid]:
    """The money the order has brought in and what of it has gone back, as a receipt asks for it."""
    if not record.order.get("paid_at"):
        return []
    back: dict[int, int] = {}
    for refund in record.rows.of[t.Refund]:
        back[refund["payment_n"]] = back.get(refund["payment_n"], 0) + refund["amount_minor"]
    return [
        Paid(one["n"], Method(one["method"]), one["amount_minor"], back.get(one["n"], 0))
        for one in record.rows.of[t.Payment]
        if one["state"] in ("CAPTURED", "LATE")
    ]


def send_back(record: Record, at: int, back: Receipt) -> None:
    """Ask for the refunds of a receipt, caused by the event that was just written."""
    for n, refund in enumerate(back.refunds, len(record.rows.of[t.Refund]) + 1):
        record.rows.add(
            t.Refund,
            order_number=record.order["number"],
            n=n,
            payment_n=refund.payment_n,
            cause=record.order["version"],
            state="REQUESTED",
            amount_minor=refund.amount_minor,
            by=refund.by,
            at=at,
            attempts=0,
            due_at=at,
        )
