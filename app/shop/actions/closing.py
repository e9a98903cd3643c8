"""A request ends with its order: arranged, cancelled another way, or cancelled as it was asked for."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Boolean, and_, bindparam, case, func, or_, select, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions.opened import Opened
from app.shop.rules.changes import from_json
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Role
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import Queue, RequestStatus
from app.shop.sql import Statement, one_of

_q = t.Request


def _answer(name: str, column: Any) -> Any:
    """What was answered last; what the platform looks at stays as it was answered, if it ever was."""
    stays = and_(col(_q.status) == RequestStatus.ESCALATED.value, col(_q.answered_at).is_not(None))
    return case((stays, col(column)), else_=func.coalesce(bindparam(name), col(column)))


_CLOSE = Statement(
    update(_q)
    .where(
        col(_q.id) == bindparam("request"),
        or_(
            bindparam("however_late", type_=Boolean),
            col(_q.status) != RequestStatus.PENDING_SELLER.value,
            col(_q.respond_by).is_(None),
            col(_q.respond_by) >= bindparam("now"),
        ),
    )
    .values(
        # A change is never a cancel carried out: where its order is cancelled, it is only over.
        status=case(
            (
                and_(
                    col(_q.kind) == RequestKind.CHANGE.value,
                    one_of(bindparam("to"), RequestStatus.APPROVED.value, RequestStatus.COMPLETE.value),
                ),
                RequestStatus.SUPERSEDED.value,
            ),
            else_=bindparam("to"),
        ),
        counted=and_(
            col(_q.counted),
            bindparam("to") != RequestStatus.WITHDRAWN.value,
            or_(col(_q.kind) != RequestKind.CHANGE.value, bindparam("to") != RequestStatus.SUPERSEDED.value),
        ),
        queue=Queue.CLOSED.value,
        queue_at=bindparam("now"),
        since=bindparam("now"),
        version=col(_q.version) + 1,
        answered_at=_answer("at", _q.answered_at),
        answered_by=_answer("by", _q.answered_by),
        answer_reason=_answer("reason", _q.answer_reason),
        answer_note=_answer("note", _q.answer_note),
        decided_at=func.coalesce(bindparam("decided"), col(_q.decided_at)),
        decision_reason=func.coalesce(bindparam("decision"), col(_q.decision_reason)),
        decision_note=func.coalesce(bindparam("decision_note"), col(_q.decision_note)),
        due_at=None,
        due_step=None,
    )
)


_CHANGE = Statement(
    select(col(_q.change)).where(col(_q.id) == bindparam("request"), col(_q.kind) == RequestKind.CHANGE.value)
)


def change_is_over(order: Opened, lines: Collection[int]) -> bool:
    """End the open change of `order` that is about one of the cancelled `lines`; whether there was one."""
    row = order.work.first(_CHANGE, request=order.open_request) if order.open_request else None
    if row is None or from_json(row[0]).line not in lines:
        return False
    close_request(order, RequestStatus.SUPERSEDED)
    return True


def close_request(
    order: Opened, to: RequestStatus, reason: str | None = None, note: str | None = None
) -> None:
    """End the open request of `order`, if it has one (R4, R5, R8, R10, R11); `reason` is the answer's.

    One that its buyer takes back (WITHDRAWN) has used no attempt, nor has a change that what was done made
    needless (SUPERSEDED).

    Raises Refused where it is declined by what was done to the parcel (R11), and silence has answered it.
    """
    if order.open_request is None:
        return
    now = order.work.now
    values: dict[str, Any] = {"at": now, "by": order.role.value, "reason": reason, "note": note or None}
    if order.role is Role.BUYER or to is RequestStatus.SUPERSEDED:
        values = {}  # what the seller answered stays the answer; what came otherwise is none
    elif order.role is Role.OPERATOR:
        values = {"decided": now, "decision": reason, "decision_note": note or None}
    done = order.work.run(
        _CLOSE,
        request=order.open_request,
        to=to.value,
        now=now,
        however_late=to is not RequestStatus.REJECTED,
        **values,
    )
    if done != 1:
        raise Refused("respond_by_passed", {"number": str(order.number)}, "wait_for_clock")
