"""Taking single lines of an order back (T15): priced anew, cancelled as a whole only when no line is left."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import col

from app.shop import ledger
from app.shop import tables as t
from app.shop.actions.basket import write_prices
from app.shop.actions.cancel import answer_of, asked_for, cancelled, send_back, told_of
from app.shop.actions.closing import change_is_over
from app.shop.actions.opened import Opened
from app.shop.actions.opening import open_order
from app.shop.once import action
from app.shop.reads.basket import basket_of
from app.shop.reads.payments import paid_for
from app.shop.rules.basket import Basket
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Action, LineStatus
from app.shop.rules.pricing import coins_used
from app.shop.rules.reasons import Reason, Restock, checked, reasons_for
from app.shop.rules.receipt import Held, Kind, receipt
from app.shop.rules.rest import Rest, rest_of
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement

_l = t.Line
_CANCEL_LINE = Statement(
    update(_l)
    .where(
        col(_l.order_number) == bindparam("of_order"),
        col(_l.n) == bindparam("of_line"),
        col(_l.status).is_(None),
    )
    .values(
        status=LineStatus.CANCELLED.value,
        cancelled_at=bindparam("at"),
        cancelled_by=bindparam("by"),
        cancel_reason=bindparam("reason"),
        cancel_text=bindparam("text"),
    )
)


CASH_DUE = Statement(
    update(t.Payment)
    .where(col(t.Payment.order_number) == bindparam("number"), col(t.Payment.state) == "COD_DUE")
    .values(amount_minor=bindparam("amount"))
)
"""Cash on delivery follows the total."""


@action
def cancel_lines(
    shop: Shop, actor: Actor, number: int, lines: Sequence[int], reason: str, text: str = "", *, key: str
) -> Done:
    """Cancel `lines` (their n) of an order; with the last one the order is cancelled.

    What is left is priced anew; a voucher whose threshold is no longer met falls away and is given back. A
    request to change a line that goes is over with it.
    Raises Refused as a cancel does, and where the rest alone would cost more than all of it did.
    """
    chosen = frozenset(lines)
    with shop.change() as work:
        order = open_order(work, actor, Action.CANCEL_LINES, number, key, sorted(chosen), reason, text)
        order.may(chosen_lines=len(chosen))
        given, text = checked(
            reason,
            text,
            reasons_for(
                order.role,
                order.status,
                now=work.now,
                ship_by=order.ship_by,
                linked_request=order.open_request is not None,
            ),
        )
        if given.needs_request:
            asked_for(order)
        rest = _rest(order, chosen)
        return _cancel(order, rest, sorted(chosen), given, text) if rest else cancelled(order, given, text)


def _rest(order: Opened, chosen: frozenset[int]) -> Rest | None:
    if order.imported:
        raise Refused("lines_of_another_platform", {"number": str(order.number)})
    basket = basket_of(order.work, order.number)
    rest = rest_of(basket, chosen, total_minor=order.total_minor, paid=order.paid_at is not None)
    if rest and rest.cheaper_by < 0:
        raise Refused("rest_would_cost_more", {"difference_minor": -rest.cheaper_by})
    return rest


def _cancel(order: Opened, rest: Rest, chosen: list[int], reason: Reason, text: str) -> Done:
    work, number, total = order.work, order.number, rest.priced.total_minor
    work.many(
        _CANCEL_LINE,
        (
            {
                "of_order": number,
                "of_line": n,
                "at": work.now,
                "by": order.role.value,
                "reason": reason.code,
                "text": text or None,
            }
            for n in chosen
        ),
    )
    _release(order, rest, chosen, reason)
    write_prices(work, number, rest.after, rest.priced)
    if order.method is Method.COD:
        work.run(CASH_DUE, number=number, amount=total)
    back = receipt(
        order.currency,
        paid_for(work, number) if order.paid_at else (),
        rest.released(order.buyer_id),
        at=work.now,
        zone=order.zone,
        amount_minor=rest.cheaper_by,
    )
    what = {"lines": chosen, "total_minor": total}
    changes: dict[str, Any] = {"total_minor": total}
    if change_is_over(order, chosen):
        changes["open_request"] = None
    gone = sum(line.total_minor for line in rest.gone)
    done = order.write(
        answer_of(order, back, order.status) | what,
        changes=changes,
        reason=reason.code,
        note=text,
        told={"refund_minor": back.refund_minor, "released": told_of(back), "lines_minor": gone} | what,
        buyer_code="lines_cancelled",
        seller_code="lines_cancelled",
    )
    send_back(work, number, order.event_n, back)
    return done


def _release(order: Opened, rest: Rest, chosen: list[int], reason: Reason) -> None:
    work, event = order.work, order.event_n
    stock = [one for n in chosen for one in ledger.end_line(work, order.number, n, by_event=event)]
    if reason.restock is Restock.ZERO:
        ledger.empty_shelves(work, stock)
    drop_vouchers(order, rest.before, rest.after)
    if rest.spare_coins:
        return_coins(order, coins_used(rest.priced))


def drop_vouchers(order: Opened, before: Basket, after: Basket) -> None:
    """Give back the vouchers of `before` that `after` does not have any more."""
    for subject in sorted({one.id for one in before.vouchers} - {one.id for one in after.vouchers}):
        ledger.give_back_one(order.work, order.number, Kind.VOUCHER, subject, by_event=order.event_n)


def return_coins(order: Opened, needed: int) -> None:
    """Give the coins back but those `needed`: the hold ends whole, what is needed is held anew."""
    work, number = order.work, order.number
    ledger.give_back_one(work, number, Kind.COINS, order.buyer_id, by_event=order.event_n)
    if needed:
        again = Held(Kind.COINS, order.buyer_id, needed)
        ledger.hold(work, number, [(again, None)], first=ledger.next_hold(work, number))
        if order.paid_at:
            ledger.use_all_but(work, number, Kind.STOCK, by_event=order.event_n)
