"""A paid order on its way: arranged, handed over, delivered, completed, or lost."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import col

from app.shop import ledger
from app.shop import tables as t
from app.shop.actions.cancel import cancelled, rejoin
from app.shop.actions.closing import close_request
from app.shop.actions.opened import Opened
from app.shop.actions.opening import open_order
from app.shop.once import action
from app.shop.reads.basket import basket_of
from app.shop.rules.clocks import Due, Method, Step
from app.shop.rules.errors import Invalid
from app.shop.rules.orders import Action, LineStatus, Status
from app.shop.rules.reasons import SENT, checked, reasons_for
from app.shop.rules.receipt import Kind
from app.shop.rules.requests import RequestStatus
from app.shop.rules.words import TRACKING, clean
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement

_l, _p = t.Line, t.Payment
_SHIP_LINE = Statement(
    update(_l)
    .where(col(_l.order_number) == bindparam("of_order"), col(_l.n) == bindparam("of_line"))
    .values(status=LineStatus.SHIPPED.value)
)
_CASH_IN = Statement(
    update(_p)
    .where(col(_p.order_number) == bindparam("number"), col(_p.state) == "COD_DUE")
    .values(state="CAPTURED", at=bindparam("now"))
)


@action
def arrange_shipment(shop: Shop, actor: Actor, number: int, tracking: str = "", *, key: str) -> Done:
    """The parcel is packed and waits to be collected (T9); an open request ends as declined.

    Raises Refused where a request is open and no tracking number is known.
    """
    tracking = clean(tracking, TRACKING)
    with shop.change() as work:
        order = open_order(work, actor, Action.ARRANGE, number, key, tracking)
        known = tracking or order.tracking
        order.may(tracking=bool(known))
        return _sent(
            order,
            Status.AWAITING_COLLECTION,
            {"tracking": known},
            known,
            due=order.due,
            code="order_arranged",
        )


@action
def hand_over(shop: Shop, actor: Actor, number: int, lines: Sequence[int] = (), *, key: str) -> Done:
    """The carrier has the parcel (T10), or the part of it with `lines`; its stock counts as sold.

    A request that the platform still looks at ends as declined (R11): there is nothing left to decide.
    Raises Invalid for lines that are not there or have left already.
    """
    with shop.change() as work:
        order = open_order(work, actor, Action.HAND_OVER, number, key, sorted(lines))
        order.may()
        left = {line.n for line in basket_of(work, number).lines}
        chosen = set(lines) or left
        if chosen - left:
            raise Invalid("no_such_line", {"line": min(chosen - left)})
        if chosen != left:
            work.many(_SHIP_LINE, ({"of_order": number, "of_line": n} for n in sorted(chosen)))
            for n in sorted(chosen):
                ledger.end_line(work, number, n, by_event=order.event_n, to="USED")
            return _sent(order, Status.PARTIALLY_SHIPPED, {}, order.tracking, code="order_shipped")
        if order.status is Status.PARTIALLY_SHIPPED:
            rejoin(work, number)
        ledger.use_all_but(work, number, None, by_event=order.event_n)
        shipped = {"shipped_at": work.now}
        return _sent(order, Status.IN_TRANSIT, shipped, order.tracking, code="order_shipped")


@action
def deliver(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """The parcel is there (T10); cash on delivery is money in now, and the after-sales window begins."""
    with shop.change() as work:
        order = open_order(work, actor, Action.DELIVER, number, key)
        order.may()
        until = work.now + order.policy.after_sales_ms
        changes: dict[str, Any] = {"delivered_at": work.now, "complete_at": until}
        if order.method is Method.COD and work.run(_CASH_IN, number=number, now=work.now):
            changes["paid_at"] = work.now
            ledger.use_all_but(work, number, Kind.STOCK, by_event=order.event_n)
        return _moved(order, Status.DELIVERED, changes, due=Due(until, Step.COMPLETE), code="order_delivered")


@action
def complete(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """The order is done: the buyer says so, or the after-sales window is over."""
    with shop.change() as work:
        order = open_order(work, actor, Action.COMPLETE, number, key)
        order.may()
        return _moved(order, Status.COMPLETED, {}, code="order_completed")


@action
def lose(shop: Shop, actor: Actor, number: int, reason: str, *, key: str) -> Done:
    """The carrier lost the parcel, or brings it back (T12): the order is cancelled, the money goes back.

    Raises Invalid for a reason that is not the carrier's to give.
    """
    with shop.change() as work:
        order = open_order(work, actor, Action.LOSE, number, key, reason)
        order.may()
        return cancelled(order, *checked(reason, "", reasons_for(order.role, order.status, now=work.now)))


def _sent(
    order: Opened,
    to: Status,
    changes: dict[str, Any],
    tracking: str | None,
    *,
    code: str,
    due: Due | None = None,
) -> Done:
    """Write that the parcel is on its way; a request that is open ends with that as declined (R11)."""
    if order.open_request is None:
        return _moved(order, to, changes, code=code, due=due)
    close_request(order, RequestStatus.REJECTED, SENT.code, tracking)
    closed, answer = changes | {"open_request": None}, {"reason": SENT.code, "note": tracking}
    return _moved(order, to, closed, code="request_shipped", due=due, **answer)


def _moved(
    order: Opened,
    to: Status,
    changes: dict[str, Any],
    *,
    code: str,
    due: Due | None = None,
    reason: str | None = None,
    note: str | None = None,
) -> Done:
    return order.write(
        {"number": str(order.number), "status": to.value},
        to=to,
        changes=changes,
        due=due,
        reason=reason,
        note=note,
        buyer_code=code,
    )
