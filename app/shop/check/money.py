"""Money in and out."""
# ruff: noqa: S608  (what is put into these queries are words of the rules)

from app.shop.check.rule import EACH_ORDER, EACH_PAYMENT, OWN, Rule, Sign, of_each, one_of
from app.shop.rules.orders import Status

_PAID = one_of(status for status in Status if status not in (Status.UNPAID, Status.CANCELLED))

_SHEET = "(SELECT sum(amount_minor) FROM price_entries p WHERE p.order_number = o.number)"
_PARTS = """((SELECT coalesce(sum(l.total_minor), 0) FROM lines l
    WHERE l.order_number = o.number AND coalesce(l.status, '') <> 'CANCELLED')
    + (SELECT coalesce(sum(p.amount_minor), 0) FROM price_entries p
    WHERE p.order_number = o.number AND p.kind IN ('SHIPPING', 'FREE_SHIPPING')))"""

MONEY = (
    Rule(
        "nothing_is_negative",
        "{0} has {1}",
        " UNION ALL ".join(
            f"SELECT {number}, '{table}', {column} FROM {table} WHERE {column} < {least}"
            for number, table, column, least in (
                ("number", "orders", "total_minor", 0),
                ("order_number", "payments", "amount_minor", 0),
                ("order_number", "refunds", "amount_minor", 1),
                ("order_number", "holds", "amount", 1),
                ("order_number", "charges", "amount_minor", 0),
                ("order_number", "payouts", "amount_minor", 1),
                ("product_id", "variants", "price_minor", 0),
            )
        ),
    ),
    Rule(
        "price_sheet_sums_to_total",
        "the total is {0}, the sheet says {1}",
        f"""SELECT number, total_minor, sheet FROM (SELECT number, total_minor, source,
            {_SHEET} AS sheet FROM orders o) AS o
            WHERE sheet <> total_minor OR (sheet IS NULL AND {OWN})""",
        (Sign(EACH_ORDER, f"coalesce({_SHEET} <> o.total_minor, {OWN})"),),
    ),
    Rule(
        "lines_sum_to_total",
        "the total is {0}, lines and shipping are {1}",
        f"""SELECT number, total_minor, parts FROM (SELECT number, total_minor, {_PARTS} AS parts
            FROM orders o WHERE {OWN}) AS found WHERE parts <> total_minor""",
        (Sign(EACH_ORDER, f"{OWN} AND {_PARTS} <> o.total_minor"),),
    ),
    of_each(
        EACH_ORDER,
        "paid_order_has_money",
        "{0} without a payment",
        "o.number, o.status",
        f"""{OWN} AND status IN {_PAID} AND NOT EXISTS (SELECT 1
            FROM payments p WHERE p.order_number = o.number AND p.state IN ('CAPTURED', 'COD_DUE'))""",
    ),
    of_each(
        EACH_PAYMENT,
        "unpaid_order_has_no_money",
        "payment {0} is captured",
        "o.number, p.n",
        f"{OWN} AND o.status = 'UNPAID' AND p.state = 'CAPTURED'",
    ),
    of_each(
        EACH_PAYMENT,
        "cash_due_is_the_total",
        "{0} is due, the total is {1}",
        "o.number, p.amount_minor, o.total_minor",
        f"""{OWN} AND p.state = 'COD_DUE' AND o.status <> 'CANCELLED'
            AND p.amount_minor <> o.total_minor""",
    ),
    Rule(
        "money_out_within_money_in",
        "payment {0}: {1} goes back of {2}",
        """SELECT r.order_number, r.payment_n, sum(r.amount_minor),
            coalesce(max(CASE WHEN p.state IN ('CAPTURED', 'LATE') THEN p.amount_minor END), 0) AS money_in
            FROM refunds r LEFT JOIN payments p ON p.order_number = r.order_number AND p.n = r.payment_n
            GROUP BY r.order_number, r.payment_n HAVING sum(r.amount_minor)
            > coalesce(max(CASE WHEN p.state IN ('CAPTURED', 'LATE') THEN p.amount_minor END), 0)""",
    ),
    Rule(
        "cancelled_order_pays_back",
        "{0} came in, {1} goes back",
        f"""SELECT number, money_in, money_out FROM (SELECT number,
            (SELECT coalesce(sum(amount_minor), 0) FROM payments p
            WHERE p.order_number = o.number AND p.state IN ('CAPTURED', 'LATE')) AS money_in,
            (SELECT coalesce(sum(amount_minor), 0) FROM refunds r
            WHERE r.order_number = o.number) AS money_out
            FROM orders o WHERE {OWN} AND status = 'CANCELLED') AS found WHERE money_in > money_out""",
    ),
)
