"""No refund exceeds what was paid: the database itself refuses one that would."""

from alembic import op

revision = "0011"
down_revision = "0009"

_TOO_MUCH = """NEW.amount_minor + (SELECT coalesce(sum(r.amount_minor), 0) FROM refunds r
    WHERE r.order_number = NEW.order_number AND r.payment_n = NEW.payment_n) >
    coalesce((SELECT p.amount_minor FROM payments p WHERE p.order_number = NEW.order_number
    AND p.n = NEW.payment_n AND p.state IN ('CAPTURED', 'LATE')), 0)"""
TRIGGERS = {
    "sqlite": (
        f"""CREATE TRIGGER refund_within_payment BEFORE INSERT ON refunds WHEN {_TOO_MUCH}
            BEGIN SELECT RAISE(ABORT, 'refund_within_payment'); END""",
    ),
    "postgresql": (
        f"""CREATE FUNCTION refund_within_payment() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF {_TOO_MUCH} THEN RAISE EXCEPTION 'refund_within_payment' USING ERRCODE = '23514'; END IF;
            RETURN NEW; END $$""",
        """CREATE TRIGGER refund_within_payment BEFORE INSERT ON refunds FOR EACH ROW
            EXECUTE FUNCTION refund_within_payment()""",
    ),
}


def upgrade() -> None:
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
