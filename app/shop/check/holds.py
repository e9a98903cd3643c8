"""Holds and balances."""
# ruff: noqa: S608  (what is put into these queries are words of the rules)

from app.shop.check.rule import EACH_HOLD, OWN, Rule, of_each, one_of
from app.shop.rules.orders import UNSHIPPED, Status

_WAITING = one_of(sorted(UNSHIPPED))
_MAY_HOLD = one_of(sorted({*UNSHIPPED, Status.PARTIALLY_SHIPPED}))

HOLDS = (
    Rule(
        "balance_parts_sum",
        "{0}: free {1} + held {2} + used {3} + lost {4} of {5}",
        """SELECT subject, kind, free, held, used, lost, taken_in FROM balances
            WHERE free < 0 OR held < 0 OR used < 0 OR lost < 0 OR free + held + used + lost <> taken_in""",
    ),
    Rule(
        "balance_agrees_with_holds",
        "{0}: held {1}, used {2}, lost {3}; the holds say {4}, {5}, {6}",
        """SELECT b.subject, b.kind, b.held, b.used, b.lost, coalesce(h.held, 0), coalesce(h.used, 0),
            coalesce(h.lost, 0) FROM balances b LEFT JOIN (SELECT kind, subject,
            sum(CASE state WHEN 'HELD' THEN amount ELSE 0 END) AS held,
            sum(CASE state WHEN 'USED' THEN amount ELSE 0 END) AS used,
            sum(CASE state WHEN 'LOST' THEN amount ELSE 0 END) AS lost
            FROM holds GROUP BY subject, kind) AS h ON h.kind = b.kind AND h.subject = b.subject
            WHERE b.held <> coalesce(h.held, 0) OR b.used <> coalesce(h.used, 0)
            OR b.lost < coalesce(h.lost, 0)""",
    ),
    of_each(
        EACH_HOLD,
        "ended_hold_has_its_event",
        "hold {0} is {1}, ended by event {2}",
        "h.order_number, h.n, h.state, h.ended_by",
        """(state = 'HELD') <> (ended_by IS NULL) OR (ended_by IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM events e WHERE e.order_number = h.order_number AND e.n = h.ended_by))""",
    ),
    of_each(
        EACH_HOLD,
        "nothing_held_for_what_is_over",
        "hold {0} holds {2} {1}, the order is {3}",
        "o.number, h.n, h.kind, h.amount, o.status",
        f"""h.state = 'HELD'
            AND (o.status NOT IN {_MAY_HOLD} OR (h.kind <> 'STOCK' AND o.paid_at IS NOT NULL))""",
    ),
    of_each(
        EACH_HOLD,
        "imported_order_holds_nothing",
        "hold {0} of {1}",
        "o.number, h.n, o.source",
        f"NOT {OWN}",
    ),
    Rule(
        "voucher_of_the_sheet_is_held",
        "voucher {0}: {1} times in the price sheet, {2} uses are held or used",
        f"""SELECT o.number, v.subject, sum(v.priced), sum(v.held) FROM (
            SELECT order_number, subject, 1 AS priced, 0 AS held FROM price_entries
            WHERE kind IN ('VOUCHER', 'FREE_SHIPPING')
            UNION ALL SELECT order_number, subject, 0, amount FROM holds
            WHERE kind = 'VOUCHER' AND state IN ('HELD', 'USED')) AS v
            JOIN orders o ON o.number = v.order_number WHERE {OWN} AND o.status <> 'CANCELLED'
            GROUP BY o.number, v.subject HAVING sum(v.priced) <> sum(v.held)""",
    ),
    Rule(
        "live_line_is_held",
        "line {0}: {1} pieces of variant {2}",
        f"""SELECT o.number, l.n, l.quantity, l.variant_id FROM orders o
            JOIN lines l ON l.order_number = o.number
            WHERE {OWN} AND o.status IN {_WAITING} AND l.status IS NULL AND l.quantity <> (SELECT
            coalesce(sum(h.amount), 0) FROM holds h WHERE h.order_number = l.order_number AND h.line_n = l.n
            AND h.kind = 'STOCK' AND h.subject = l.variant_id AND h.state = 'HELD')""",
    ),
)
