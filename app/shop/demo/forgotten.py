"""How a buyer of a demo asks for a voucher they forgot, once it is paid, as the actions write it."""

from typing import Any

from app.shop import tables as t
from app.shop.demo.asking import answered, ask, request_of, step
from app.shop.demo.money import paid, send_back
from app.shop.demo.placing import write_prices
from app.shop.demo.record import Record
from app.shop.rules.changes import ASKED_BECAUSE, Change, ChangeKind
from app.shop.rules.orders import Role
from app.shop.rules.pricing import Item, Sheet, VoucherTerms, sheet
from app.shop.rules.receipt import receipt
from app.shop.rules.requests import RequestAction as A
from app.shop.rules.requests import RequestStatus as R


def forgotten(record: Record) -> VoucherTerms | None:
    """A voucher that takes something off an order that has none, nor coins; None where there is none."""
    amount = sum(line["quantity"] * line["unit_minor"] for line in record.live)
    if any(hold["kind"] != "STOCK" for hold in record.rows.of[t.Hold]):
        return None
    for one in record.seller.vouchers:
        if one.least_minor <= amount and _less(record, one):
            return one
    return None


def ask_for_voucher(
    record: Record, at: int, voucher: VoucherTerms, text: str | None, request: int | None = None
) -> None:
    """Ask for it (R1)."""
    code = record.seller.codes[record.seller.vouchers.index(voucher)]
    change = Change(ChangeKind.VOUCHER, voucher=code, label=code)
    ask(record, at, ASKED_BECAUSE[change.kind], text, request, change, -_less(record, voucher))


def accept_voucher(record: Record, at: int, voucher: VoucherTerms) -> None:
    """The seller agrees (R13): it is used, and its amount goes back."""
    priced, less = _priced(record, voucher), _less(record, voucher)
    money, order = paid(record), record.order
    record.hold([("VOUCHER", voucher.id, 1, None)])
    record.vouchers = (voucher,)
    if order.get("paid_at"):
        record.end("USED", "VOUCHER")
    else:
        record.rows.of[t.Payment][-1]["amount_minor"] = priced.total_minor  # cash, due on delivery
    write_prices(record, priced)
    order["total_minor"] = priced.total_minor
    zone = record.seller.market.zone
    back = receipt(order["currency"], money, (), at=at, zone=zone, amount_minor=less)
    answered(record, at, Role.SELLER, None, None)
    request_of(record)["counted"] = False
    told = {"total_minor": priced.total_minor, "difference_minor": -less, "refund_minor": back.refund_minor}
    told_whom: dict[str, Any] = {"buyer": "change_accepted", "seller": "order_changed"}
    step(record, at, A.ACCEPT_CHANGE, Role.SELLER, R.SUPERSEDED, told=told, **told_whom)
    send_back(record, at, back)


def _priced(record: Record, voucher: VoucherTerms) -> Sheet:
    items = [Item(line["quantity"], line["unit_minor"]) for line in record.live]
    return sheet(items, record.seller.policy.shipping_minor, (voucher,))


def _less(record: Record, voucher: VoucherTerms) -> int:
    """What it takes off, in minor units."""
    return int(record.order["total_minor"]) - _priced(record, voucher).total_minor
