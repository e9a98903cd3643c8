"""Lines and price sheets."""
# ruff: noqa: S608  (what is put into these queries are words of the rules)

from app.shop.check.rule import EACH_LINE, EACH_ORDER, OWN, REASONS_GIVEN, Rule, Sign, of_each, one_of
from app.shop.rules.orders import LineStatus, Status

_REASONS = one_of(sorted({f"{role}/{code}" for role, _, code in REASONS_GIVEN}))
_WORDS = one_of(
    (
        *(f"{status}/{LineStatus.CANCELLED}" for status in Status),
        f"{Status.PARTIALLY_SHIPPED}/{LineStatus.SHIPPED}",
    )
)

LINES = (
    Rule(
        "lines_are_counted",
        "{0} said, {1} there",
        """SELECT * FROM (SELECT number, line_count,
            (SELECT count(*) FROM lines l WHERE l.order_number = o.number) AS there FROM orders o) AS found
            WHERE line_count <> there""",
        (Sign(EACH_ORDER, "o.line_count <> (SELECT count(*) FROM lines l WHERE l.order_number = o.number)"),),
    ),
    of_each(
        EACH_LINE,
        "line_amounts",
        "line {0}: {1} × {2} - {3} = {4}",
        "l.order_number, l.n, l.quantity, l.unit_minor, l.discount_minor, l.total_minor",
        f"""l.quantity <= 0 OR l.unit_minor < 0 OR l.total_minor < 0
            OR ({OWN} AND l.total_minor <> l.quantity * l.unit_minor - l.discount_minor)""",
    ),
    of_each(
        EACH_LINE,
        "line_fits_order",
        "line {0} is {2}, the order {1}",
        "o.number, l.n, o.status, l.status",
        f"{OWN} AND l.status IS NOT NULL AND o.status || '/' || l.status NOT IN {_WORDS}",
    ),
    of_each(
        EACH_ORDER,
        "order_without_lines_is_cancelled",
        "{0}, and every line is cancelled",
        "o.number, o.status",
        f"""{OWN} AND status <> 'CANCELLED'
            AND NOT EXISTS (SELECT 1 FROM lines l
            WHERE l.order_number = o.number AND coalesce(l.status, '') <> 'CANCELLED')""",
    ),
    of_each(
        EACH_LINE,
        "cancelled_line_says_why",
        "line {0} was cancelled by {1} for {2}",
        "o.number, l.n, l.cancelled_by, l.cancel_reason",
        f"""{OWN} AND l.status = 'CANCELLED'
            AND coalesce(l.cancelled_by || '/' || l.cancel_reason, '') NOT IN {_REASONS}""",
    ),
)
