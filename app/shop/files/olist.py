"""The Olist folder: one order per shop that an order was bought from, its payments split between them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace

from app.shop.files.findings import Finding, Unusable
from app.shop.files.olist_tables import (
    CURRENCY,
    ZONE,
    Item,
    Joined,
    Paid,
    joined,
    kind_of,
    reported,
    tables_of,
    times_of,
)
from app.shop.files.outside import NOT_TOLD, Format, OutsideOrder, OutsidePayment, Personal, Times
from app.shop.files.record import Record
from app.shop.files.report import FileReport
from app.shop.files.source import Source, files_in
from app.shop.files.table import table_of
from app.shop.rules.clocks import Method
from app.shop.rules.money import split
from app.shop.rules.orders import Status
from app.shop.rules.pricing import Entry, OutsideEntry

STATUSES = {
    "created": Status.UNPAID,
    "approved": Status.AWAITING_SHIPMENT,
    "invoiced": Status.AWAITING_SHIPMENT,
    "processing": Status.AWAITING_SHIPMENT,
    "unavailable": Status.AWAITING_SHIPMENT,
    "shipped": Status.IN_TRANSIT,
    "delivered": Status.COMPLETED,
    "canceled": Status.CANCELLED,
}
_PAID = frozenset({Status.AWAITING_SHIPMENT, Status.IN_TRANSIT, Status.DELIVERED, Status.COMPLETED})


def recognises(source: Source) -> bool:
    """Whether the file, or one of the folder, is a table of Olist."""
    if not source.path.is_dir():
        return source.table is not None and bool(kind_of(source.table))
    return any(kind_of(table) for path in files_in(source.path) if (table := table_of(path)))


def read(source: Source, whole: bool) -> Iterator[OutsideOrder]:
    """The orders of the folder; those of several sellers come as several with one number, unless `whole`."""
    tables = tables_of(source)
    if "orders" not in tables:
        raise Unusable("no_orders_table")
    report, table = source.report, tables["orders"]
    zone = source.clock(ZONE)
    found = joined(source, tables, zone)
    times, advance = times_of(source, table, "order_purchase_timestamp", zone)
    named = set()
    for number, row in table.rows(report, advance):
        report.read += 1
        with reported(report, table, number):
            record = Record(row)
            named.add(record.needed_id("order_id"))
            order = replace(
                _order(found, record, times, number, zone, complete="items" in tables),
                file=table.path.name,
            )
            items = found.items.get(order.number, [])
            yield from _parts(
                order,
                [replace(item, seller="") for item in items] if whole else items,
                found.payments.get(order.number, []),
            )
    _left_over(report, found, named)


def _left_over(report: FileReport, found: Joined, named: set[str]) -> None:
    for order, (row, file) in found.first.items():
        if order not in named:
            report.skip(Finding("no_such_order", "order_id", order, row, file))


def _order(
    found: Joined, record: Record, times: Callable[[str], int], row: int, zone: str, *, complete: bool
) -> OutsideOrder:
    """An order without its lines and money."""
    number, customer = record.needed_id("order_id"), record.needed_id("customer_id")
    when = Times(
        paid_at=record.time("order_approved_at", times),
        shipped_at=record.time("order_delivered_carrier_date", times),
        delivered_at=record.time("order_delivered_customer_date", times),
    )
    status = STATUSES.get(word := record.text("order_status") or "")
    if status is None or word == "unavailable":
        record.flag("unavailable" if status else "unknown_status", "order_status", word)
    if (person := found.customers.get(customer)) is None and found.customers:
        record.flag("buyer_unknown", "customer_id", customer)
    if complete and not found.items.get(number):
        record.flag("no_items")
    payments = found.payments.get(number)
    return OutsideOrder(
        number=number,
        row=row,
        buyer=person.person if person else customer,
        shop=None,
        zone=zone,
        status=status or when.status,
        created_at=record.needed_time("order_purchase_timestamp", times),
        currency=CURRENCY,
        method=payments[0].method if payments else Method.OTHER,
        times=when,
        said=(("status", word), ("estimated_delivery", record.text("order_estimated_delivery_date") or "")),
        flags=(*record.flags, *found.odd.get(number, ())),
        personal=Personal(address=person.address) if person else NOT_TOLD,
    )


def _parts(order: OutsideOrder, items: list[Item], payments: list[Paid]) -> Iterator[OutsideOrder]:
    """The order of each seller. What the file says was paid is split between them without losing a cent."""
    sellers: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        sellers[item.seller].append(item)
    costs = [sum(i.line.total_minor + i.freight_minor for i in mine) for mine in sellers.values()] or [0]
    shares = _shares(payments, costs)
    for n, (seller, mine) in enumerate(sellers.items() or (("", list[Item]()),)):
        paid = [_payment(order, payment, share[n]) for payment, share in zip(payments, shares, strict=True)]
        yield _part(replace(order, shop=seller or None, payments=tuple(paid)), mine, costs[n])


def _part(order: OutsideOrder, items: list[Item], costs_minor: int) -> OutsideOrder:
    """With its lines and price sheet. No total is stated: what was paid is it, else what the lines cost."""
    goods = sum(item.line.total_minor for item in items)
    prices: list[tuple[Entry | OutsideEntry, int]] = []
    if items:
        prices = [(Entry.ITEMS, goods), (Entry.SHIPPING, costs_minor - goods)]
    flags, paid = order.flags, sum(payment.amount_minor for payment in order.payments)
    if paid and paid != costs_minor:
        prices.append((OutsideEntry.DIFFERENCE, paid - costs_minor))
        flags += (Finding("difference", value=str(paid - costs_minor)),) if items else ()
    limits = [item.ship_by for item in items if item.ship_by is not None]
    return replace(
        order,
        total_minor=paid or costs_minor,
        lines=tuple(item.line for item in items),
        prices=tuple(prices),
        times=replace(order.times, ship_by=min(limits, default=None)),
        flags=flags,
    )


def _payment(order: OutsideOrder, paid: Paid, amount_minor: int) -> OutsidePayment:
    captured = order.times.paid_at is not None or order.status in _PAID
    return OutsidePayment(
        paid.method,
        "CAPTURED" if captured else "ATTEMPTED",
        amount_minor,
        order.times.paid_at or order.created_at,
        paid.label,
    )


def _shares(payments: list[Paid], weights: list[int]) -> list[list[int]]:
    """Each payment over the sellers, so that every payment and every seller's sum comes out exactly."""
    left = list(split(sum(payment.amount_minor for payment in payments), weights))
    shares = []
    for payment in payments:
        shares.append(list(split(payment.amount_minor, left)))
        left = [rest - share for rest, share in zip(left, shares[-1], strict=True)]
    return shares


FORMAT = Format("olist", "olist", "olist", recognises, read, folder=True)
