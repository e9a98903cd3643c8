"""An order of TikTok's Seller Centre export, out of its rows: what all of them repeat is taken once."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from app.shop.files.item_rows import Conventions, ItemRow, Items, at_row, standing
from app.shop.files.market_words import method_of, same
from app.shop.files.outside import (
    NOT_CANCELLED,
    SENT,
    UNKNOWN,
    OutsideAddress,
    OutsideOrder,
    Personal,
    Times,
)
from app.shop.files.paid import payments
from app.shop.files.record import Record
from app.shop.files.table import Row
from app.shop.files.tiktok_prices import price_sheet
from app.shop.files.tiktok_seller_lines import (
    AFTER,
    BEFORE,
    LINE_MONEY,
    PLATFORM_OFF,
    SELLER_OFF,
    lines_of,
)
from app.shop.files.tiktok_seller_words import RETURNS, status_of
from app.shop.files.tiktok_words import cancellation
from app.shop.pseudonym import Digest
from app.shop.rules.clocks import Method
from app.shop.rules.money import to_units
from app.shop.rules.orders import Status
from app.shop.rules.words import HANDLE

_SUMMED = {
    "original_total_product_price": BEFORE,
    "seller_discount": SELLER_OFF,
    "platform_discount": PLATFORM_OFF,
    "sub_total": AFTER,
}
_REPEATED = {
    "original_shipping_fee": "original shipping fee",
    "shipping_fee_seller_discount": "shipping fee seller discount",
    "shipping_fee_platform_discount": "shipping fee platform discount",
    "shipping_fee": "shipping fee after discount",
    "payment_platform_discount": "payment platform discount",
    "tax": "taxes",
    "small_order_fee": "small order fee",
    "buyer_service_fee": "buyer service fee",
    "handling_fee": "handling fee",
    "shipping_insurance_fee": "shipping insurance",
    "item_insurance_fee": "item insurance",
    "total_amount": "order amount",
}
_NAMES = _SUMMED | _REPEATED
MONEY = frozenset({*LINE_MONEY, *_REPEATED.values(), "order refund amount"})
"""Every column with an amount."""
REPEATED = frozenset(_REPEATED.values())
"""Those that each row repeats."""
TIMES = ("created time", "paid time", "rts time", "shipped time", "delivered time", "cancelled time")

_SAID = {
    "status": "order status",
    "substatus": "order substatus",
    "type": "cancelation/return type",
    "cancelled_time": "cancelled time",
    "payment_method": "payment method",
    "refund_amount": "order refund amount",
    "purchase_channel": "purchase channel",
    "tokopedia_invoice": "tokopedia invoice number",
    "order_channel": "order channel",
    "warehouse": "warehouse name",
    "shipping_provider": "shipping provider name",
    "package": "package id",
}
"""What is kept as the platform says it."""

_PLACES = (
    ("villages", "commune"),
    ("districts", "district", "post town"),
    ("regency and city", "city"),
)


def order_of(items: Items, conventions: Conventions) -> OutsideOrder:
    """The order of these rows; raises Unusable where one of them cannot be used, naming it."""
    whole, currency = items.whole, items.currency
    number, created_at = whole.needed_id("order id"), whole.needed_time("created time", conventions.ms)
    label = whole.text("payment method") or ""
    method, times = method_of(label), _times(whole, conventions)
    marked = [_placed(n, record, times) for n, record in items.rows]
    status = standing(marked)
    unpaid = times.paid_at is None and method is not Method.COD
    lines = lines_of(marked, currency, status, unpaid=unpaid)
    prices, total = price_sheet(
        _money(marked, whole, currency), currency, sum(line.total_minor for line in lines), _NAMES
    )
    cancel = NOT_CANCELLED
    if status is Status.CANCELLED:
        cancel = cancellation(whole, "cancel reason", "cancel by", unpaid=unpaid)
    else:
        times = replace(times, cancelled_at=None)  # that of a line: kept as the platform says it
    buyer = _buyer(whole)
    return OutsideOrder(
        number=number,
        row=marked[0].number,
        buyer=buyer,
        shop=None,
        zone=conventions.zone,
        status=status,
        created_at=created_at,
        currency=currency,
        method=method,
        times=times,
        cancel=cancel,
        total_minor=total,
        lines=lines,
        prices=prices,
        payments=payments(total, method, label, status, times.paid_at, created_at),
        tracking=whole.text("tracking id"),
        creator=(whole.text("creator handle") or "").removeprefix("@")[:HANDLE] or None,
        said=tuple((name, text) for name, column in _SAID.items() if (text := whole.text(column))),
        flags=tuple(whole.flags),
        personal=_personal(whole),
    )


def stage_of(row: Row) -> int:
    """How far along a row is by its status; -1 for words nobody told us."""
    status = _known(Record(row))
    return -1 if status is None else tuple(Status).index(status)


def _times(whole: Record, conventions: Conventions) -> Times:
    sent = whole.time("shipped time", conventions.ms)
    if sent is None and _known(whole) in SENT:
        sent = whole.time("rts time", conventions.ms)
    return Times(
        paid_at=whole.time("paid time", conventions.ms),
        shipped_at=sent,
        delivered_at=whole.time("delivered time", conventions.ms),
        cancelled_at=whole.time("cancelled time", conventions.ms),
    )


def _known(record: Record) -> Status | None:
    return status_of(record.text("order status") or "", record.text("order substatus") or "")


def _placed(number: int, record: Record, times: Times) -> ItemRow:
    """A row with where it stands; for words nobody told us its times tell."""
    with at_row(number):
        status, word = _known(record), record.text("order status") or ""
        if status is None:
            back = same(word) in RETURNS
            record.flag("returned" if back else "unknown_status", "order status", word)
        return ItemRow(number, record, status or times.status)


def _money(rows: Sequence[ItemRow], whole: Record, currency: str) -> Record:
    """The amounts of the order: those of its lines summed, those that each row repeats taken once."""
    sums: dict[str, object] = {name: whole.raw(name) for name in _REPEATED.values()}
    for name in _SUMMED.values():
        amounts = [amount for row in rows if (amount := row.record.amount(name, currency)) is not None]
        if amounts:
            sums[name] = str(to_units(sum(amounts), currency))
    return Record(sums, whole.flags)


def _buyer(whole: Record) -> str | Digest:
    """Whom the file names, told apart but not told: a name is not kept unless personal data is asked for."""
    name = whole.text("buyer username")
    if not name or "*" in name:
        whole.flag("buyer_unknown")
        return UNKNOWN
    return Digest(f"user-{sha256(name.encode()).hexdigest()[:16]}")


def _personal(whole: Record) -> Personal:
    def any_of(*names: str) -> str | None:
        return next((text for name in names if (text := whole.text(name))), None)

    lines = [whole.text("detail address"), whole.text("additional address information")]
    address = OutsideAddress(
        recipient=whole.text("recipient"),
        phone=whole.text("phone #"),
        lines=", ".join(line for line in lines if line) or None,
        city=", ".join(place for names in _PLACES if (place := any_of(*names))) or None,
        region=any_of("province", "state"),
        postal_code=whole.text("zipcode"),
        country=whole.text("country"),
    )
    told = address if address != OutsideAddress() else None
    return Personal(any_of("buyer username", "recipient"), told, whole.text("buyer message"))
