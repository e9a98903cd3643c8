"""A buyer asks the seller to cancel a paid order, takes that back, or asks the platform to look."""

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import bindparam, func, insert, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions.closing import close_request
from app.shop.actions.opened import Opened
from app.shop.actions.requested import answer_of, columns_of, open_request
from app.shop.actions.talk import leave_photos
from app.shop.numbers import new_number
from app.shop.once import action
from app.shop.rules.approval import approves
from app.shop.rules.orders import LineStatus
from app.shop.rules.reasons import checked, reasons_for
from app.shop.rules.request_clocks import RequestDue, RequestStep, respond_by, standing
from app.shop.rules.requests import CALM, RequestAction, RequestStatus
from app.shop.rules.words import REASON_TEXT, clean
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement

_COLUMNS = (
    *("id", "order_number", "shop_id", "buyer_id", "kind", "status", "queue", "queue_at", "version"),
    *("reason", "text", "photos", "counted", "created_at", "since", "respond_by", "difference_minor"),
    *("due_at", "due_step"),
)
_ASK = Statement(insert(t.Request).values({name: bindparam(name) for name in _COLUMNS}))
_CATEGORIES = Statement(
    select(col(t.Product.category))
    .join(t.Line, col(t.Line.product_id) == col(t.Product.id))
    .where(
        col(t.Line.order_number) == bindparam("number"),
        func.coalesce(col(t.Line.status), "") != LineStatus.CANCELLED.value,
    )
    .distinct()
    .limit(2)
)


@action
def ask_to_cancel(
    shop: Shop,
    actor: Actor,
    number: int,
    reason: str,
    text: str = "",
    photos: Sequence[str] = (),
    *,
    key: str,
) -> Done:
    """Ask the seller officially to cancel a paid order (R1); `photos` are ids of photos added to its thread.

    Where a rule of the policy approves it, the clock does so at its next run, without the seller.

    Raises Refused where it cannot be asked for now, Invalid for a reason, text or number of photos that will
    not do, NotFound for a photo that is not theirs to send here.
    """
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.ASK, number, key, reason, text, list(photos))
        order = asked.order
        asked.may()
        allowed = reasons_for(order.role, order.status, now=work.now, ship_by=order.ship_by)
        given, text = checked(reason, text, allowed)
        leave_photos(order, photos)
        close_request(order, RequestStatus.SUPERSEDED)  # one that the platform still looks at
        by = None if order.imported else respond_by(work.now, order.policy, order.cancel_sla)
        stands = standing(RequestStatus.PENDING_SELLER, work.now, by, imported=order.imported)
        if _rule_approves(order, given.code):
            stands = replace(stands, due=RequestDue(work.now, RequestStep.BY_RULE))
        # The newest of an order is the one with the highest id, also of two that were made at one instant.
        request = max(new_number(work.now), asked.newest.id + 1 if asked.newest else 0)
        work.run(
            _ASK,
            id=request,
            order_number=number,
            shop_id=order.shop_id,
            buyer_id=order.buyer_id,
            kind="cancel",
            version=0,
            reason=given.code,
            text=text or None,
            photos=json.dumps(list(photos)) if photos else None,
            counted=True,
            created_at=work.now,
            respond_by=by,
            difference_minor=0,
            **columns_of(stands),
        )
        facts = {"request": str(request), "request_status": stands.status.value, "respond_by": by}
        return order.write(
            answer_of(order, request, stands) | {"respond_by": by},
            changes={"open_request": request},
            reason=given.code,
            note=text,
            told=facts,
            seller_code="request_asked",
        )


def _rule_approves(order: Opened, reason: str) -> bool:
    if order.imported or not order.policy.auto_approve:
        return False
    found = [category for (category,) in order.work.rows(_CATEGORIES, number=order.number)]
    category = found[0] if len(found) == 1 else None
    amount, now = order.total_minor, order.work.now
    return bool(approves(order.policy, reason, category, amount, order.currency, order.paid_at, now))


@action
def withdraw(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """Take a request back (R2): the order goes on. Soon, or before the seller acted, no attempt is used."""
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.WITHDRAW, number, key)
        asked.may()
        request = asked.request
        counted = request.answered_at is not None and work.now > request.created_at + CALM
        stands = standing(RequestStatus.WITHDRAWN, work.now)
        return asked.write(stands, {"counted": counted}, seller_code="request_withdrawn")


@action
def escalate(shop: Shop, actor: Actor, number: int, text: str = "", *, key: str) -> Done:
    """Ask the platform to look at a refusal (R10), once and within 48 hours of it."""
    text = clean(text, REASON_TEXT)
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.ESCALATE, number, key, text)
        asked.may()
        stands = standing(RequestStatus.ESCALATED, work.now)
        return asked.write(
            stands,
            {"escalated_at": work.now, "escalated_text": text or None},
            note=text,
            seller_code="request_escalated",
            staff_code="request_to_decide",
        )
