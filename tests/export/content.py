"""What a store says of its orders, whatever its ids are: two stores with the same content are the same."""

import json
from typing import Any

from sqlalchemy import text

from app.shop.shop import Shop
from app.shop.sql import Statement

_QUERIES = {
    "orders": """SELECT o.number AS order_number, CASE WHEN o.source LIKE 'takeback%' THEN ''
        ELSE o.source || ' ' || o.outside_number END AS outside, p.handle AS buyer, p.time_zone,
        p.name AS buyer_name, s.handle AS shop, s.name AS shop_name, s.time_zone, c.handle AS creator,
        c.name AS creator_name, o.status, o.tab, o.version, o.currency, o.total_minor, o.line_count,
        o.payment_method, o.created_at, o.pay_by, o.extended_at, o.paid_at, o.remorse_until, o.ship_by,
        o.collect_by, o.cancel_sla, o.tracking, o.shipped_at, o.delivered_at, o.complete_at, o.cancelled_at,
        o.cancelled_by, o.cancel_reason, o.cancel_text, o.outside_updated_at, o.flags, o.unplaced,
        a.recipient, a.phone, a.lines, a.city, a.region, a.postal_code, a.country
        FROM orders o JOIN people p ON p.id = o.buyer_id JOIN shops s ON s.id = o.shop_id
        LEFT JOIN creators c ON c.id = o.creator_id LEFT JOIN addresses a ON a.id = o.address_id
        ORDER BY o.number""",
    "lines": """SELECT l.order_number, l.n, l.title, l.variant, l.picture, l.quantity, l.unit_minor,
        l.discount_minor, l.total_minor, l.status, l.cancelled_at, l.cancelled_by, l.cancel_reason,
        l.cancel_text, l.outside_id FROM lines l ORDER BY 1, 2""",
    "prices": """SELECT e.order_number, e.n, e.kind, e.amount_minor, v.code, v.kind, v.value, v.currency,
        v.least_minor, v.most_minor, v.starts_at, v.ends_at, v.shop_id IS NULL
        FROM price_entries e LEFT JOIN vouchers v ON v.id = e.subject ORDER BY 1, 2""",
    "payments": """SELECT order_number, n, method, state, amount_minor, at, label, until, trouble, cause
        FROM payments ORDER BY 1, 2""",
    "refunds": """SELECT order_number, n, payment_n, cause, state, amount_minor, by, at, attempts, sent_at,
        done_at, trouble FROM refunds ORDER BY 1, 2""",
    "events": """SELECT e.order_number, e.n, e.at, e.role, e.action, e.status_from, e.status_to, e.reason,
        e.note, e.due_at, e.facts, coalesce(p.handle, CAST(e.actor_id AS VARCHAR(20))) AS actor
        FROM events e LEFT JOIN people p ON p.id = e.actor_id ORDER BY 1, 2""",
}
_STATEMENTS = {name: Statement(text(query)) for name, query in _QUERIES.items()}


def content(shop: Shop) -> dict[str, list[Any]]:
    """The rows of every part of every order, in the order of its numbers."""
    with shop.snapshot() as work:
        told = {name: [list(row) for row in work.rows(query)] for name, query in _STATEMENTS.items()}
    for event in told["events"]:
        event[10] = _facts(event[10])
    return told


def _facts(stored: str | None) -> dict[str, Any]:
    """Facts without the ids of what only the store itself holds."""
    facts: dict[str, Any] = json.loads(stored or "{}")
    if "released" in facts:
        facts["released"] = [(one["kind"], one["amount"]) for one in facts["released"]]
    return facts
