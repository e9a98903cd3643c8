"""How a demo order is taken back, whole or in lines, written as the actions write it."""

from typing import Any

from app.shop import tables as t
from app.shop.demo.asking import answered, close, request_of, was_due
from app.shop.demo.money import paid, pay_in, send_back
from app.shop.demo.placing import write_prices
from app.shop.demo.record import Record
from app.shop.rules.orders import Action, Role, Status
from app.shop.rules.pricing import Item, coins_used, sheet
from app.shop.rules.reasons import REASONS, Reason, Restock
from app.shop.rules.receipt import Held, Kind, Paid, Receipt, receipt
from app.shop.rules.requests import RequestAction, RequestStatus


def cancel(
    record: Record,
    at: int,
    role: Role,
    code: str,
    text: str = "",
    action: Action | RequestAction = Action.CANCEL,
) -> None:
    """Cancel the whole order: by a person, the clock (EXPIRE, SHIP_TIMEOUT) or the carrier (LOSE).

    A request is carried out by an action of its own; by any other it is over.
    """
    reason, asked = REASONS[code], isinstance(action, RequestAction)
    released = _give_back(record, reason)
    back = _receipt(record, at, released)
    record.order |= {
        "cancelled_at": at,
        "cancelled_by": role.value,
        "cancel_reason": code,
        "cancel_text": text or None,
    }
    record.stand_alike()
    fault, due_at = reason.fault, None
    if asked:
        request = request_of(record)
        due_at = was_due(record, at)
        if reason.needs_request:
            fault = REASONS[request["reason"]].fault
        if role in (Role.SELLER, Role.SYSTEM):
            answered(record, at, role, code, text or None)
    ends = RequestStatus.APPROVED if back.refunds else RequestStatus.COMPLETE
    close(record, at, ends if asked else RequestStatus.SUPERSEDED)
    record.happened(
        at,
        action,
        role,
        Status.CANCELLED,
        reason=code,
        note=text or None,
        told={"refund_minor": back.refund_minor, "fault": fault.value, "released": _released(back)},
        buyer="order_cancelled",
        seller="order_cancelled",
        was_due=due_at,
    )
    send_back(record, at, back)


def cancel_lines(
    record: Record, at: int, role: Role, lines: frozenset[int], code: str, text: str = ""
) -> bool:
    """Cancel some live lines, not all; whether it was done: not where the rest alone would cost more."""
    before = record.order["total_minor"]
    left = [line for line in record.live if line["n"] not in lines]
    items = [Item(line["quantity"], line["unit_minor"]) for line in left]
    amount = sum(item.amount_minor for item in items)
    kept = tuple(one for one in record.vouchers if one.least_minor <= amount)
    coins = sum(one["amount"] for one in record.rows.of[t.Hold] if _is_live(one, Kind.COINS))
    gone = sum(line["total_minor"] for line in record.live if line["n"] in lines)
    least = before - gone if record.order.get("paid_at") else 0
    priced = sheet(items, record.seller.policy.shipping_minor, kept, coins, least)
    if priced.total_minor > before:
        return False
    for line in record.live:
        if line["n"] in lines:
            line |= {
                "status": "CANCELLED",
                "cancelled_at": at,
                "cancelled_by": role.value,
                "cancel_reason": code,
                "cancel_text": text or None,
            }
    released = [held for n in sorted(lines) for held in record.end("RELEASED", line=n)]
    _empty(record, REASONS[code].restock, released)
    for voucher in record.vouchers:
        if voucher not in kept:
            released += record.end("RELEASED", "VOUCHER", subject=voucher.id, used=True)
    record.vouchers = kept
    released += _return_coins(record, coins, coins_used(priced))
    write_prices(record, priced)
    back = _receipt(record, at, released, before - priced.total_minor)
    record.order["total_minor"] = priced.total_minor
    told = {
        "refund_minor": back.refund_minor,
        "released": _released(back),
        "lines": sorted(lines),
        "lines_minor": gone,
        "total_minor": priced.total_minor,
    }
    both = "lines_cancelled"
    note = text or None
    record.happened(at, Action.CANCEL_LINES, role, reason=code, note=note, told=told, buyer=both, seller=both)
    send_back(record, at, back)
    return True


def pay_late(record: Record, at: int, amount: int) -> None:
    """Money comes for the cancelled order, and goes back."""
    back = _receipt(record, at, [], money=[pay_in(record, at, "LATE", amount)])
    told = {"refund_minor": back.refund_minor}
    record.happened(at, Action.LATE_PAYMENT, Role.GATEWAY, told=told, buyer="late_payment")
    send_back(record, at, back)


def _give_back(record: Record, reason: Reason) -> list[Held]:
    """What is free again: not what is lost, nor what was handed over and does not come back."""
    lost = reason.restock is Restock.NO
    on_shelf = record.end("LOST" if lost else "RELEASED", "STOCK")
    sent = record.end("RELEASED" if reason.returns else "LOST", "STOCK", used=True)
    _empty(record, reason.restock, on_shelf)
    stock = ([] if lost else on_shelf) + (sent if reason.returns else [])
    return stock + record.end("RELEASED", "VOUCHER", "COINS", used=True)


def _is_live(hold: dict[str, Any], kind: Kind) -> bool:
    return hold["kind"] == kind.value and hold["state"] in ("HELD", "USED")


def _return_coins(record: Record, held: int, needed: int) -> list[Held]:
    if needed >= held:
        return []
    record.end("RELEASED", "COINS", used=True)
    if needed:
        record.hold([("COINS", record.buyer.id, needed, None)])
        if record.order.get("paid_at"):
            record.end("USED", "COINS")
    return [Held(Kind.COINS, record.buyer.id, held - needed)]


def _empty(record: Record, restock: Restock, stock: list[Held]) -> None:
    if restock is Restock.ZERO:
        record.emptied += tuple(stock)


def _receipt(
    record: Record,
    at: int,
    released: list[Held],
    amount: int | None = None,
    money: list[Paid] | None = None,
) -> Receipt:
    """What goes back, of all that was paid or of `money`."""
    money = paid(record) if money is None else money
    zone = record.seller.market.zone
    return receipt(record.order["currency"], money, released, at=at, zone=zone, amount_minor=amount)


def _released(back: Receipt) -> list[dict[str, Any]]:
    return [
        {"kind": one.kind.value, "subject": str(one.subject), "amount": one.amount} for one in back.released
    ]
