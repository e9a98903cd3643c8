"""An order of Shopee's export, out of its rows: what all of them repeat is taken once."""

from dataclasses import replace

from app.shop.files.findings import Unusable
from app.shop.files.item_rows import Conventions, ItemRow, Items, at_row, standing
from app.shop.files.market_words import method_of, same
from app.shop.files.outside import (
    NOT_CANCELLED,
    SENT,
    UNKNOWN,
    OutsideAddress,
    OutsideLine,
    OutsideOrder,
    Personal,
    Times,
)
from app.shop.files.paid import payments
from app.shop.files.record import Record
from app.shop.files.shopee_prices import price_of, price_sheet
from app.shop.files.shopee_words import CANCEL_ASKED, RETURNS, cancellation, status_of
from app.shop.pseudonym import Digest, digest
from app.shop.rules.clocks import Method
from app.shop.rules.orders import LINE_STATUS, UNSHIPPED, Status

ORIGIN = "shopee"
_CREATED, _PAID, _ENDED = "order creation date", "order paid time", "order complete time"
_ARRANGED, _SHIP_BY = "ship time", "estimated ship out date"
TIMES = (_CREATED, _PAID, _ARRANGED, _SHIP_BY, _ENDED)
_WHY, _BACK, _GOES_BACK = "cancel reason", "returned quantity", "return / refund status"

_SAID = {
    "status": "order status",
    "cancel_reason": _WHY,
    "return_status": _GOES_BACK,
    "payment_method": "payment method",
    "shipping_option": "shipping option",
    "shipment_method": "shipment method",
    "arranged_time": _ARRANGED,
    "completed_time": _ENDED,
    "voucher_code": "voucher code from seller",
}
"""What is kept as the platform says it."""


def order_of(items: Items, conventions: Conventions) -> OutsideOrder:
    """The order of these rows; raises Unusable where one of them cannot be used, naming it."""
    whole, currency = items.whole, items.currency
    number = whole.needed_id("order id")
    told = Times(
        paid_at=whole.time(_PAID, conventions.ms),
        shipped_at=whole.time(_ARRANGED, conventions.ms),
        ship_by=whole.time(_SHIP_BY, conventions.ms),
    )
    label = whole.text("payment method") or ""
    method = method_of(label)
    unpaid = told.paid_at is None and method is not Method.COD
    rows = [_placed(n, record, told) for n, record in items.rows]
    status = standing(rows)
    times = replace(
        told,
        shipped_at=told.shipped_at if status in (*SENT, Status.PARTIALLY_SHIPPED) else None,
        cancelled_at=whole.time(_ENDED, conventions.ms) if status is Status.CANCELLED else None,
    )
    lines = tuple(_line(row, currency, status, unpaid=unpaid) for row in rows)
    created_at, cancelled = _created(whole, conventions), status is Status.CANCELLED
    prices, total = price_sheet(rows, lines, whole, currency, cancelled=cancelled)
    return OutsideOrder(
        number=number,
        row=rows[0].number,
        buyer=_buyer(whole),
        shop=None,
        zone=conventions.zone,
        status=status,
        created_at=created_at,
        currency=currency,
        method=method,
        times=times,
        cancel=cancellation(whole, _WHY, unpaid=unpaid) if cancelled else NOT_CANCELLED,
        total_minor=total,
        lines=lines,
        prices=prices,
        payments=payments(total, method, label, status, times.paid_at, created_at),
        tracking=whole.text("tracking number"),
        said=tuple((name, text) for name, column in _SAID.items() if (text := whole.text(column))),
        flags=tuple(whole.flags),
        personal=_personal(whole),
    )


def _created(whole: Record, conventions: Conventions) -> int:
    """When it was ordered; cancelled orders may lack it, and then have the first time that they tell."""
    happened = [
        at for name in (_PAID, _ARRANGED, _ENDED) if (at := whole.time(name, conventions.ms)) is not None
    ]
    if whole.raw(_CREATED) is not None or not happened:
        return whole.needed_time(_CREATED, conventions.ms)
    whole.flag("created_missing", _CREATED)
    return min(happened)


def _placed(number: int, record: Record, times: Times) -> ItemRow:
    """A row with where it stands; for words nobody told us its times tell."""
    with at_row(number):
        word = record.text("order status") or ""
        told, back = status_of(word), same(word) in RETURNS
        if told is None and not back:
            record.flag("unknown_status", "order status", word)
        status = told or times.status
        if status is Status.AWAITING_SHIPMENT and times.shipped_at is not None:
            status = Status.AWAITING_COLLECTION  # its parcel was announced to the carrier
        _goes_back(record, status, asked=same(word) in CANCEL_ASKED, back=back)
        return ItemRow(number, record, status)


def _goes_back(record: Record, status: Status, *, asked: bool, back: bool) -> None:
    """Flag a return, or a cancel that was only asked for: both stand in one column."""
    pieces = record.pieces(_BACK) if record.raw(_BACK) not in (None, "0") else 0
    if status is Status.CANCELLED or not (pieces or asked or back or record.raw(_GOES_BACK)):
        return
    if status in UNSHIPPED and not (pieces or back):
        record.flag("cancel_requested")
    else:
        record.flag("returned", _BACK, str(pieces))


def _line(row: ItemRow, currency: str, order: Status, *, unpaid: bool) -> OutsideLine:
    """One line. The file's own names of goods may be blank: then what they are called tells them apart."""
    record, status = row.record, LINE_STATUS[row.status]
    with at_row(row.number):
        title, variant = record.text("product name"), record.text("variation name") or ""
        if title is None:
            raise Unusable("id_missing", "product name")
        pieces, unit, total = price_of(record, currency)
        departs = row.status is Status.CANCELLED and order is not Status.CANCELLED
        return OutsideLine(
            product=record.text("parent sku reference no.") or title,
            variant=record.text("sku reference no.") or f"{title} - {variant}",
            title=title,
            variant_name=variant,
            quantity=pieces,
            unit_minor=unit,
            discount_minor=unit * pieces - total,
            total_minor=total,
            status=None if status is LINE_STATUS[order] else status,
            cancel=cancellation(record, _WHY, unpaid=unpaid) if departs else NOT_CANCELLED,
        )


def _buyer(whole: Record) -> str | Digest:
    """Whom the file names, told apart but not told."""
    name = whole.text("username (buyer)")
    if not name or "*" in name:
        whole.flag("buyer_unknown")
        return UNKNOWN
    return digest(ORIGIN, name)


def _personal(whole: Record) -> Personal:
    places = [whole.text(name) for name in ("town", "district", "city")]
    address = OutsideAddress(
        recipient=whole.text("receiver name"),
        phone=whole.text("phone number"),
        lines=whole.text("delivery address"),
        city=", ".join(dict.fromkeys(place for place in places if place)) or None,
        region=whole.text("province"),
        postal_code=whole.text("zip code"),
        country=whole.text("country"),
    )
    told = address if address != OutsideAddress() else None
    name = whole.text("username (buyer)") or address.recipient
    return Personal(name, told, whole.text("remark from buyer"))
