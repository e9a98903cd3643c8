"""Events: what an order's past says about its present."""

from app.shop.check.rule import Rule

EVENTS = (
    Rule(
        "events_without_gaps",
        "version {0}, {1} events from {2} to {3}",
        """SELECT * FROM (SELECT number, version,
            (SELECT count(*) FROM events e WHERE e.order_number = o.number) AS events,
            (SELECT min(n) FROM events e WHERE e.order_number = o.number) AS first,
            (SELECT max(n) FROM events e WHERE e.order_number = o.number) AS last
            FROM orders o) AS found
            WHERE events <> version + 1 OR first IS NULL OR first <> 0 OR last <> version""",
    ),
    Rule(
        "events_follow_each_other",
        "event {0} starts from {1}, the one before ends with {2}",
        """SELECT e.order_number, e.n, e.status_from, b.status_to FROM events e
            LEFT JOIN events b ON b.order_number = e.order_number AND b.n = e.n - 1
            WHERE coalesce(e.status_from, '') <> coalesce(b.status_to, '')""",
    ),
    Rule(
        "last_event_is_the_status",
        "{0}, the last event ends with {1}",
        """SELECT o.number, o.status, e.status_to FROM orders o
            LEFT JOIN events e ON e.order_number = o.number AND e.n = o.version
            WHERE coalesce(e.status_to, '') <> o.status""",
    ),
)
