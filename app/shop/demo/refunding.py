"""How the refunds of a demo order go on, written as the clock writes them."""

from dataclasses import asdict
from typing import Any

from app.shop import tables as t
from app.shop.demo.record import Record
from app.shop.demo.turns import Turn
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Action, Role, Status
from app.shop.rules.policy import MINUTE
from app.shop.rules.refunds import (
    WAITS,
    Outcome,
    RefundState,
    Standing,
    event_of,
    moved,
    reference,
    told_to_buyer,
    told_to_seller,
)

LAG = 30 * MINUTE
"""How long after it was asked for a refund is sent at most: this shop's clock was not always running."""

_TROUBLE = {Outcome.FAILED: "bank_unavailable", Outcome.REFUSED: "account_closed"}
_TIMES = ("attempts", "due_at", "sent_at", "done_at")


def settle(record: Record, until: int) -> None:
    """Let happen to the refunds of an order what has happened to them by `until`."""
    while True:
        steps = [(*_next(record, row), row) for row in record.rows.of[t.Refund] if row["due_at"] is not None]
        at, outcome, row = min(steps, key=lambda step: step[0], default=(until + 1, Outcome.BEGUN, {}))
        if at > until:
            return
        _advance(record, row, max(at, record.at), outcome)


def _next(record: Record, row: dict[str, Any]) -> tuple[int, Outcome]:
    """When what happens to a refund next."""
    failures, for_good = record.troubles.setdefault(row["n"], _troubles(record))
    if row["state"] != RefundState.SENT:
        lag = LAG if row["state"] == RefundState.REQUESTED else MINUTE
        return row["due_at"] + lag * (record.order["number"] % 100) // 100, Outcome.BEGUN
    if row["attempts"] <= failures:
        return row["sent_at"], Outcome.FAILED
    if for_good:
        return row["sent_at"], Outcome.REFUSED
    return max(row["by"], row["sent_at"]), Outcome.SETTLED


def _troubles(record: Record) -> tuple[int, bool]:
    """How often a refund fails before it arrives, and whether it does not arrive at all."""
    fails = record.takes(Turn.REFUND_FAILS, 0.06)
    failures = 1 + int(len(WAITS) * record.chance.random()) if fails else 0
    return failures, not fails and record.takes(Turn.REFUND_REFUSED, 0.02)


def _advance(record: Record, row: dict[str, Any], at: int, outcome: Outcome) -> None:
    payment = record.rows.of[t.Payment][row["payment_n"] - 1]
    times: dict[str, Any] = {name: row.get(name) for name in _TIMES}
    stood = Standing(RefundState(row["state"]), row["by"], **times)
    zone = record.seller.market.zone
    stands = moved(stood, outcome, Method(payment["method"]), now=at, zone=zone)
    assert stands is not None  # noqa: S101  (`_next` goes by the machine)
    trouble, number = _TROUBLE.get(outcome), record.order["number"]
    row |= asdict(stands) | {
        "state": stands.state.value,
        "reference": reference(number, row["payment_n"], row["cause"], stands.attempts),
        "trouble": trouble,
    }
    event = event_of(outcome, stands.state)
    record.happened(
        at,
        Action.ADVANCE_REFUND,
        Role.SYSTEM,
        told={"refund_minor": row["amount_minor"], "refund": row["n"], "trouble": trouble},
        what=event,
        was_due=stood.due_at,
        buyer=told_to_buyer(event, stands.attempts),
        seller=told_to_seller(event),
    )
    if stands.state is RefundState.DONE and record.status is Status.CANCELLED:
        complete_request(record)


def complete_request(record: Record) -> None:
    """The approved request of the order is complete once all its cancel gives back is there (R12)."""
    cancel = next(event["n"] for event in record.rows.of[t.OrderEvent] if event["status_to"] == "CANCELLED")
    waiting = any(one["cause"] == cancel and one["state"] != "DONE" for one in record.rows.of[t.Refund])
    for request in record.rows.of[t.Request]:
        if request["status"] == "APPROVED" and not waiting:
            request |= {"status": "COMPLETE", "version": request["version"] + 1}
