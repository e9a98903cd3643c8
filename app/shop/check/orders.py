"""The order itself: its tab, number, reason, deadlines, and what another platform calls it."""
# ruff: noqa: S608  (what is put into these queries are words of the rules)

from app.shop.check.rule import EACH_EVENT, EACH_ORDER, OWN, REASONS_GIVEN, Rule, of_each, one_of
from app.shop.rules.clocks import Step
from app.shop.rules.orders import TABS

_TABS = one_of(f"{status}/{tab}" for status, tab in TABS.items())
_REASONS = one_of("/".join(given) for given in REASONS_GIVEN)

ORDERS = (
    of_each(
        EACH_ORDER,
        "order_in_tab_of_its_status",
        "{0} stands in tab {1}",
        "o.number, o.status, o.tab",
        f"o.status || '/' || o.tab NOT IN {_TABS}",
    ),
    of_each(
        EACH_ORDER,
        "number_begins_with_its_time",
        "created at {0}",
        "o.number, o.created_at",
        "o.number / 100000 <> o.created_at",
    ),
    of_each(
        EACH_ORDER,
        "cancelled_order_says_why",
        "{0}, cancelled by {1} at {2} for {3}",
        "o.number, o.status, o.cancelled_by, o.cancelled_at, o.cancel_reason",
        f"""{OWN} AND CASE WHEN status = 'CANCELLED'
            THEN cancelled_at IS NULL OR cancelled_by IS NULL OR cancel_reason IS NULL
            ELSE cancelled_at IS NOT NULL OR cancelled_by IS NOT NULL OR cancel_reason IS NOT NULL END""",
    ),
    of_each(
        EACH_EVENT,
        "reason_fits_role_and_status",
        "{0} cancelled an order in {1} for {2}; the order says {3} for {4}",
        "o.number, e.role, e.status_from, e.reason, o.cancelled_by, o.cancel_reason",
        f"""{OWN} AND o.status = 'CANCELLED' AND e.status_to = 'CANCELLED'
            AND e.status_from <> 'CANCELLED' AND (e.role <> o.cancelled_by OR e.reason <> o.cancel_reason
            OR e.role || '/' || e.status_from || '/' || coalesce(e.reason, '') NOT IN {_REASONS})""",
    ),
    of_each(
        EACH_ORDER,
        "deadline_fits_status",
        "{0} with {1} due at {2}",
        "o.number, o.status, o.due_step, o.due_at",
        f"""(due_at IS NULL) <> (due_step IS NULL) OR CASE
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
    of_each(
        EACH_ORDER,
        "outside_number_is_known",
        "{1} of {0} is not among the outside numbers",
        "o.number, o.source, o.outside_number",
        """outside_number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outside_numbers k
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
    of_each(
        EACH_EVENT,
        "order_bought_again_is_there",
        "event {0} says so, and no order says that it replaces this one",
        "e.order_number, e.n",
        f"""{OWN} AND e.action = 'cancel_and_rebuy' AND NOT EXISTS
            (SELECT 1 FROM events p WHERE p.at = e.at AND p.n = 0 AND p.actor_id = e.actor_id
            AND p.facts LIKE '%"replaces":"' || e.order_number || '"%')""",
    ),
)
