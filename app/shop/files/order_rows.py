"""The rows of an imported order, table by table."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from app.shop.files.outside import Fact, OutsideLine, OutsideOrder
from app.shop.files.plan import Known
from app.shop.rules.orders import TABS, Role
from app.shop.shop import SYSTEM
from app.shop.sql import as_json

Row = dict[str, Any]


def order_row(order: OutsideOrder, source: str, number: int, version: int, **ids: int | None) -> Row:
    """The order itself; `ids` are buyer_id, shop_id, address_id and creator_id.

    It has no `due_at` and no `pay_by` of ours: what the file says is due is shown, never fired.
    """
    times, cancel = order.times, order.cancel
    return {
        "number": number,
        **ids,
        "status": order.status,
        "tab": TABS[order.status],
        "version": version,
        "currency": order.currency,
        "total_minor": order.total_minor,
        "line_count": len(order.lines),
        "payment_method": order.method,
        "created_at": order.created_at,
        "paid_at": times.paid_at,
        "ship_by": times.ship_by,
        "collect_by": times.collect_by,
        "cancel_sla": times.cancel_sla,
        "tracking": order.tracking,
        "shipped_at": times.shipped_at,
        "delivered_at": times.delivered_at,
        "cancelled_at": times.cancelled_at,
        "cancelled_by": cancel.by,
        "cancel_reason": cancel.reason,
        "cancel_text": cancel.text,
        "source": source,
        "outside_number": order.number,
        "outside_updated_at": times.updated_at,
        "unplaced": order.unplaced or None,
        "flags": "\n".join(dict.fromkeys(flag.flag for flag in order.flags)) or None,
    }


def line_row(line: OutsideLine, number: int, n: int, product: int, variant: int) -> Row:
    """A line; pictures of other hosts are not taken over, for the app asks no other host for anything."""
    return {
        "order_number": number,
        "n": n,
        "product_id": product,
        "variant_id": variant,
        "title": line.title,
        "variant": line.variant_name,
        "quantity": line.quantity,
        "unit_minor": line.unit_minor,
        "discount_minor": line.discount_minor,
        "total_minor": line.total_minor,
        "status": line.status,
        "cancelled_by": line.cancel.by,
        "cancel_reason": line.cancel.reason,
        "cancel_text": line.cancel.text,
        "outside_id": line.outside_id,
    }


def price_rows(order: OutsideOrder, number: int) -> Iterator[Row]:
    """The price sheet."""
    for n, (kind, amount) in enumerate(order.prices, 1):
        yield {"order_number": number, "n": n, "kind": kind, "amount_minor": amount}


def payment_rows(order: OutsideOrder, number: int) -> Iterator[Row]:
    """Money in."""
    for n, paid in enumerate(order.payments, 1):
        yield {
            "order_number": number,
            "n": n,
            "method": paid.method,
            "state": paid.state,
            "amount_minor": paid.amount_minor,
            "at": paid.at,
            "label": paid.label,
        }


def event_rows(order: OutsideOrder, number: int, known: Known | None, now: int) -> list[Row]:
    """That it came in or was brought up to date, then each fact of the file that is new here."""
    first = {
        "at": now,
        "role": Role.SYSTEM,
        "action": Fact.UPDATED if known else Fact.IMPORTED,
        "status_from": known.status if known else None,
        "note": order.personal.message,
        "facts": as_json(dict(order.said)),
    }
    new = [fact for fact in _facts(order) if not known or fact["action"] not in known.facts]
    # The facts are history and move nothing: each leaves the order in the state it came in.
    common = {"order_number": number, "actor_id": SYSTEM.id, "status_from": order.status}
    common |= {"status_to": order.status}
    start = known.version + 1 if known else 0
    return [common | {"n": n} | event for n, event in enumerate([first, *new], start)]


def _facts(order: OutsideOrder) -> list[Row]:
    """What the file says happened, in the order it did."""
    times, cancel = order.times, order.cancel
    told: tuple[tuple[Fact, int | None, Row], ...] = (
        (Fact.PAID, times.paid_at, {"role": Role.GATEWAY}),
        (Fact.SHIPPED, times.shipped_at, {"role": Role.CARRIER}),
        (Fact.DELIVERED, times.delivered_at, {"role": Role.CARRIER}),
        (
            Fact.CANCELLED,
            times.cancelled_at,
            {"role": cancel.by or Role.SYSTEM, "reason": cancel.reason, "note": cancel.text},
        ),
    )
    facts = [{"action": action, "at": at} | more for action, at, more in told if at is not None]
    return sorted(facts, key=itemgetter("at"))
