"""Every invariant is verified: what breaks one is found, by its name and number, on both databases."""

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import Boolean, Integer, text
from sqlmodel import SQLModel

from app.shop.check import RULES, CheckReport, check, look_over
from app.shop.check.looking import Looking
from app.shop.check.rule import Rule, Sign
from app.shop.demo import fill
from app.shop.shop import Shop
from app.shop.sql import Statement, Work
from app.shop.store import open_shop
from tests.conftest import Clock
from tests.postgres import Postgres


class Undone(Exception):
    """What was done to the store is taken back."""


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A demo store of every state, each database; the tests take back what they do to it."""
    if request.param == "sqlite":
        with closing(open_shop(f"sqlite:///{tmp_path_factory.mktemp('check') / 'shop.db'}", Clock())) as shop:
            fill(shop, orders=90)
            shop.place.connection().execute("PRAGMA foreign_keys=OFF")
            yield shop
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        with (
            postgres.database("checked", template="prepared") as url,
            closing(open_shop(url, Clock())) as shop,
        ):
            fill(shop, orders=90)
            yield shop


@dataclass(frozen=True, slots=True)
class Breach:
    """SQL that breaks a rule, the tables that must lose their constraints for it, and what breaks too."""

    rule: str
    sql: str
    loose: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def run(work: Work, sql: str) -> int:
    """Rows changed by plain SQL."""
    return work.run(Statement(text(sql)))


def loosen(work: Work, table: str) -> None:
    """Put a copy without any constraint in place of `table`; the other tables keep to the old one."""
    run(work, f"ALTER TABLE {table} RENAME TO {table}_before")
    run(work, f"CREATE TABLE {table} AS SELECT * FROM {table}_before")


def breached(shop: Shop, breach: Breach) -> CheckReport:
    """What is found with the breach in the store, which is taken back."""
    with suppress(Undone), shop.change() as work:
        for table in breach.loose:
            loosen(work, table)
        for statement in breach.sql.split(";"):
            assert run(work, statement) > 0, statement
        report = look_over(work)
        raise Undone
    return report


def one(status: str, more: str = "") -> str:
    """The number of one order in `status`."""
    return f"(SELECT min(o.number) FROM orders o WHERE o.status = '{status}' {more})"


DONE, UNPAID = one("COMPLETED"), one("UNPAID")
TAKEN_BACK = one("CANCELLED", "AND o.cancelled_by = 'BUYER' AND o.paid_at IS NULL")
PAID_BACK = """(SELECT min(r.order_number) FROM refunds r JOIN orders o ON o.number = r.order_number
    WHERE o.status = 'CANCELLED' AND r.state = 'DONE' AND r.payment_n = 1 AND r.amount_minor =
    (SELECT p.amount_minor FROM payments p WHERE p.order_number = o.number AND p.n = 1))"""
ASKED = "(SELECT min(order_number) FROM requests WHERE status = 'PENDING_SELLER' AND kind = 'cancel')"
TALKED = """order_number = (SELECT m.order_number FROM messages m JOIN read_marks r
    ON r.order_number = m.order_number GROUP BY m.order_number, r.person_id
    HAVING max(CASE m.role WHEN 'BUYER' THEN 1 ELSE 0 END) = 1
    ORDER BY count(*) DESC, m.order_number LIMIT 1)"""
APPROVED = "(SELECT min(order_number) FROM requests WHERE status IN ('APPROVED', 'COMPLETE'))"
NOW_OPEN = "(SELECT min(q.order_number) FROM requests q JOIN orders o ON o.number = q.order_number \
    WHERE q.status = 'PENDING_SELLER' AND o.open_request IS NULL)"
CHARGED = f"""INSERT INTO payments
    (order_number, n, method, state, amount_minor, at, reference, token, until, due_at)
    SELECT number, 99, payment_method, 'ATTEMPTED', total_minor, created_at, 'ref', 'approves', 1, 1
    FROM orders WHERE number = {UNPAID};UPDATE orders SET open_charge = 99 WHERE number = {UNPAID}"""
BOOKED = f"""INSERT INTO charges (reference, order_number, payment_n, amount_minor, at, answers_at, outcome)
    SELECT 'ref', number, 99, total_minor, 1, 1, 'CAPTURED' FROM orders WHERE number = {UNPAID}"""
DROPPED = "(SELECT min(order_number) FROM lines WHERE status = 'CANCELLED')"
CASH = "(SELECT min(o.number) FROM orders o JOIN payments p ON p.order_number = o.number \
    WHERE p.state = 'COD_DUE' AND o.status <> 'CANCELLED')"
SHIPPED_FOR = "(SELECT min(p.order_number) FROM price_entries p JOIN orders o ON o.number = p.order_number \
    WHERE p.kind = 'SHIPPING' AND o.status = 'COMPLETED')"

PARTED = "(SELECT max(e.order_number) FROM events e WHERE e.action = 'cancel_lines' AND NOT EXISTS \
    (SELECT 1 FROM refunds r WHERE r.order_number = e.order_number))"
SAVED = "(SELECT min(p.order_number) FROM price_entries p JOIN orders o ON o.number = p.order_number \
    WHERE p.kind = 'VOUCHER' AND o.status = 'COMPLETED')"

MARK = "f" * 32
ERASED = """INSERT INTO handles VALUES ('erased-1');
    UPDATE people SET handle = 'erased-1', name = NULL, bio = NULL, erased_at = 1 WHERE id = 1;
    UPDATE addresses SET label = '—', recipient = NULL, phone = NULL, lines = NULL, city = NULL
    WHERE person_id = 1"""
BREACHES = (
    Breach(
        "line_gives_back_what_was_paid_for_it",
        f"""INSERT INTO refunds
            (order_number, n, payment_n, cause, state, amount_minor, by, at, attempts, due_at)
            SELECT e.order_number, 99, 1, e.n, 'REQUESTED', 900000000, e.at, e.at, 0, e.at
            FROM events e WHERE e.order_number = {PARTED} AND e.action = 'cancel_lines'""",
        loose=("refunds",),
        also=("money_out_within_money_in", "tally_agrees_with_rows"),
    ),
    Breach(
        "order_bought_again_is_there",
        "UPDATE events SET action = 'cancel_and_rebuy'"
        f" WHERE action = 'cancel' AND order_number = {TAKEN_BACK}",
    ),
    Breach(
        "voucher_of_the_sheet_is_held",
        "UPDATE price_entries SET subject = subject + 1000"
        f" WHERE kind = 'VOUCHER' AND order_number = {SAVED}",
    ),
    Breach("order_in_tab_of_its_status", f"UPDATE orders SET tab = 'completed' WHERE number = {UNPAID}"),
    Breach("number_begins_with_its_time", f"UPDATE orders SET created_at = 5 WHERE number = {DONE}"),
    Breach("cancelled_order_says_why", f"UPDATE orders SET cancelled_at = NULL WHERE number = {TAKEN_BACK}"),
    Breach("cancelled_order_says_why", f"UPDATE orders SET cancel_reason = 'BU_OTHER' WHERE number = {DONE}"),
    Breach(
        "reason_fits_role_and_status",
        f"UPDATE orders SET cancel_reason = 'SY_LOST' WHERE number = {TAKEN_BACK};"
        f"UPDATE events SET reason = 'SY_LOST' WHERE reason IS NOT NULL AND order_number = {TAKEN_BACK}",
    ),
    Breach(
        "reason_fits_role_and_status",
        f"UPDATE orders SET cancelled_by = 'SELLER' WHERE number = {TAKEN_BACK}",
    ),
    Breach("deadline_fits_status", f"UPDATE orders SET due_at = due_at + 1 - pay_by WHERE number = {UNPAID}"),
    Breach("deadline_fits_status", f"UPDATE orders SET due_at = NULL WHERE number = {UNPAID}"),
    Breach(
        "deadline_fits_status", f"UPDATE orders SET due_at = 5, due_step = 'complete' WHERE number = {DONE}"
    ),
    Breach(
        "deadline_fits_status",
        f"UPDATE orders SET due_step = 'complete' WHERE number = {one('AWAITING_SHIPMENT')}",
    ),
    Breach(
        "deadline_fits_status",
        f"UPDATE orders SET cancel_sla = 5 WHERE number = {one('AWAITING_COLLECTION')}",
    ),
    Breach("deadline_fits_status", f"UPDATE orders SET remorse_until = 5 WHERE number = {one('ON_HOLD')}"),
    Breach("deadline_fits_status", f"UPDATE orders SET complete_at = NULL WHERE number = {one('DELIVERED')}"),
    Breach(
        "deadline_fits_status",
        f"DELETE FROM holds WHERE order_number = {one('DELIVERED')};"
        f"UPDATE orders SET source = 'tiktok' WHERE number = {one('DELIVERED')}",
        also=("balance_agrees_with_holds",),
    ),
    Breach("outside_number_is_known", f"UPDATE orders SET outside_number = 'A-1' WHERE number = {DONE}"),
    Breach(
        "outside_number_is_the_orders",
        "INSERT INTO outside_numbers SELECT 'tiktok', shop_id, 'A-1', number"
        f" FROM orders WHERE number = {DONE}",
    ),
    Breach(
        "one_open_request",
        f"INSERT INTO requests SELECT * FROM requests WHERE order_number = {ASKED};"
        f"UPDATE requests SET id = 5 WHERE order_number = {ASKED}",
        loose=("requests",),
        also=("open_request_agrees",),
    ),
    Breach("open_request_agrees", f"UPDATE orders SET open_request = NULL WHERE number = {ASKED}"),
    Breach("open_request_agrees", f"UPDATE orders SET open_request = 5 WHERE number = {DONE}"),
    Breach(
        "request_is_its_orders",
        "UPDATE requests SET shop_id = (SELECT max(s.id) FROM shops s WHERE s.id <> requests.shop_id)"
        f" WHERE order_number = {ASKED}",
    ),
    Breach(
        "request_is_its_orders",
        f"UPDATE requests SET buyer_id = (SELECT max(id) FROM people) WHERE order_number = {ASKED}",
    ),
    Breach(
        "request_fits_order",
        f"UPDATE orders SET open_request = NULL WHERE number = {ASKED};"
        "UPDATE requests SET status = 'COMPLETE', queue = 'closed', queue_at = since, due_at = NULL,"
        f" due_step = NULL WHERE status = 'PENDING_SELLER' AND order_number = {ASKED}",
    ),
    Breach(
        "request_fits_order",
        f"""UPDATE requests SET status = 'PENDING_SELLER', queue = 'to-answer', queue_at = respond_by,
            due_at = respond_by + 1, due_step = 'silence' WHERE order_number = {APPROVED};
            UPDATE orders SET open_request = (SELECT max(id) FROM requests WHERE order_number = {NOW_OPEN})
            WHERE number = {NOW_OPEN}""",
    ),
    Breach(
        "request_has_the_buyers_reason",
        f"UPDATE requests SET reason = 'BU_MISTAKE' WHERE order_number = {ASKED}",
    ),
    Breach(
        "change_is_what_it_says",
        "UPDATE requests SET kind = 'change' WHERE status = 'OPTION_LISTED'",
    ),
    Breach(
        "request_in_queue_of_its_status",
        f"UPDATE requests SET queue = 'closed' WHERE order_number = {ASKED}",
    ),
    Breach(
        "request_in_queue_of_its_status",
        f"UPDATE requests SET queue_at = queue_at + 1 WHERE order_number = {ASKED}",
    ),
    Breach(
        "request_in_queue_of_its_status",
        "UPDATE requests SET queue_at = queue_at + 1 WHERE status = 'EXPIRED'",
    ),
    Breach(
        "request_clock_fits_status", f"UPDATE requests SET due_at = due_at + 1 WHERE order_number = {ASKED}"
    ),
    Breach("request_clock_fits_status", f"UPDATE requests SET due_at = NULL WHERE order_number = {ASKED}"),
    Breach(
        "request_clock_fits_status",
        f"UPDATE requests SET due_at = NULL, due_step = NULL WHERE order_number = {ASKED}",
    ),
    Breach(
        "request_clock_fits_status",
        f"UPDATE requests SET due_step = 'lapse', due_at = respond_by + 1 WHERE order_number = {ASKED}",
    ),
    Breach(
        "request_clock_fits_status",
        "UPDATE requests SET due_at = 5, due_step = 'silence' WHERE status = 'WITHDRAWN'",
    ),
    Breach(
        "request_clock_fits_status",
        "UPDATE requests SET due_step = 'by_rule' WHERE status = 'OPTION_LISTED'",
    ),
    Breach(
        "answer_within_time_to_ship",
        f"""UPDATE requests SET respond_by = respond_by + 864000000, queue_at = queue_at + 864000000,
            due_at = respond_by + 864000001, due_step = 'silence' WHERE order_number = {ASKED}""",
    ),
    Breach(
        "request_says_what_happened",
        "UPDATE requests SET answered_at = NULL WHERE status = 'REJECTED' AND decided_at IS NULL",
    ),
    Breach(
        "request_says_what_happened", "UPDATE requests SET change = NULL WHERE status = 'ALTERNATIVE_OFFERED'"
    ),
    Breach(
        "request_says_what_happened", "UPDATE requests SET escalated_at = NULL WHERE status = 'ESCALATED'"
    ),
    Breach(
        "request_says_what_happened", "UPDATE requests SET answered_at = NULL WHERE status = 'OPTION_LISTED'"
    ),
    Breach("lines_are_counted", f"UPDATE orders SET line_count = line_count + 1 WHERE number = {DONE}"),
    Breach("line_amounts", f"UPDATE lines SET discount_minor = -7 WHERE order_number = {DONE} AND n = 1"),
    Breach(
        "line_amounts",
        f"UPDATE lines SET quantity = 0 WHERE order_number = {DONE} AND n = 1",
        ("lines",),
        also=("tally_agrees_with_rows",),
    ),
    Breach("line_fits_order", f"UPDATE lines SET status = 'SHIPPED' WHERE order_number = {DONE}"),
    Breach(
        "order_without_lines_is_cancelled",
        "UPDATE lines SET status = 'CANCELLED', cancelled_by = 'BUYER', cancel_reason = 'BU_OTHER'"
        f" WHERE order_number = {DONE}",
        also=("lines_sum_to_total",),
    ),
    Breach(
        "cancelled_line_says_why",
        f"UPDATE lines SET cancel_reason = NULL WHERE status = 'CANCELLED' AND order_number = {DROPPED}",
    ),
    Breach(
        "price_sheet_sums_to_total",
        f"UPDATE price_entries SET amount_minor = amount_minor + 1 WHERE n = 1 AND order_number = {DONE}",
    ),
    Breach(
        "price_sheet_sums_to_total",
        f"DELETE FROM price_entries WHERE kind <> 'SHIPPING' AND order_number = {DONE}",
    ),
    Breach(
        "lines_sum_to_total",
        f"""UPDATE price_entries
            SET amount_minor = amount_minor + CASE kind WHEN 'SHIPPING' THEN 1 ELSE -1 END
            WHERE kind IN ('SHIPPING', 'ITEMS') AND order_number = {SHIPPED_FOR}""",
    ),
    Breach("paid_order_has_money", f"DELETE FROM payments WHERE order_number = {DONE}"),
    Breach(
        "unpaid_order_has_no_money",
        f"""INSERT INTO payments (order_number, n, method, state, amount_minor, at)
            SELECT {UNPAID}, 9, 'CARD', 'CAPTURED', 1, 1""",
    ),
    Breach(
        "cash_due_is_the_total",
        f"UPDATE payments SET amount_minor = amount_minor + 1 WHERE order_number = {CASH}",
    ),
    Breach(
        "money_out_within_money_in",
        f"UPDATE refunds SET amount_minor = amount_minor + 1 WHERE order_number = {PAID_BACK}",
    ),
    Breach(
        "money_out_within_money_in", f"UPDATE payments SET state = 'FAILED' WHERE order_number = {PAID_BACK}"
    ),
    Breach("cancelled_order_pays_back", f"DELETE FROM refunds WHERE order_number = {PAID_BACK}"),
    Breach(
        "one_refund_per_cause",
        f"INSERT INTO refunds SELECT * FROM refunds WHERE order_number = {PAID_BACK}",
        loose=("refunds",),
        also=("money_out_within_money_in", "tally_agrees_with_rows"),
    ),
    Breach("refund_has_its_cause", f"UPDATE refunds SET cause = 99 WHERE order_number = {PAID_BACK}"),
    Breach(
        "balance_parts_sum", "UPDATE balances SET taken_in = taken_in + 1 WHERE subject = 3", ("balances",)
    ),
    Breach(
        "balance_parts_sum", "UPDATE balances SET free = -1, taken_in = held + used + lost - 1", ("balances",)
    ),
    Breach(
        "balance_agrees_with_holds",
        "UPDATE balances SET held = held + 1, taken_in = taken_in + 1 WHERE kind = 'STOCK' AND subject = 3",
    ),
    Breach(
        "ended_hold_has_its_event",
        f"UPDATE holds SET ended_by = 99 WHERE kind = 'STOCK' AND order_number = {DONE}",
    ),
    Breach(
        "nothing_held_for_what_is_over",
        f"UPDATE holds SET state = 'HELD', ended_by = NULL WHERE kind = 'STOCK' AND order_number = {DONE}",
    ),
    Breach(
        "nothing_held_for_what_is_over",
        f"UPDATE holds SET state = 'HELD', ended_by = NULL WHERE order_number = {TAKEN_BACK}",
    ),
    Breach("imported_order_holds_nothing", f"UPDATE orders SET source = 'tiktok' WHERE number = {DONE}"),
    Breach(
        "live_line_is_held",
        f"UPDATE holds SET state = 'USED', ended_by = 0 WHERE kind = 'STOCK' AND order_number = {UNPAID}",
    ),
    Breach(
        "events_without_gaps",
        f"UPDATE orders SET version = version + 1 WHERE number = {DONE}",
        also=("last_event_is_the_status",),
    ),
    Breach(
        "events_without_gaps",
        f"DELETE FROM events WHERE order_number = {UNPAID}",
        also=("last_event_is_the_status", "notification_has_its_cause"),
    ),
    *(
        Breach("events_without_gaps", f"{sql} order_number = {DONE}", also=("events_follow_each_other",))
        for sql in (
            "DELETE FROM events WHERE n = 0 AND",
            "DELETE FROM events WHERE n = 1 AND",
            "UPDATE events SET n = 99 WHERE n = 1 AND",
            "UPDATE events SET n = -1 WHERE n = 0 AND",
        )
    ),
    Breach(
        "events_follow_each_other",
        f"UPDATE events SET status_from = 'ON_HOLD' WHERE n = 1 AND order_number = {DONE}",
    ),
    Breach(
        "events_follow_each_other",
        f"UPDATE events SET status_from = 'UNPAID' WHERE n = 0 AND order_number = {DONE}",
    ),
    Breach(
        "last_event_is_the_status",
        f"UPDATE events SET status_to = 'DELIVERED' WHERE status_to = 'COMPLETED' AND order_number = {DONE}",
    ),
    Breach(
        "messages_without_gaps",
        f"UPDATE messages SET n = n + 1 WHERE {TALKED}",
        ("messages",),
        also=("notification_has_its_cause",),
    ),
    Breach(
        "message_of_a_buyer_is_theirs",
        f"UPDATE messages SET sender_id = (SELECT max(id) FROM people) WHERE role = 'BUYER' AND {TALKED}",
    ),
    Breach(
        "photos_fit_their_message",
        f"""INSERT INTO photos SELECT 'a' || b.n || c.n, m.order_number, m.n, m.sender_id, m.at, 'x', 1, 1, 1
            FROM messages m JOIN messages b ON b.order_number = m.order_number
            JOIN messages c ON c.order_number = m.order_number WHERE m.n = 1 AND m.{TALKED}""",
    ),
    Breach(
        "photos_fit_their_message",
        f"""INSERT INTO photos SELECT 'a', order_number, n, 1 + sender_id, at, 'x', 1, 1, 1
            FROM messages WHERE n = 1 AND {TALKED}""",
    ),
    Breach("read_mark_is_of_a_message", f"INSERT INTO read_marks VALUES ({DONE}, 1, 99)"),
    Breach("word_is_known", f"UPDATE messages SET role = 'CARRIER' WHERE {TALKED}"),
    Breach(
        "handle_is_reserved",
        "DELETE FROM handles WHERE handle = 'mai'",
        loose=("handles",),
        also=("what_is_named_exists",),
    ),
    Breach("product_has_its_words", "DELETE FROM product_words WHERE product_id = 1"),
    Breach(
        "preferred_address_is_in_the_book",
        "UPDATE addresses SET removed_at = 1, preferred_at = 1 WHERE id = 1",
    ),
    *(
        Breach("pseudonyms_have_their_secret", sql)
        for sql in ("DELETE FROM secrets", "UPDATE secrets SET value = 'short'")
    ),
    Breach("handle_is_one_persons_or_shops", "UPDATE shops SET handle = 'mai' WHERE id = 1"),
    Breach("word_is_known", "UPDATE payments SET state = 'PAID' WHERE state = 'FAILED'"),
    Breach("word_is_known", "UPDATE refunds SET state = 'STUCK' WHERE state = 'RETRYING'"),
    *(
        Breach("refund_has_the_times_of_its_state", f"UPDATE refunds SET {what} WHERE state = '{state}'")
        for state, what in (
            ("DONE", "done_at = NULL"),
            ("DONE", "due_at = 5"),
            ("GIVEN_UP", "due_at = 5"),
            ("RETRYING", "due_at = NULL"),
            ("SENT", "reference = NULL"),
            ("SENT", "attempts = 0, reference = NULL"),
        )
    ),
    Breach(
        "paid_out_within_money_in",
        "INSERT INTO payouts (reference, order_number, payment_n, amount_minor, at, outcome) "
        "SELECT order_number || '-' || n, order_number, n, amount_minor + 1, at, 'accepted' FROM payments "
        "WHERE state = 'CAPTURED'",
    ),
    Breach("charge_is_asked_about_until_answered", "UPDATE payments SET due_at = 5 WHERE state = 'CAPTURED'"),
    Breach(
        "charge_is_asked_about_until_answered",
        f"{CHARGED};UPDATE payments SET due_at = NULL WHERE reference = 'ref'",
    ),
    Breach("open_charge_is_being_asked_about", f"UPDATE orders SET open_charge = 99 WHERE number = {UNPAID}"),
    Breach(
        "what_is_charged_is_the_total",
        f"{CHARGED};UPDATE payments SET amount_minor = amount_minor + 1 WHERE reference = 'ref'",
    ),
    Breach("bank_took_what_was_charged", BOOKED),
    Breach("bank_took_what_was_charged", f"{CHARGED};{BOOKED};UPDATE charges SET amount_minor = 1"),
    Breach(
        "payment_is_what_the_bank_says",
        "UPDATE payments SET reference = order_number || '-' || n WHERE state = 'CAPTURED'",
    ),
    Breach(
        "payment_is_what_the_bank_says",
        f"{CHARGED};{BOOKED};UPDATE orders SET open_charge = NULL WHERE number = {UNPAID};"
        "UPDATE payments SET state = 'FAILED', due_at = NULL WHERE reference = 'ref'",
    ),
    Breach(
        "payment_is_what_the_bank_says",
        f"{CHARGED};{BOOKED};UPDATE orders SET open_charge = NULL WHERE number = {UNPAID};"
        "UPDATE payments SET state = 'FAILED', due_at = NULL, trouble = 'never_told' WHERE reference = 'ref'",
    ),
    Breach(
        "complete_request_is_paid_back", "UPDATE requests SET status = 'COMPLETE' WHERE status = 'APPROVED'"
    ),
    Breach(
        "complete_request_is_paid_back", "UPDATE requests SET status = 'APPROVED' WHERE status = 'COMPLETE'"
    ),
    Breach("word_is_known", "UPDATE holds SET state = 'GONE' WHERE state = 'RELEASED'", ("holds",)),
    Breach("word_is_known", "INSERT INTO balances VALUES ('LUCK', 1, 0, 0, 0, 0, 0)", ("balances",)),
    Breach(
        "word_is_known",
        "UPDATE requests SET status = 'MAYBE' WHERE status = 'WITHDRAWN'",
        also=("request_fits_order", "request_in_queue_of_its_status"),
    ),
    Breach(
        "what_is_named_exists",
        "UPDATE notifications SET person_id = 999 WHERE person_id = 1",
        ("notifications",),
    ),
    Breach(
        "what_is_named_exists",
        "UPDATE notifications SET order_number = 999 WHERE person_id = 1",
        ("notifications",),
        also=("notification_has_its_cause",),
    ),
    Breach(
        "what_is_named_exists",
        f"UPDATE orders SET creator_id = 999 WHERE number = {DONE}",
        ("orders",),
        also=("tally_agrees_with_rows",),
    ),
    Breach(
        "what_is_named_exists",
        f"UPDATE lines SET variant_id = 999 WHERE order_number = {DONE} AND n = 1",
        ("lines",),
        also=("tally_agrees_with_rows",),
    ),
    Breach("tally_agrees_with_rows", "UPDATE tallies SET n = n + 1 WHERE kind = 'CANCELLED'"),
    Breach("what_is_named_exists", "UPDATE members SET person_id = 999 WHERE shop_id = 1", ("members",)),
    Breach("nothing_is_negative", "UPDATE variants SET price_minor = -1 WHERE id = 3", loose=("variants",)),
    Breach(
        "nothing_is_negative",
        "UPDATE payments SET amount_minor = -1 WHERE state = 'FAILED'",
        loose=("payments",),
    ),
    *(
        Breach("event_is_by_who_it_says", f"UPDATE events SET actor_id = {who} WHERE role = '{role}'")
        for role, who in (
            *(("SYSTEM", 1), ("GATEWAY", -1), ("CARRIER", -1)),
            *(("BUYER", "actor_id + 1"), ("SELLER", 999), ("OPERATOR", -1)),
        )
    ),
    Breach("notification_has_its_cause", "UPDATE notifications SET n = 99 WHERE n = 0"),
    Breach("notification_has_its_cause", "UPDATE notifications SET n = -99 WHERE n < 0"),
    Breach("policies_without_gaps", "INSERT INTO policies VALUES (0, 3, 1, -1, '{}')"),
    Breach(
        "token_is_kept_as_a_digest",
        "INSERT INTO api_tokens VALUES (1, 1, 'takeback_x', '', 'goods:read', 1, NULL, 2)",
    ),
    Breach(
        "webhook_is_a_shops", "INSERT INTO hooks VALUES (7, 999, 'https://erp.example', -1, 0, NULL, NULL)"
    ),
    Breach(
        "webhook_waits_or_was_given_up",
        "INSERT INTO hooks VALUES (7, 0, 'https://erp.example', -1, 0, NULL, NULL);"
        "INSERT INTO hook_deliveries SELECT 7, order_number, n, NULL, 1, NULL, NULL FROM events LIMIT 1",
    ),
    Breach("outside_id_means_something", "INSERT INTO outside_ids VALUES ('tiktok', 'person', 'A-1', 999)"),
    Breach("key_keeps_an_answer", f"INSERT INTO idempotency_keys VALUES (1, 'k', '{'f' * 32}', '', '[]', 1)"),
    Breach(
        "key_keeps_an_answer",
        f"INSERT INTO idempotency_keys VALUES (999, 'k', '{'f' * 32}', '{{}}', '[]', 1)",
    ),
    Breach("erased_person_is_gone", "UPDATE people SET erased_at = 1 WHERE id = 1"),
    Breach("erased_person_is_gone", f"{ERASED};UPDATE addresses SET label = 'Home' WHERE person_id = 1"),
)


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: breach.rule)
def test_what_breaks_a_rule_is_found(filled: Shop, breach: Breach) -> None:
    report = breached(filled, breach)
    assert {violation.rule for violation in report.violations} == {breach.rule, *breach.also}


def test_lines_taken_back_by_the_rule_of_an_older_version_are_let_be(filled: Shop) -> None:
    breach = BREACHES[0]
    before = f"""UPDATE events SET facts = replace(facts, '"lines_minor":', '"older":')
        WHERE order_number = {PARTED} AND action = 'cancel_lines'"""
    report = breached(filled, replace(breach, sql=f"{before};{breach.sql}"))
    assert {violation.rule for violation in report.violations} == {*breach.also}


SIGNED = tuple(rule for rule in RULES if rule.signs)
READ_TOGETHER = ("orders", "lines", "price_entries", "payments", "holds", "events", "outside_numbers")


def seen(work: Work, sql: str) -> bool:
    """Whether a query finds a row."""
    return work.first(Statement(text(f"SELECT 1 FROM ({sql}) AS found LIMIT 1"))) is not None


def changes(table: str) -> Iterator[str]:
    """Each way to change some rows of a table in one column, or to take them out."""
    some = "number % 2 = 0" if table == "orders" else "order_number % 2 = 0"
    yield f"DELETE FROM {table} WHERE {some}"
    for column in SQLModel.metadata.tables[table].columns:
        name, kind = column.name, column.type
        another = f"{name} + 1" if isinstance(kind, Integer) else f"{name} || 'x'"
        for value in (f"NOT {name}" if isinstance(kind, Boolean) else another, "NULL"):
            yield f"UPDATE {table} SET {name} = {value} WHERE {some}"


@pytest.mark.parametrize("table", READ_TOGETHER)
def test_a_sign_is_seen_wherever_its_rule_is_broken(filled: Shop, table: str) -> None:
    with suppress(Undone), filled.change() as work:
        loosen(work, table)
        key = "number" if table == "orders" else "order_number"
        run(work, f"CREATE INDEX {table}_by_order ON {table} ({key})")
        for change in changes(table):
            run(work, "SAVEPOINT sound")
            run(work, change)
            for rule in (rule for rule in SIGNED if seen(work, rule.sql)):
                shown = [seen(work, f"SELECT 1 FROM {s.given} WHERE {s.broken}") for s in rule.signs]
                assert any(shown), (change, rule.name)
            run(work, "ROLLBACK TO SAVEPOINT sound")
        raise Undone


def test_each_of_two_signs_of_one_rule_in_the_same_rows_is_looked_for(filled: Shop) -> None:
    with filled.look() as work:
        for shown in (0, 1):
            signs = tuple(Sign("orders o", "1 = 1" if n == shown else "1 = 0") for n in (0, 1))
            rule = Rule("found", "", "SELECT number FROM orders", signs)
            looking = Looking((rule,), 1, None)
            looking.look(work)
            assert [len(rows) for _, rows in looking.found()] == [1]


def test_a_rule_is_verified_once_all_its_signs_are_looked_for(filled: Shop) -> None:
    told: list[tuple[int, int]] = []
    (rule,) = (rule for rule in RULES if rule.name == "events_without_gaps")
    with filled.look() as work:
        Looking((rule,), 1, lambda done, of: told.append((done, of))).look(work)
    assert told == [(0, 1), (1, 1)]


def test_every_rule_has_a_breach() -> None:
    assert {rule.name for rule in RULES} == {breach.rule for breach in BREACHES}


def test_every_reference_between_tables_is_verified() -> None:
    keys = sum(len(table.foreign_key_constraints) for table in SQLModel.metadata.sorted_tables)
    assert sum(rule.name == "what_is_named_exists" for rule in RULES) == keys


def test_a_violation_names_the_order_and_says_what_is_wrong(filled: Shop) -> None:
    with filled.look() as work:
        ((number,),) = work.rows(Statement(text(f"SELECT {DONE}")))
    breach = Breach("", f"UPDATE orders SET tab = 'to-ship' WHERE number = {DONE}")
    (violation,) = breached(filled, breach).violations
    assert violation.number == str(number)
    assert violation.what == "COMPLETED stands in tab to-ship"


def test_a_sound_store_has_nothing_to_list_and_says_what_was_looked_at(filled: Shop) -> None:
    told: list[tuple[int, int]] = []
    report = check(filled, lambda done, of: told.append((done, of)))
    assert report.sound
    assert report.as_json()["violations"] == []
    assert report.checked["orders"] == 90
    assert report.checked["events"] > 90
    assert told[-1] == (len(RULES), len(RULES))
    assert list(report.lines())[-1].startswith("Every rule holds. Checked: 90 orders")


def test_many_violations_of_one_rule_are_counted_and_some_listed(filled: Shop) -> None:
    with suppress(Undone), filled.change() as work:
        run(work, "UPDATE orders SET line_count = line_count + 1")
        report = look_over(work, listed=10)
        raise Undone
    assert len(report.violations) == 10
    assert report.more == {"lines_are_counted": 80}
    assert "… and 80 more of lines_are_counted" in report.lines()


def test_an_empty_store_is_sound(shop: Shop) -> None:
    assert check(shop).sound
