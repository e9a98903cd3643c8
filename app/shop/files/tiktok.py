"""TikTok Shop's order JSON: what its versions share, read by the names each version gives the fields."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.shop.files.findings import Unusable
from app.shop.files.market_words import ZONES, method_of
from app.shop.files.outside import (
    NOT_CANCELLED,
    SENT,
    UNKNOWN,
    Cancellation,
    OutsideAddress,
    OutsideLine,
    OutsideOrder,
    Personal,
    Times,
)
from app.shop.files.paid import payments
from app.shop.files.record import Record
from app.shop.files.source import Source
from app.shop.files.tiktok_prices import price_sheet
from app.shop.files.tiktok_words import cancellation
from app.shop.rules.clocks import Method
from app.shop.rules.orders import LINE_STATUS, Status


@dataclass(frozen=True, slots=True)
class Version:
    """What one version of the interface calls things."""

    number: str
    status: str
    statuses: Mapping[str, Status]
    money: str
    method: str
    buyer: str
    items: str
    ship_by: tuple[str, ...]
    collect_by: str
    cancel_sla: str
    price: str
    sale_price: str
    line_status: str
    line_reason: str
    line_role: str
    address: Callable[[Record], OutsideAddress]


def read_each(source: Source, orders: list[object], version: Version) -> Iterator[OutsideOrder]:
    """Each order of a list; one that cannot be used is told to the source's report."""
    for row, one in enumerate(orders, 1):
        source.report.read += 1
        try:
            yield _order(Record(one), row, version)
        except Unusable as error:
            source.report.skip(replace(error.finding, row=row))


def _order(record: Record, row: int, version: Version) -> OutsideOrder:
    money, items = record.part(version.money), record.parts(version.items)
    currency = (items[0] if items and money.raw("currency") is None else money).currency()
    times, label = _times(record, version), record.text(version.method) or ""
    method = Method.COD if record.raw("is_cod") is True else method_of(label)
    unpaid = times.paid_at is None and method is not Method.COD
    status, created_at = _status(record, version, times), record.needed_time("create_time")
    why = next((item for item in items if item.raw(version.line_reason)), None)
    told = record.text("cancel_reason") or (why.text(version.line_reason) if why else None)
    lines = tuple(_line(item, version, currency, status, unpaid, told) for item in items)
    prices, total = price_sheet(money, currency, sum(line.total_minor for line in lines))
    cancel = _cancel(record, why, version, status, unpaid)
    buyer, personal = record.id(version.buyer), _personal(record, version)
    for code, odd in (("no_items", not lines), ("buyer_unknown", not buyer)):
        if odd:
            record.flag(code)
    return OutsideOrder(
        number=record.needed_id(version.number),
        row=row,
        buyer=buyer or UNKNOWN,
        shop=record.id("warehouse_id"),
        zone=ZONES.get(currency, "UTC"),
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
        tracking=record.text("tracking_number"),
        said=(("status", record.text(version.status) or ""), ("payment_method", label)),
        flags=tuple(record.flags),
        personal=personal,
    )


def _cancel(
    record: Record, why: Record | None, version: Version, status: Status, unpaid: bool
) -> Cancellation:
    """Who cancelled the order and why; where it does not say, as `why` does, its first line that says it."""
    if status is Status.CANCELLED:
        if why and record.raw("cancel_reason") is None:
            return cancellation(why, version.line_reason, version.line_role, unpaid=unpaid)
        return cancellation(record, "cancel_reason", "cancellation_initiator", unpaid=unpaid)
    if record.raw("is_buyer_request_cancel") is True:
        record.flag("cancel_requested")
    return NOT_CANCELLED


def _times(record: Record, version: Version) -> Times:
    sent = record.time("collection_time")
    if sent is None and version.statuses.get(record.text(version.status) or "") in SENT:
        sent = record.time("rts_time")
    return Times(
        updated_at=record.time("update_time"),
        paid_at=record.time("paid_time"),
        shipped_at=sent,
        delivered_at=record.time("delivery_time"),
        cancelled_at=record.time("cancel_time"),
        ship_by=record.time(next((name for name in version.ship_by if record.raw(name)), version.ship_by[0])),
        collect_by=record.time(version.collect_by),
        cancel_sla=record.time(version.cancel_sla),
    )


def _personal(record: Record, version: Version) -> Personal:
    address = version.address(record.part("recipient_address"))
    name = record.text("buyer_nickname") or address.recipient
    return Personal(name, address, record.text("buyer_message"))


def _status(record: Record, version: Version, times: Times) -> Status:
    word = record.text(version.status) or ""
    if word not in version.statuses:
        record.flag("unknown_status", version.status, word)
    return version.statuses.get(word) or times.status


def _line(
    item: Record, version: Version, currency: str, order: Status, unpaid: bool, whole: str | None
) -> OutsideLine:
    product = item.id("product_id") or item.needed_id("sku_id")
    sale, pieces = item.needed_amount(version.sale_price, currency), item.pieces("quantity")
    unit = max(sale, item.amount(version.price, currency) or 0)
    word = item.text(version.line_status)
    known = version.statuses.get(word) if word else order
    if known is None:
        item.flag("unknown_status", version.line_status, word)
    status = LINE_STATUS[known or order]
    mine = NOT_CANCELLED
    # The reason of the order is only that of its first line: a line cancelled for another keeps its own.
    if known is Status.CANCELLED and (
        order is not known or item.text(version.line_reason) not in (None, whole)
    ):
        mine = cancellation(item, version.line_reason, version.line_role, unpaid=unpaid)
    return OutsideLine(
        product=product,
        variant=item.id("sku_id") or product,
        title=item.text("product_name") or f"Product {product[-6:]}",
        variant_name=item.text("sku_name") or "",
        quantity=pieces,
        unit_minor=unit,
        discount_minor=(unit - sale) * pieces,
        total_minor=sale * pieces,
        status=None if status is LINE_STATUS[order] else status,
        cancel=mine,
        outside_id=item.id("id"),
    )
