"""What the database keeps by itself.

Balances move whenever a hold does, tallies with what they count, and no refund exceeds what was paid. What
happens to an order is noted with it for every address that is to be told.
A server says when something was done.
"""

from sqlalchemy import DDL, event
from sqlmodel import SQLModel

from app.shop.tables.tallies import TALLYING

_PARTS = ("free", "held", "used", "lost")
_STATES = ("RELEASED", "HELD", "USED", "LOST")


def _moved(state: str, *, sign: str, row: str) -> str:
    return f"{sign} CASE WHEN {row}.state = '{state}' THEN {row}.amount ELSE 0 END"


_TAKEN = "UPDATE balances SET " + ", ".join(  # noqa: S608
    f"{part} = {part} {_moved(state, sign='+', row='NEW')}" + (" - NEW.amount" if part == "free" else "")
    for part, state in zip(_PARTS, _STATES, strict=True)
)
_MOVED = "UPDATE balances SET " + ", ".join(  # noqa: S608
    f"{part} = {part} {_moved(state, sign='-', row='OLD')} {_moved(state, sign='+', row='NEW')}"
    for part, state in zip(_PARTS, _STATES, strict=True)
)
_WHERE = " WHERE kind = NEW.kind AND subject = NEW.subject"

_TOO_MUCH = (
    "NEW.amount_minor + (SELECT coalesce(sum(r.amount_minor), 0) FROM refunds r "
    "WHERE r.order_number = NEW.order_number AND r.payment_n = NEW.payment_n) > "
    "coalesce((SELECT p.amount_minor FROM payments p WHERE p.order_number = NEW.order_number "
    "AND p.n = NEW.payment_n AND p.state IN ('CAPTURED', 'LATE')), 0)"
)

_TO_TELL = (
    "INSERT INTO hook_deliveries (hook_id, order_number, n, due_at, attempts) "
    "SELECT h.id, NEW.order_number, NEW.n, NEW.at, 0 FROM hooks h "
    "JOIN orders o ON o.number = NEW.order_number "
    "WHERE h.off_at IS NULL AND (h.shop_id = o.shop_id OR h.shop_id = 0)"
)

CHANNEL = "takeback"
"""Where PostgreSQL says at each commit that something was done that windows of other processes show."""
_ANNOUNCED = ("events INSERT", "messages INSERT", "policies INSERT", "sign_ins DELETE")

TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"CREATE TRIGGER hold_taken AFTER INSERT ON holds BEGIN {_TAKEN}{_WHERE}; END",
        f"CREATE TRIGGER hold_moved AFTER UPDATE OF state ON holds BEGIN {_MOVED}{_WHERE}; END",
        f"CREATE TRIGGER refund_within_payment BEFORE INSERT ON refunds WHEN {_TOO_MUCH} "
        "BEGIN SELECT RAISE(ABORT, 'refund_within_payment'); END",
        "CREATE TRIGGER event_to_tell AFTER INSERT ON events "  # noqa: S608
        f"WHEN EXISTS (SELECT 1 FROM hooks) BEGIN {_TO_TELL}; END",
        *TALLYING["sqlite"],
    ),
    "postgresql": (
        f"CREATE FUNCTION hold_taken() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_TAKEN}{_WHERE}; RETURN NULL; END $$",
        "CREATE TRIGGER hold_taken AFTER INSERT ON holds FOR EACH ROW EXECUTE FUNCTION hold_taken()",
        f"CREATE FUNCTION hold_moved() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_MOVED}{_WHERE}; RETURN NULL; END $$",
        "CREATE TRIGGER hold_moved AFTER UPDATE OF state ON holds FOR EACH ROW EXECUTE FUNCTION hold_moved()",
        f"CREATE FUNCTION refund_within_payment() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_TOO_MUCH} THEN RAISE EXCEPTION 'refund_within_payment' USING ERRCODE = '23514'; END IF; "
        "RETURN NEW; END $$",
        "CREATE TRIGGER refund_within_payment BEFORE INSERT ON refunds FOR EACH ROW "
        "EXECUTE FUNCTION refund_within_payment()",
        "CREATE FUNCTION event_to_tell() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_TO_TELL}; RETURN NULL; END $$",
        "CREATE TRIGGER event_to_tell AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION event_to_tell()",
        *TALLYING["postgresql"],
        f"CREATE FUNCTION announced() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END $$",
        *(
            f"CREATE TRIGGER {table}_announced AFTER {what} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION announced()"
            for table, what in map(str.split, _ANNOUNCED)
        ),
    ),
}
"""The arithmetic of ledger and tallies, kept by the database so that rows and sums cannot drift apart."""

for _dialect, _statements in TRIGGERS.items():
    for _statement in _statements:
        event.listen(
            SQLModel.metadata,
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
