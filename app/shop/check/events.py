"""Events: what an order's past says about its present."""

from app.shop.check.rule import EACH_EVENT, EACH_ORDER, OWN, Rule, Sign, of_each
from app.shop.shop import CARRIER, GATEWAY, SYSTEM

_LAST_IS_NOT_THE_STATUS = Sign(
    EACH_ORDER,
    """NOT EXISTS (SELECT 1 FROM events e
        WHERE e.order_number = o.number AND e.n = o.version AND e.status_to = o.status)""",
)
"""There is none at all, or another one."""

EVENTS = (
    Rule(
        "events_without_gaps",
        "version {0}, {1} events from {2} to {3}",
        """SELECT o.number, o.version, count(e.n), min(e.n), max(e.n) FROM orders o
            LEFT JOIN events e ON e.order_number = o.number GROUP BY o.number, o.version
            HAVING count(e.n) <> o.version + 1 OR coalesce(min(e.n), 1) <> 0 OR max(e.n) <> o.version""",
        # There is one for the version and, of each after the first, the one before: then there are all.
        (
            _LAST_IS_NOT_THE_STATUS,
            Sign(EACH_EVENT, "e.n NOT BETWEEN 0 AND o.version OR e.n > 0 AND b.n IS NULL"),
        ),
    ),
    of_each(
        EACH_EVENT,
        "events_follow_each_other",
        "event {0} starts from {1}, the one before ends with {2}",
        "e.order_number, e.n, e.status_from, b.status_to",
        "coalesce(e.status_from, '') <> coalesce(b.status_to, '')",
    ),
    Rule(
        "last_event_is_the_status",
        "{0}, the last event ends with {1}",
        """SELECT o.number, o.status, e.status_to FROM orders o
            LEFT JOIN events e ON e.order_number = o.number AND e.n = o.version
            WHERE coalesce(e.status_to, '') <> o.status""",
        (_LAST_IS_NOT_THE_STATUS,),
    ),
    of_each(
        EACH_EVENT,
        "event_is_by_who_it_says",
        "event {0} is by {1} as {2}, the buyer is {3}",
        "e.order_number, e.n, e.actor_id, e.role, o.buyer_id",
        f"""{OWN} AND CASE e.role
            WHEN 'SYSTEM' THEN e.actor_id <> {SYSTEM.id} WHEN 'GATEWAY' THEN e.actor_id <> {GATEWAY.id}
            WHEN 'CARRIER' THEN e.actor_id <> {CARRIER.id} WHEN 'BUYER' THEN e.actor_id <> o.buyer_id
            ELSE NOT EXISTS (SELECT 1 FROM people p WHERE p.id = e.actor_id) END""",  # noqa: S608
    ),
)
