"""The order itself: its tab, number, reason, deadlines, and what another platform calls it."""
# ruff: noqa: S608  (what is put into these queries are words of the rules)

from app.shop.check.rule import OWN, REASONS_GIVEN, Rule, one_of
from app.shop.rules.clocks import Step
from app.shop.rules.orders import TABS

_TABS = one_of(f"{status}/{tab}" for status, tab in TABS.items())
_REASONS = one_of("/".join(given) for given in REASONS_GIVEN)

ORDERS = (
    Rule(
        "order_in_tab_of_its_status",
        "{0} stands in tab {1}",
        f"""SELECT number, status, tab FROM orders
            WHERE status || '/' || tab NOT IN {_TABS}""",
    ),
    Rule(
        "number_begins_with_its_time",
        "created at {0}",
        "SELECT number, created_at FROM orders WHERE number / 100000 <> created_at",
    ),
    Rule(
        "cancelled_order_says_why",
        "{0}, cancelled by {1} at {2} for {3}",
        f"""SELECT number, status, cancelled_by, cancelled_at, cancel_reason FROM orders o WHERE {OWN} AND
            CASE WHEN status = 'CANCELLED'
            THEN cancelled_at IS NULL OR cancelled_by IS NULL OR cancel_reason IS NULL
            ELSE cancelled_at IS NOT NULL OR cancelled_by IS NOT NULL OR cancel_reason IS NOT NULL END""",
    ),
    Rule(
        "reason_fits_role_and_status",
        "{0} cancelled an order in {1} for {2}; the order says {3} for {4}",
        f"""SELECT o.number, e.role, e.status_from, e.reason, o.cancelled_by, o.cancel_reason
            FROM orders o CROSS JOIN events e  -- SQLite keeps to this order, and would take another one
            WHERE e.order_number = o.number AND {OWN} AND o.status = 'CANCELLED' AND e.status_to = 'CANCELLED'
            AND e.status_from <> 'CANCELLED' AND (e.role <> o.cancelled_by OR e.reason <> o.cancel_reason
            OR e.role || '/' || e.status_from || '/' || coalesce(e.reason, '') NOT IN {_REASONS})""",
    ),
    Rule(
        "deadline_fits_status",
        "{0} with {1} due at {2}",
        f"""SELECT number, status, due_step, due_at FROM orders o
            WHERE (due_at IS NULL) <> (due_step IS NULL) OR CASE
            WHEN NOT {OWN} THEN due_at IS NOT NULL
            WHEN status = 'UNPAID' THEN pay_by IS NULL OR due_at IS NULL OR due_at <> CASE due_step
                WHEN '{Step.REMIND_HALF}' THEN created_at + (pay_by - created_at) / 2
                WHEN '{Step.REMIND_LAST}' THEN pay_by - (pay_by - created_at) / 10
                WHEN '{Step.EXPIRE}' THEN CASE WHEN due_at > pay_by THEN due_at ELSE 0 END
                ELSE 0 END
            WHEN status = 'ON_HOLD' THEN coalesce(due_step, '') <> '{Step.RELEASE}'
                OR due_at <> coalesce(remorse_until, 0)
            WHEN status IN ('AWAITING_SHIPMENT', 'AWAITING_COLLECTION') THEN
                coalesce(due_step, '') <> '{Step.SHIP_TIMEOUT}' OR due_at <> coalesce(cancel_sla, 0) + 1
            WHEN status = 'DELIVERED' THEN coalesce(due_step, '') <> '{Step.COMPLETE}'
                OR due_at <> coalesce(complete_at, 0)
            ELSE due_at IS NOT NULL END""",
    ),
    Rule(
        "outside_number_is_known",
        "{1} of {0} is not among the outside numbers",
        """SELECT number, source, outside_number FROM orders o
            WHERE outside_number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outside_numbers k
            WHERE k.source = o.source AND k.shop_id = o.shop_id AND k.outside_number = o.outside_number
            AND k.order_number = o.number)""",
    ),
    Rule(
        "outside_number_is_the_orders",
        "{1} of {0} is told of an order that is not so called",
        """SELECT k.order_number, k.source, k.outside_number FROM outside_numbers k
            LEFT JOIN orders o ON o.number = k.order_number WHERE o.number IS NULL OR o.source <> k.source
            OR o.shop_id <> k.shop_id OR o.outside_number IS NULL OR o.outside_number <> k.outside_number""",
    ),
    Rule(
        "order_bought_again_is_there",
        "event {0} says so, and no order says that it replaces this one",
        f"""SELECT e.order_number, e.n FROM events e JOIN orders o ON o.number = e.order_number
            WHERE {OWN} AND e.action = 'cancel_and_rebuy' AND NOT EXISTS
            (SELECT 1 FROM events p WHERE p.at = e.at AND p.n = 0 AND p.actor_id = e.actor_id
            AND p.facts LIKE '%"replaces":"' || e.order_number || '"%')""",
    ),
)
