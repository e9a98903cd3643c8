"""The lines of an order in TikTok's Seller Centre export: a row per SKU, whole or partly cancelled."""

from collections.abc import Sequence
from dataclasses import replace

from app.shop.files.findings import Unusable
from app.shop.files.item_rows import ItemRow, at_row
from app.shop.files.market_words import same
from app.shop.files.outside import NOT_CANCELLED, OutsideLine
from app.shop.files.record import Record
from app.shop.files.tiktok_seller_words import CANCEL, RETURNS
from app.shop.files.tiktok_words import cancellation
from app.shop.rules.money import split
from app.shop.rules.orders import LINE_STATUS, LineStatus, Status

UNIT, BEFORE, AFTER = "sku unit original price", "sku subtotal before discount", "sku subtotal after discount"
SELLER_OFF, PLATFORM_OFF = "sku seller discount", "sku platform discount"
LINE_MONEY = (UNIT, BEFORE, SELLER_OFF, PLATFORM_OFF, AFTER)
TYPE, BACK = "cancelation/return type", "sku quantity of return"


def lines_of(
    rows: Sequence[ItemRow], currency: str, order: Status, *, unpaid: bool
) -> tuple[OutsideLine, ...]:
    """The lines; where some pieces of a row were cancelled these are a line of their own."""
    found: list[OutsideLine] = []
    for row in rows:
        with at_row(row.number):
            line = _line(row.record, currency)
            found += _parts(row, line, order, unpaid=unpaid)
    return tuple(found)


def _line(record: Record, currency: str) -> OutsideLine:
    sku, pieces = record.needed_id("sku id"), record.pieces("quantity")
    unit, before = record.amount(UNIT, currency), record.amount(BEFORE, currency)
    total = record.amount(AFTER, currency)
    if before is None and unit is not None:
        before = unit * pieces
    if total is None and before is not None:
        total = before - sum(record.amount(name, currency) or 0 for name in (SELLER_OFF, PLATFORM_OFF))
    if total is None or total < 0:
        raise Unusable("amount_missing", AFTER)
    # A subtotal that the pieces do not divide costs the next whole unit, the rest is a discount.
    unit = max(unit or 0, -(-total // pieces))
    return OutsideLine(
        product=sku,
        variant=sku,
        title=record.text("product name") or f"Product {sku[-6:]}",
        variant_name=record.text("variation") or "",
        quantity=pieces,
        unit_minor=unit,
        discount_minor=unit * pieces - total,
        total_minor=total,
    )


def _parts(row: ItemRow, line: OutsideLine, order: Status, *, unpaid: bool) -> list[OutsideLine]:
    record, status = row.record, LINE_STATUS[row.status]
    back = record.pieces(BACK) if record.raw(BACK) not in (None, "0") else 0
    told, cancelled = same(record.text(TYPE) or ""), 0
    if told in RETURNS:
        record.flag("returned", BACK, str(back))
    elif told in CANCEL and row.status is not Status.CANCELLED:
        cancelled = min(back, line.quantity)
        if not cancelled:
            record.flag("cancel_requested")
    mine = NOT_CANCELLED
    if cancelled or (row.status is Status.CANCELLED and order is not Status.CANCELLED):
        mine = cancellation(record, "cancel reason", "cancel by", unpaid=unpaid)
    own = None if status is LINE_STATUS[order] else status
    if not cancelled:
        return [replace(line, status=own, cancel=mine)]
    kept = line.quantity - cancelled
    pieces = [(kept, own, NOT_CANCELLED), (cancelled, LineStatus.CANCELLED, mine)]
    totals = split(line.total_minor, [kept, cancelled])
    return [
        replace(
            line,
            quantity=quantity,
            discount_minor=line.unit_minor * quantity - total,
            total_minor=total,
            status=state,
            cancel=cancel,
        )
        for (quantity, state, cancel), total in zip(pieces, totals, strict=True)
        if quantity
    ]
