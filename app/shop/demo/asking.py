"""The requests of a demo order: what its buyer asked for, and how far the answer is."""

from app.shop import tables as t
from app.shop.demo.record import Record


def ask(record: Record, at: int, reason: str, text: str | None) -> None:
    """Open a request to cancel, the only one of its order."""
    request = record.order["open_request"] = record.order["number"]
    record.at = at
    record.rows.add(
        t.Request,
        id=request,
        order_number=record.order["number"],
        kind="cancel",
        status="PENDING_SELLER",
        version=0,
        reason=reason,
        text=text,
        created_at=at,
        respond_by=min(at + record.seller.policy.respond_ms, record.order["cancel_sla"]),
    )


def answer(record: Record, at: int, status: str, reason: str | None, note: str) -> None:
    """The seller answers, and the request stays open."""
    record.at = at
    row = record.rows.of[t.Request][-1]
    row |= {"status": status, "answered_at": at, "answer_reason": reason, "answer_note": note}
    row["version"] += 1


def close(record: Record, at: int, status: str, reason: str | None = None, note: str | None = None) -> None:
    """End the open request, if there is one."""
    if record.order.get("open_request") is None:
        return
    record.order["open_request"] = None
    record.at = at
    row = record.rows.of[t.Request][-1]
    row |= {"status": status, "answered_at": row.get("answered_at") or at}
    row["version"] += 1
    if reason:
        row |= {"answer_reason": reason, "answer_note": note}
