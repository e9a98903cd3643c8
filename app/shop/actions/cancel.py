"""Taking an order back: by its buyer, its seller, the platform or the clock."""

from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlmodel import col

from app.shop import ledger
from app.shop import tables as t
from app.shop.actions.opened import Opened
from app.shop.actions.opening import open_order
from app.shop.once import action
from app.shop.reads.payments import paid_for
from app.shop.rules.orders import Action, LineStatus, Status
from app.shop.rules.reasons import Reason, Restock, checked, reasons_for
from app.shop.rules.receipt import Held, Receipt, receipt
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
    )
)

_REJOIN = Statement(
    update(t.Line)
    .where(col(t.Line.order_number) == bindparam("number"), col(t.Line.status) == LineStatus.SHIPPED.value)
    .values(status=None)
)
_SUPERSEDE = Statement(
    update(t.Request)
    .where(col(t.Request.id) == bindparam("request"))
    .values(status="SUPERSEDED", version=col(t.Request.version) + 1, answered_at=bindparam("at"))
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
        return cancelled(order, *checked(reason, text, allowed))


def cancelled(order: Opened, reason: Reason, text: str = "") -> Done:
    """Write the cancel of an opened order whose move is allowed: holds, refunds, event, notifications."""
    work, event = order.work, order.event_n
    close_request(order)
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
    done = order.write(
        answer_of(order, back),
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
        told={"refund_minor": back.refund_minor, "fault": reason.fault.value, "released": told_of(back)},
        buyer_code="order_cancelled",
        seller_code="order_cancelled",
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


def close_request(order: Opened) -> None:
    """The order is cancelled another way than its open request asked for (R11)."""
    if order.open_request is not None:
        order.work.run(_SUPERSEDE, request=order.open_request, at=order.work.now)


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
                "state": "REQUESTED",
                "amount_minor": refund.amount_minor,
                "by": refund.by,
                "at": work.now,
            }
            for n, refund in enumerate(back.refunds, 1 + int(row[0] if row else 0))
        ),
    )
