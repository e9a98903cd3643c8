"""The requests of a demo order: what its buyer asked for and what became of it, as the actions write it."""

from typing import Any

from app.shop import tables as t
from app.shop.demo.record import Record
from app.shop.rules.changes import Change, ChangeKind, as_json, told_of
from app.shop.rules.orders import Role
from app.shop.rules.policy import DAY
from app.shop.rules.request_clocks import last_request_step, respond_by, standing
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import OPEN, RequestAction, RequestStatus
from app.shop.rules.requests import RequestStatus as R


def request_of(record: Record) -> dict[str, Any]:
    """Its newest request."""
    return record.rows.of[t.Request][-1]


def ask(
    record: Record,
    at: int,
    reason: str,
    text: str | None,
    request: int | None = None,
    change: Change | None = None,
    difference: int = 0,
) -> None:
    """Open a request to cancel, or for a `change` that costs so much more (less: negative).

    It is the only one of its order, which lends it its number unless one is given.
    """
    request = record.order["open_request"] = request or record.order["number"]
    by = respond_by(at, record.seller.policy, record.order["cancel_sla"])
    kind = RequestKind.CHANGE if change else RequestKind.CANCEL
    record.rows.add(
        t.Request,
        id=request,
        order_number=record.order["number"],
        shop_id=record.seller.id,
        buyer_id=record.buyer.id,
        kind=kind.value,
        version=0,
        reason=reason,
        text=text,
        counted=True,
        created_at=at,
        difference_minor=difference,
        respond_by=by,
    )
    _stand(record, R.PENDING_SELLER, at, by)
    told: dict[str, Any] = {
        "request": str(request),
        "request_status": R.PENDING_SELLER.value,
        "respond_by": by,
    }
    if change is None:
        action, seller = RequestAction.ASK, "request_asked"
    else:
        action, seller = RequestAction.ASK_CHANGE, "change_asked"
        request_of(record)["change"] = as_json(change)
        told |= {"change": told_of(change), "difference_minor": difference}
    record.happened(at, action, Role.BUYER, reason=reason, note=text, told=told, seller=seller)


def answer(
    record: Record, at: int, action: RequestAction, status: RequestStatus, reason: str | None, note: str
) -> None:
    """The seller answers, and the buyer is waited for."""
    row, by = request_of(record), at + record.seller.policy.confirm_ms
    row |= {"answered_at": at, "answered_by": Role.SELLER.value, "answer_reason": reason, "answer_note": note}
    row |= {"confirm_by": by, "left_ms": row["respond_by"] - at if status is R.ALTERNATIVE_OFFERED else None}
    code = "request_offer" if status is R.ALTERNATIVE_OFFERED else "request_option_listed"
    told: dict[str, Any] = {"confirm_by": by}
    if status is R.ALTERNATIVE_OFFERED:
        later = Change(ChangeKind.SHIP_DATE, ship_by=put_off(record))
        told |= {"change": told_of(later), "difference_minor": 0}
    step(record, at, action, Role.SELLER, status, by, reason=reason, note=note, told=told, buyer=code)


def put_off(record: Record) -> int:
    """The later day of shipping that a seller offers."""
    return int(record.order["ship_by"]) + 2 * DAY


def step(
    record: Record,
    at: int,
    action: RequestAction,
    role: Role,
    status: RequestStatus,
    by: int | None = None,
    *,
    told: dict[str, Any] | None = None,
    **options: Any,
) -> None:
    """The request moves on; `by` is until when somebody is waited for, `options` are those of `happened`."""
    row, due_at = request_of(record), was_due(record, at)
    _stand(record, status, at, by)
    row["version"] += 1
    facts = {"request": str(row["id"]), "request_status": status.value} | (told or {})
    record.happened(at, action, role, told=facts, was_due=due_at, **options)


def was_due(record: Record, at: int) -> int | None:
    """When the clock had to do what it does to the newest request at `at`."""
    row = request_of(record)
    status = RequestStatus(row["status"])
    by = row["respond_by"] if status is R.PENDING_SELLER else row.get("confirm_by")
    due = last_request_step(status, row["since"], by, now=at)
    return due.at if due else None


def close(record: Record, at: int, status: RequestStatus) -> None:
    """End the open request, if there is one; what is said of it stands with the event that ended it."""
    if record.order.get("open_request") is None:
        return
    _stand(record, status, at)
    row = request_of(record)
    row["version"] += 1


def answered(record: Record, at: int, role: Role, reason: str | None, note: str | None) -> None:
    """Note on the open request what its last answer was."""
    if record.order.get("open_request") is not None:
        row = request_of(record)
        row |= {"answered_at": at, "answered_by": role.value, "answer_reason": reason, "answer_note": note}


def _stand(record: Record, status: RequestStatus, at: int, by: int | None = None) -> None:
    # A demo is looked at `now`: the reminders before that were sent.
    stands = standing(status, at, by, after=max(at, record.now))
    if status not in OPEN:
        record.order["open_request"] = None
    row = request_of(record)
    row |= {
        "status": status.value,
        "queue": stands.queue.value,
        "queue_at": stands.queue_at,
        "since": stands.since,
        "due_at": stands.due.at if stands.due else None,
        "due_step": stands.due.step.value if stands.due else None,
    }
