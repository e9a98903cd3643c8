"""Refunds: each has its cause and the times of its state, and nothing is paid back that did not come in."""
# ruff: noqa: S608  (what is put into these queries are words of the rules)

from app.shop.check.rule import OWN, Rule

# Events of older versions do not tell what their lines cost: then a line gave back more, by the rule of then.
REFUNDS = (
    Rule(
        "one_refund_per_cause",
        "payment {0}: event {1} brought {2} refunds",
        """SELECT order_number, payment_n, cause, count(*) FROM refunds
            GROUP BY order_number, payment_n, cause HAVING count(*) > 1""",
    ),
    Rule(
        "refund_has_its_cause",
        "refund {0} is for event {1}",
        """SELECT order_number, n, cause FROM refunds r WHERE NOT EXISTS
            (SELECT 1 FROM events e WHERE e.order_number = r.order_number AND e.n = r.cause)""",
    ),
    Rule(
        "refund_has_the_times_of_its_state",
        "refund {0} is {1}: due {2}, sent {3}, there {4}, attempts {5}",
        f"""SELECT order_number, n, state, r.due_at, sent_at, done_at, attempts FROM refunds r
            JOIN orders o ON o.number = r.order_number
            WHERE {OWN} AND ((state IN ('DONE', 'GIVEN_UP')) <> (r.due_at IS NULL)
            OR (state = 'DONE') <> (done_at IS NOT NULL)
            OR (state = 'REQUESTED') <> (attempts = 0) OR (attempts = 0) <> (sent_at IS NULL)
            OR (attempts = 0) <> (reference IS NULL))""",
    ),
    Rule(
        "paid_out_within_money_in",
        "payment {0}: the provider paid {1} back of {2}",
        """SELECT x.order_number, x.payment_n, sum(x.amount_minor), coalesce(max(p.amount_minor), 0)
            FROM payouts x LEFT JOIN payments p ON p.order_number = x.order_number AND p.n = x.payment_n
            WHERE x.outcome = 'accepted' GROUP BY x.order_number, x.payment_n
            HAVING sum(x.amount_minor) > coalesce(max(p.amount_minor), 0)""",
    ),
    Rule(
        "complete_request_is_paid_back",
        "request {0} is {1}, {2} refunds of the cancel are not there",
        f"""SELECT * FROM (SELECT q.order_number, q.id, q.status, (SELECT count(*) FROM refunds r
            WHERE r.order_number = q.order_number AND r.state <> 'DONE' AND r.cause =
            (SELECT min(e.n) FROM events e WHERE e.order_number = q.order_number
            AND e.status_to = 'CANCELLED')) AS waiting
            FROM requests q JOIN orders o ON o.number = q.order_number
            WHERE {OWN} AND q.kind = 'cancel' AND q.status IN ('APPROVED', 'COMPLETE')) AS found
            WHERE (status = 'COMPLETE') <> (waiting = 0)""",
    ),
    Rule(
        "line_gives_back_what_was_paid_for_it",
        "event {0} gives {1} back for lines that cost {2}",
        """SELECT * FROM (SELECT e.order_number, e.n, (SELECT coalesce(sum(r.amount_minor), 0) FROM refunds r
            WHERE r.order_number = e.order_number AND r.cause = e.n) AS back,
            (SELECT coalesce(sum(l.total_minor), 0) FROM lines l WHERE l.order_number = e.order_number
            AND l.status = 'CANCELLED' AND l.cancelled_at = e.at) AS paid
            FROM events e WHERE e.action = 'cancel_lines' AND e.status_to <> 'CANCELLED'
            AND e.facts LIKE '%"lines_minor":%') AS found
            WHERE back > paid""",
    ),
)
