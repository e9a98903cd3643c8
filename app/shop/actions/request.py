"""A buyer asks the seller to cancel a paid order, takes that back, or asks the platform to look."""

import json
from collections.abc import Sequence

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions.asking import begin
from app.shop.actions.closing import close_request
from app.shop.actions.opened import Opened
from app.shop.actions.requested import open_request
from app.shop.actions.talk import leave_photos
from app.shop.once import action
from app.shop.rules.approval import approves
from app.shop.rules.orders import LineStatus
from app.shop.rules.reasons import checked, reasons_for
from app.shop.rules.request_clocks import standing
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import CALM, RequestAction, RequestStatus
from app.shop.rules.words import REASON_TEXT, clean
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement

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

    A change that was asked for and not answered yet is taken back by it, and has used no attempt. Where a
    rule of the policy approves it, the clock does so at its next run, without the seller.

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
        # One that the platform still looks at, or a change that nobody answered.
        change = asked.newest is not None and asked.newest.kind == RequestKind.CHANGE
        close_request(order, RequestStatus.WITHDRAWN if change else RequestStatus.SUPERSEDED)
        return begin(
            asked,
            RequestKind.CANCEL,
            given.code,
            text,
            request={"photos": json.dumps(list(photos)) if photos else None},
            by_rule=_rule_approves(order, given.code),
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
