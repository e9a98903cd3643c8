"""Taking an order back: by its buyer, its seller, the platform or the clock."""

from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlmodel import col

from app.shop import ledger
from app.shop import tables as t
from app.shop.actions.closing import close_request
from app.shop.actions.opened import Opened
from app.shop.actions.opening import open_order
from app.shop.once import action
from app.shop.reads.payments import paid_for
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Action, LineStatus, Status
from app.shop.rules.reasons import REASONS, Reason, Restock, checked, reasons_for
from app.shop.rules.receipt import Held, Receipt, receipt
from app.shop.rules.refunds import RefundState
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import RequestStatus
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work

_ref = t.Refund
_LAST_REFUND = Statement(
    select(func.coalesce(func.max(col(_ref.n)), 0)).where(col(_ref.order_number) == bindparam("number"))
)
_REFUND = Statement(
    insert(_ref).values(
        {
            name: bindparam(name)
            for name in ("order_number", "n", "payment_n", "cause", "state", "amount_minor", "by", "at")
        }
        | {"attempts": 0, "due_at": bindparam("at")}
    )
)

_REJOIN = Statement(
    update(t.Line)
    .where(col(t.Line.order_number) == bindparam("number"), col(t.Line.status) == LineStatus.SHIPPED.value)
    .values(status=None)
)


_WHY_ASKED = Statement(
    select(col(t.Request.reason), col(t.Request.kind)).where(col(t.Request.id) == bindparam("request"))
)


@action
def cancel_order(shop: Shop, actor: Actor, number: int, reason: str, text: str = "", *, key: str) -> Done:
    """Cancel a whole order at once (T3, T5, T7, T8, T13); what was held and paid goes back.

    `reason` is a code of the actor's role and the order's state, `text` what it asks for. Raises Refused
    where the order cannot be cancelled by them now, Invalid for a reason or text that will not do.
    """
    with shop.change() as work:
        order = open_order(work, actor, Action.CANCEL, number, key, reason, text)
        order.may()
        allowed = reasons_for(
            order.role,
            order.status,
            now=work.now,
            ship_by=order.ship_by,
            linked_request=order.open_request is not None,
        )
        given, text = checked(reason, text, allowed)
        return cancelled(order, given, text, asked_for=asked_for(order) if given.needs_request else None)


def asked_for(order: Opened) -> Reason | None:
    """Why the buyer asked to cancel; raises Refused where what they ask for is a change."""
    reason, kind = order.work.first(_WHY_ASKED, request=order.open_request) or ("", RequestKind.CANCEL)
    if kind == RequestKind.CHANGE:
        raise Refused("change_asked", {"number": str(order.number)})
    return REASONS.get(reason)


def cancelled(
    order: Opened,
    reason: Reason,
    text: str = "",
    *,
    asked_for: Reason | None = None,
    was_due: int | None = None,
    instead: dict[str, Any] | None = None,
) -> Done:
    """Write the cancel of an opened order whose move is allowed: holds, refunds, event, notifications.

    `asked_for` is why its buyer asked for it, where this is the yes to a request: whose doing it was is then
    told by that reason. `was_due` is when the clock had to do it. `instead` is told of the order that comes
    in its place.
    """
    work, event = order.work, order.event_n
    if order.status is Status.PARTIALLY_SHIPPED:
        rejoin(work, order.number)
    released = () if order.imported else _released(order, reason)
    back = receipt(
        order.currency,
        paid_for(work, order.number) if order.paid_at else (),
        released,
        at=work.now,
        zone=order.zone,
        outside=order.imported,
    )
    fault = asked_for.fault if asked_for and reason.needs_request else reason.fault
    close_request(order, _ends(back, asked=asked_for is not None or reason.needs_request), reason.code, text)
    done = order.write(
        answer_of(order, back) | (instead or {}),
        to=Status.CANCELLED,
        changes={
            "cancelled_at": work.now,
            "cancelled_by": order.role.value,
            "cancel_reason": reason.code,
            "cancel_text": text or None,
            "open_request": None,
        },
        reason=reason.code,
        note=text,
        told={"refund_minor": back.refund_minor, "fault": fault.value, "released": told_of(back)}
        | ({"replaced_by": instead["replaced_by"]} if instead else {}),
        buyer_code="order_replaced" if instead else "order_cancelled",
        seller_code="order_replaced" if instead else "order_cancelled",
        was_due=was_due,
    )
    send_back(work, order.number, event, back)
    return done


def _released(order: Opened, reason: Reason) -> tuple[Held, ...]:
    released = ledger.give_back(
        order.work,
        order.number,
        by_event=order.event_n,
        lost=reason.restock is Restock.NO,
        returns=reason.returns,
    )
    if reason.restock is Restock.ZERO:
        ledger.empty_shelves(order.work, released)
    return released


def rejoin(work: Work, number: int) -> None:
    """The lines that left before the others are again what their order is."""
    work.run(_REJOIN, number=number)


def _ends(back: Receipt, *, asked: bool) -> RequestStatus:
    """How an open request ends with its order's cancel: complete at once where no money goes back (R12)."""
    if not asked:
        return RequestStatus.SUPERSEDED
    return RequestStatus.APPROVED if back.refunds or back.outside else RequestStatus.COMPLETE


def told_of(back: Receipt) -> list[dict[str, Any]]:
    """What went back beside money, as events and answers tell it."""
    return [
        {"kind": one.kind.value, "subject": str(one.subject), "amount": one.amount} for one in back.released
    ]


def answer_of(order: Opened, back: Receipt, status: Status = Status.CANCELLED) -> dict[str, Any]:
    """What a cancel answers."""
    return {
        "number": str(order.number),
        "status": status.value,
        "refund_minor": back.refund_minor,
        "currency": order.currency,
        "released": told_of(back),
        "outside": order.source if back.outside else None,
    }


def send_back(work: Work, number: int, event: int, back: Receipt) -> None:
    """Ask for each refund of a receipt, caused by `event`."""
    if not back.refunds:
        return
    row = work.first(_LAST_REFUND, number=number)
    work.many(
        _REFUND,
        (
            {
                "order_number": number,
                "n": n,
                "payment_n": refund.payment_n,
                "cause": event,
                "state": RefundState.REQUESTED.value,
                "amount_minor": refund.amount_minor,
                "by": refund.by,
                "at": work.now,
            }
            for n, refund in enumerate(back.refunds, 1 + int(row[0] if row else 0))
        ),
    )
