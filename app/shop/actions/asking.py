"""How a request to the seller begins: to cancel a paid order, or to change it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, insert

from app.shop import tables as t
from app.shop.actions.requested import Requested, answer_of, columns_of
from app.shop.numbers import new_number
from app.shop.rules.request_clocks import RequestDue, RequestStep, respond_by, standing
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import RequestStatus
from app.shop.shop import Done
from app.shop.sql import Statement

_COLUMNS = (
    *("id", "order_number", "shop_id", "buyer_id", "kind", "status", "queue", "queue_at", "version"),
    *("reason", "text", "photos", "counted", "created_at", "since", "respond_by", "change"),
    *("difference_minor", "due_at", "due_step"),
)
_ASK = Statement(insert(t.Request).values({name: bindparam(name) for name in _COLUMNS}))


def begin(
    asked: Requested,
    kind: RequestKind,
    reason: str,
    text: str,
    *,
    request: dict[str, Any] | None = None,
    told: dict[str, Any] | None = None,
    by_rule: bool = False,
    seller_code: str,
) -> Done:
    """Write a new request of the order, waiting for its seller until their clock runs out.

    `request` are more of its columns, `told` more of what its event tells; `by_rule`: the clock approves it
    at its next run.
    """
    order, now = asked.order, asked.order.work.now
    by = None if order.imported else respond_by(now, order.policy, order.cancel_sla)
    stands = standing(RequestStatus.PENDING_SELLER, now, by, imported=order.imported)
    if by_rule:
        stands = replace(stands, due=RequestDue(now, RequestStep.BY_RULE))
    # The newest of an order is the one with the highest id, also of two that were made at one instant.
    number = max(new_number(now), asked.newest.id + 1 if asked.newest else 0)
    values = {
        "id": number,
        "order_number": order.number,
        "shop_id": order.shop_id,
        "buyer_id": order.buyer_id,
        "kind": kind.value,
        "version": 0,
        "reason": reason,
        "text": text or None,
        "photos": None,
        "counted": True,
        "created_at": now,
        "respond_by": by,
        "change": None,
        "difference_minor": 0,
    }
    order.work.run(_ASK, **values | columns_of(stands) | (request or {}))
    facts = {"request": str(number), "request_status": stands.status.value, "respond_by": by}
    return order.write(
        answer_of(order, number, stands) | {"respond_by": by},
        changes={"open_request": number},
        reason=reason,
        note=text,
        told=facts | (told or {}),
        seller_code=seller_code,
    )
