"""Taking single lines of an order back (T15): priced anew, cancelled as a whole only when no line is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, update
from sqlmodel import col

from app.shop import ledger
from app.shop import tables as t
from app.shop.actions.basket import write_prices
from app.shop.actions.cancel import answer_of, asked_for, cancelled, send_back, told_of
from app.shop.actions.opened import Opened
from app.shop.actions.opening import open_order
from app.shop.once import action
from app.shop.reads.basket import basket_of
from app.shop.reads.payments import paid_for
from app.shop.rules.basket import Basket
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid, Refused
from app.shop.rules.orders import Action, LineStatus
from app.shop.rules.pricing import Sheet, coins_used
from app.shop.rules.reasons import Reason, Restock, checked, reasons_for
from app.shop.rules.receipt import Held, Kind, Receipt, receipt
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


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of an order when lines are gone: its basket, its sheet and what it costs less."""

    before: Basket
    after: Basket
    priced: Sheet
    cheaper_by: int


@action
def cancel_lines(
    shop: Shop, actor: Actor, number: int, lines: Sequence[int], reason: str, text: str = "", *, key: str
) -> Done:
    """Cancel `lines` (their n) of an order; with the last one the order is cancelled.

    What is left is priced anew; a voucher whose threshold is no longer met falls away and is given back.
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
        left = left_of(order, chosen)
        return _cancel(order, left, chosen, given, text) if left else cancelled(order, given, text)


def left_of(order: Opened, chosen: frozenset[int]) -> Left | None:
    """What is left without the chosen lines, None where nothing is.

    Raises Invalid for lines that are not live, Refused where the rest alone would be dearer.
    """
    if order.imported:
        raise Refused("lines_of_another_platform", {"number": str(order.number)})
    before = basket_of(order.work, order.number)
    unknown = chosen - {line.n for line in before.lines}
    if unknown:
        raise Invalid("no_such_line", {"line": min(unknown)})
    after = before.without(chosen)
    if not after.lines:
        return None
    priced = after.priced()
    if priced.total_minor > order.total_minor:
        raise Refused("rest_would_cost_more", {"difference_minor": priced.total_minor - order.total_minor})
    return Left(before, after, priced, order.total_minor - priced.total_minor)


def _cancel(order: Opened, left: Left, chosen: frozenset[int], reason: Reason, text: str) -> Done:
    work, number = order.work, order.number
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
            for n in sorted(chosen)
        ),
    )
    released = _release(order, left, chosen, reason)
    write_prices(work, number, left.after)
    if order.method is Method.COD:
        work.run(CASH_DUE, number=number, amount=left.priced.total_minor)
    back = receipt(
        order.currency,
        paid_for(work, number) if order.paid_at else (),
        released,
        at=work.now,
        zone=order.zone,
        amount_minor=left.cheaper_by,
    )
    answer = answer_of(order, back, order.status)
    done = order.write(
        answer | {"lines": sorted(chosen), "total_minor": left.priced.total_minor},
        changes={"total_minor": left.priced.total_minor},
        reason=reason.code,
        note=text,
        told=_facts(left, back, chosen),
        buyer_code="lines_cancelled",
        seller_code="lines_cancelled",
    )
    send_back(work, number, order.event_n, back)
    return done


def _facts(left: Left, back: Receipt, chosen: frozenset[int]) -> dict[str, object]:
    return {
        "refund_minor": back.refund_minor,
        "released": told_of(back),
        "lines": sorted(chosen),
        "total_minor": left.priced.total_minor,
    }


def _release(order: Opened, left: Left, chosen: frozenset[int], reason: Reason) -> list[Held]:
    work, number, event = order.work, order.number, order.event_n
    stock = [one for n in sorted(chosen) for one in ledger.end_line(work, number, n, by_event=event)]
    if reason.restock is Restock.ZERO:
        ledger.empty_shelves(work, stock)
    released = list(stock)
    released += drop_vouchers(order, left.before, left.after)
    spare = left.before.coins - coins_used(left.priced)
    if spare > 0:
        released += return_coins(order, left.before.coins, coins_used(left.priced))
    return released


def drop_vouchers(order: Opened, before: Basket, after: Basket) -> list[Held]:
    """Give back the vouchers of `before` that `after` does not have any more."""
    dropped = sorted({one.id for one in before.vouchers} - {one.id for one in after.vouchers})
    return [
        held
        for subject in dropped
        for held in ledger.give_back_one(
            order.work, order.number, Kind.VOUCHER, subject, by_event=order.event_n
        )
    ]


def return_coins(order: Opened, held: int, needed: int) -> list[Held]:
    """Give the coins back that are no longer needed: the hold ends whole, what is needed is held anew."""
    work, number = order.work, order.number
    ledger.give_back_one(work, number, Kind.COINS, order.buyer_id, by_event=order.event_n)
    if needed:
        again = Held(Kind.COINS, order.buyer_id, needed)
        ledger.hold(work, number, [(again, None)], first=ledger.next_hold(work, number))
        if order.paid_at:
            ledger.use_all_but(work, number, Kind.STOCK, by_event=order.event_n)
    return [Held(Kind.COINS, order.buyer_id, held - needed)]
