"""Shopify's orders export (CSV, 73 to 79 columns): a row per item, the order's own cells on one of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from app.shop.files.aside import Places
from app.shop.files.dates import DayMonth, Offsets
from app.shop.files.findings import Finding, Unusable
from app.shop.files.gathered import gathered
from app.shop.files.outside import (
    UNKNOWN,
    Format,
    OutsideAddress,
    OutsideLine,
    OutsideOrder,
    OutsidePayment,
    Personal,
    Times,
)
from app.shop.files.record import Record
from app.shop.files.report import FileReport, halves
from app.shop.files.shopify_prices import priced
from app.shop.files.shopify_rows import OrderRows, name_of, orders_of
from app.shop.files.shopify_words import FINANCIAL, FULFILLMENT, LINES, PAID, ZONES, method_of, word_of
from app.shop.files.source import Source
from app.shop.pseudonym import digest
from app.shop.rules.clocks import Method
from app.shop.rules.orders import LINE_STATUS, Status

ORIGIN = "shopify"
_COLUMNS = {"name", "financial status", "currency", "total", "created at", "lineitem name", "lineitem price"}
_NAME = 64
"""Characters that a name may have where it is the number of an order."""
_ITEM = ("lineitem name", "lineitem quantity", "lineitem price")


def recognises(source: Source) -> bool:
    """Whether the file is such an export."""
    return source.table is not None and source.table.columns >= _COLUMNS


def read(source: Source, whole: bool) -> Iterator[OutsideOrder]:
    """The orders of the file, which never says which shop they are of: `whole` is given where one is chosen.

    The last rows may belong to the first order, and how times are written no single one tells: so the file
    is read twice.
    """
    if (table := source.table) is None:
        return
    report, (first, second) = source.report, halves(source.advance)
    offsets, written = Offsets(), DayMonth()

    def names() -> Iterator[str]:
        for one in table.rows(FileReport(table.path.name), first):
            created = one[1]["created at"]
            offsets.add(created)
            written.add(created)
            yield name_of(one)

    with Places(names()) as places:
        zone, times = _clock(offsets, written, source)
        if not whole:
            report.notes.append(Finding("shop_not_told"))
        for several in gathered(table.rows(report, second), name_of, places, source.advance):
            yield from sorted(_usable(orders_of(several), zone, times, report), key=_latest)


def _usable(
    found: list[OrderRows], zone: str, times: Callable[[str], int], report: FileReport
) -> Iterator[OutsideOrder]:
    for one in found:
        report.read += 1
        try:
            yield _order(one, zone, times, report)
        except Unusable as error:
            report.skip(replace(error.finding, row=one.row))


def _clock(offsets: Offsets, written: DayMonth, source: Source) -> tuple[str, Callable[[str], int]]:
    """The clock the shop is on, and how times are read; nearly all of them say their offset themselves."""
    zone = offsets.zone(ZONES)
    if offsets.bare:
        zone = source.clock(zone)
    return zone, written.local_times(ZoneInfo(zone), source.choices.month_first).ms


def _order(one: OrderRows, zone: str, times: Callable[[str], int], report: FileReport) -> OutsideOrder:
    if one.own is None:
        raise Unusable("order_row_missing", "name", one.name)
    record = Record(one.own[1])
    number, currency = _number(record), record.currency()
    created_at, when = record.needed_time("created at", times), _times(record, times)
    label = record.text("payment method") or ""
    method = method_of(label)
    status = _status(record, when, method)
    lines, prices, total = priced(record, currency, tuple(_lines(one, record, currency, status, report)))
    buyer = record.text("email") or record.text("phone")
    for code, odd in (("no_items", not lines), ("buyer_unknown", not buyer)):
        if odd:
            record.flag(code)
    if record.amount("refunded amount", currency):
        record.flag("refunded", "refunded amount", record.text("refunded amount"))
    return OutsideOrder(
        number=number,
        row=one.row,
        buyer=digest(ORIGIN, buyer) if buyer else UNKNOWN,
        shop=None,
        zone=zone,
        status=status,
        created_at=created_at,
        currency=currency,
        method=method,
        times=when,
        total_minor=total,
        lines=lines,
        prices=prices,
        payments=_payments(record, currency, total, status, method, when.paid_at or created_at),
        said=_said(record),
        flags=tuple(record.flags),
        personal=_personal(record),
    )


def _number(record: Record) -> str:
    """Its id; in a file without ids its name, which a shop is free to make of any characters."""
    number, name = record.id("id"), record.text("name")
    if number is None and (name is None or name[0].isdigit()):
        return record.needed_id("name")
    if number is None and name and len(name) > _NAME:
        raise Unusable("id_not_usable", "name", name)
    return number or name or ""


def _times(record: Record, times: Callable[[str], int]) -> Times:
    return Times(
        paid_at=record.time("paid at", times),
        shipped_at=record.time("fulfilled at", times),
        cancelled_at=record.time("cancelled at", times),
    )


def _latest(order: OutsideOrder) -> int:
    """When something last happened to it: of one that stands twice, that tells the later state."""
    times = order.times
    return max(at or 0 for at in (order.created_at, times.paid_at, times.shipped_at, times.cancelled_at))


def _status(record: Record, when: Times, method: Method) -> Status:
    """Where it stands. That it is cancelled only the time of the cancel tells, whatever the statuses are."""
    told = {name: word_of(record.text(name)) for name in ("financial status", "fulfillment status")}
    money, goods = told["financial status"], told["fulfillment status"]
    for name, words in (("financial status", FINANCIAL), ("fulfillment status", FULFILLMENT)):
        if told[name] not in words:
            record.flag("unknown_status", name, record.text(name) or "")
    if record.raw("cancelled at") is not None:
        return Status.CANCELLED
    if method is Method.COD and money == "pending":
        money = "paid"
    unknown = money not in FINANCIAL or goods not in FULFILLMENT
    return FULFILLMENT.get(goods) or (when.status if unknown else FINANCIAL[money])


def _lines(
    one: OrderRows, order: Record, currency: str, status: Status, report: FileReport
) -> Iterator[OutsideLine]:
    for number, row in one.rows:
        if not any(name in row for name in _ITEM):
            continue
        item = Record(row, order.flags)
        try:
            yield _line(item, currency, status)
        except Unusable as error:
            order.flags.append(replace(error.finding, code="line_left_out"))
            report.skip(replace(error.finding, row=number))


def _line(item: Record, currency: str, order: Status) -> OutsideLine:
    """One line. The file has neither product nor variant as such: the name is `product - variant`."""
    told = item.text("lineitem name") or item.text("lineitem sku")
    if told is None:
        raise Unusable("id_missing", "lineitem name")
    title, _, variant = told.rpartition(" - ")
    title, variant = (title, variant) if title else (told, "")
    pieces, unit = item.pieces("lineitem quantity"), item.needed_amount("lineitem price", currency)
    word = item.text("lineitem fulfillment status")
    if word_of(word) not in LINES:
        item.flag("unknown_status", "lineitem fulfillment status", word)
    status = LINES.get(word_of(word))
    return OutsideLine(
        product=title,
        variant=item.text("lineitem sku") or told,
        title=title,
        variant_name=variant,
        quantity=pieces,
        unit_minor=unit,
        discount_minor=min(item.amount("lineitem discount", currency) or 0, unit * pieces),
        total_minor=unit * pieces,
        status=None if order is Status.CANCELLED or status is LINE_STATUS[order] else status,
    )


def _payments(
    record: Record, currency: str, total: int, status: Status, method: Method, at: int
) -> tuple[OutsidePayment, ...]:
    word, label = word_of(record.text("financial status")), record.text("payment method")
    amount, state = total, "CAPTURED" if word in PAID else ""
    if word == "partially_paid":
        amount, state = total - (record.amount("outstanding balance", currency) or total), "CAPTURED"
    elif word == "authorized":
        state = "ATTEMPTED"
    elif method is Method.COD and word == "pending" and status is not Status.CANCELLED:
        state = "COD_DUE"
    return (OutsidePayment(method, state, amount, at, label),) if state and amount > 0 else ()


_SAID: Mapping[str, str] = {
    "name": "name",
    "financial_status": "financial status",
    "fulfillment_status": "fulfillment status",
    "payment_method": "payment method",
    "refunded_amount": "refunded amount",
    "discount_code": "discount code",
}


def _said(record: Record) -> tuple[tuple[str, str], ...]:
    return tuple((name, record.text(column) or "") for name, column in _SAID.items())


def _personal(record: Record) -> Personal:
    """Where it goes and who ordered; of what is only picked up or downloaded, where the bill goes."""
    to = "shipping" if record.raw("shipping country") else "billing"
    name = record.text(f"{to} name")
    address = OutsideAddress(
        recipient=name,
        phone=record.text(f"{to} phone") or record.text("phone"),
        lines=record.text(f"{to} street") or record.text(f"{to} address1"),
        city=record.text(f"{to} city"),
        region=record.text(f"{to} province name") or record.text(f"{to} province"),
        postal_code=(record.text(f"{to} zip") or "").removeprefix("'") or None,
        country=record.text(f"{to} country"),
    )
    return Personal(record.text("billing name") or name, address, record.text("notes"))


FORMAT = Format("shopify", ORIGIN, ORIGIN, recognises, read)
