"""Charges: what the bank took, and what we have written of it, are the same."""

from app.shop.check.rule import Rule

CHARGES = (
    Rule(
        "charge_is_asked_about_until_answered",
        "payment {0} is {1}, due {2}",
        """SELECT order_number, n, state, due_at FROM payments
            WHERE (due_at IS NOT NULL) <> (state = 'ATTEMPTED' AND reference IS NOT NULL)""",
    ),
    Rule(
        "open_charge_is_being_asked_about",
        "payment {0} is {1}",
        """SELECT o.number, o.open_charge, p.state FROM orders o
            LEFT JOIN payments p ON p.order_number = o.number AND p.n = o.open_charge
            WHERE o.status = 'UNPAID' AND o.open_charge IS NOT NULL
            AND (coalesce(p.state, '') <> 'ATTEMPTED' OR p.reference IS NULL)""",
    ),
    Rule(
        "what_is_charged_is_the_total",
        "payment {0} is of {1}, the total is {2}",
        """SELECT o.number, p.n, p.amount_minor, o.total_minor FROM orders o
            JOIN payments p ON p.order_number = o.number AND p.n = o.open_charge
            WHERE o.status = 'UNPAID' AND p.amount_minor <> o.total_minor""",
    ),
    Rule(
        "bank_took_what_was_charged",
        "{0}: the bank has {1} of payment {2}, which is {3}",
        """SELECT c.order_number, c.reference, c.amount_minor, c.payment_n, p.amount_minor FROM charges c
            LEFT JOIN payments p ON p.reference = c.reference
            WHERE p.n IS NULL OR p.order_number <> c.order_number OR p.n <> c.payment_n
            OR p.amount_minor <> c.amount_minor""",
    ),
    Rule(
        "payment_is_what_the_bank_says",
        "payment {0} is {1}, the bank says {2}",
        """SELECT p.order_number, p.n, p.state, c.outcome FROM payments p
            LEFT JOIN charges c ON c.reference = p.reference
            WHERE p.reference IS NOT NULL AND p.state <> 'ATTEMPTED' AND coalesce(c.outcome, '')
            <> CASE WHEN p.state = 'LATE' THEN 'CAPTURED' WHEN p.trouble = 'never_told' THEN ''
            ELSE p.state END""",
    ),
)
