"""Requests: one open at a time, in the queue of its status, with its clock, and fit for its order."""
# ruff: noqa: S608  (what is put into these queries are words of the rules)

from itertools import product

from app.shop.check.rule import OWN, Rule, one_of
from app.shop.rules.changes import ASKED_BECAUSE
from app.shop.rules.orders import Status
from app.shop.rules.reasons import BUYER_PAID
from app.shop.rules.request_clocks import END, RequestStep
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import OPEN, QUEUES, RequestStatus

R = RequestStatus
_ORDERS = {
    R.PENDING_SELLER: {Status.AWAITING_SHIPMENT},
    R.OPTION_LISTED: {Status.AWAITING_SHIPMENT},
    R.ALTERNATIVE_OFFERED: {Status.AWAITING_SHIPMENT},
    R.ESCALATED: {Status.AWAITING_SHIPMENT, Status.AWAITING_COLLECTION},
    R.APPROVED: {Status.CANCELLED},
    R.COMPLETE: {Status.CANCELLED},
}
"""Where an order stands by how its request does; once a request let it go on, it may stand anywhere."""
_FITTING = one_of(
    f"{request}/{order}" for request, order in product(R, Status) if order in _ORDERS.get(request, Status)
)
_OPEN = one_of(sorted(OPEN))
_QUEUES = one_of(f"{status}/{queue}" for status, queue in QUEUES.items())
_ENDS = one_of(f"{status}/{step}" for status, step in END.items())
_BY = f"CASE q.status WHEN '{R.PENDING_SELLER}' THEN q.respond_by ELSE q.confirm_by END"
"""Until when whoever is waited for answers."""
_OF_ORDER = "FROM requests q JOIN orders o ON o.number = q.order_number"

_ONLY_CANCELS = one_of((R.OPTION_LISTED, R.ALTERNATIVE_OFFERED, R.ESCALATED, R.APPROVED, R.COMPLETE))
"""Where a request for a change never stands."""

REQUESTS = (
    Rule(
        "one_open_request",
        "{0} are open",
        f"""SELECT order_number, count(*) FROM requests WHERE status IN {_OPEN}
            GROUP BY order_number HAVING count(*) > 1""",
    ),
    Rule(
        "open_request_agrees",
        "the order says {0}, the request is {1}",
        f"""SELECT o.number, o.open_request, q.id FROM orders o
            LEFT JOIN requests q ON q.order_number = o.number AND q.status IN {_OPEN}
            WHERE coalesce(o.open_request, 0) <> coalesce(q.id, 0)""",
    ),
    Rule(
        "request_is_its_orders",
        "request {0} names shop {1} and buyer {2}, the order {3} and {4}",
        f"""SELECT o.number, q.id, q.shop_id, q.buyer_id, o.shop_id, o.buyer_id {_OF_ORDER}
            WHERE q.shop_id <> o.shop_id OR q.buyer_id <> o.buyer_id""",
    ),
    Rule(
        "request_fits_order",
        "request {0} is {1}, the order {2}",
        f"""SELECT o.number, q.id, q.status, o.status {_OF_ORDER}
            WHERE {OWN} AND q.status || '/' || o.status NOT IN {_FITTING}""",
    ),
    Rule(
        "request_has_the_buyers_reason",
        "request {0} is for {1}",
        f"""SELECT order_number, id, reason FROM requests
            WHERE reason NOT IN {one_of(reason.code for reason in BUYER_PAID)}""",
    ),
    Rule(
        "change_is_what_it_says",
        "request {0} asks for a change, is {1} for {2}, and says {3}",
        f"""SELECT order_number, id, status, reason, change FROM requests
            WHERE kind = '{RequestKind.CHANGE}' AND (status IN {_ONLY_CANCELS} OR change IS NULL
            OR reason NOT IN {one_of(ASKED_BECAUSE.values())})""",
    ),
    Rule(
        "request_in_queue_of_its_status",
        "request {0}, {1}, stands in {2} at {3}",
        f"""SELECT q.order_number, q.id, q.status, q.queue, q.queue_at FROM requests q
            WHERE q.status || '/' || q.queue NOT IN {_QUEUES} OR q.queue_at <> CASE
            WHEN q.status IN {one_of(END)} THEN coalesce({_BY}, q.since) ELSE q.since END""",
    ),
    Rule(
        "request_clock_fits_status",
        "request {0}, {1} until {2}, has {3} due at {4}",
        f"""SELECT number, id, status, until, due_step, due_at FROM (SELECT o.number, q.id, q.status, q.since,
            {_BY} AS until, q.due_step, q.due_at, {OWN} AS own {_OF_ORDER}) AS q
            WHERE (due_at IS NULL) <> (due_step IS NULL) OR CASE
            WHEN NOT own OR status NOT IN {one_of(END)} THEN due_at IS NOT NULL
            WHEN until IS NULL OR due_at IS NULL THEN true
            WHEN due_step = '{RequestStep.BY_RULE}' THEN status <> '{R.PENDING_SELLER}'
            WHEN due_step = '{RequestStep.REMIND_HALF}' THEN due_at <> since + (until - since) / 2
            WHEN due_step = '{RequestStep.REMIND_LAST}' THEN due_at <> until - (until - since) / 10
            ELSE due_at <> until + 1 OR status || '/' || due_step NOT IN {_ENDS} END""",
    ),
    Rule(
        "answer_within_time_to_ship",
        "request {0} waits for its seller until {1}, the order until {2}",
        f"""SELECT o.number, q.id, q.respond_by, o.cancel_sla {_OF_ORDER}
            WHERE {OWN} AND q.status = '{R.PENDING_SELLER}' AND q.respond_by > o.cancel_sla""",
    ),
    Rule(
        "request_says_what_happened",
        "request {0} is {1}: answered at {2}, escalated at {3}, decided at {4}, offered {5}",
        f"""SELECT order_number, id, status, answered_at, escalated_at, decided_at, change FROM requests
            WHERE CASE status WHEN '{R.OPTION_LISTED}' THEN answered_at IS NULL
            WHEN '{R.ALTERNATIVE_OFFERED}' THEN answered_at IS NULL OR change IS NULL
            WHEN '{R.ESCALATED}' THEN escalated_at IS NULL OR decided_at IS NOT NULL
            WHEN '{R.REJECTED}' THEN answered_at IS NULL AND decided_at IS NULL
            WHEN '{R.PENDING_SELLER}' THEN (change IS NOT NULL) <> (kind = '{RequestKind.CHANGE}')
            ELSE false END""",
    ),
)
