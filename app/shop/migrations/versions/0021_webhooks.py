"""Webhooks: addresses that are told each event, sources that tell of orders and money."""

import sqlalchemy as sa
from alembic import op

from app.shop.pseudonym import new_secret
from app.shop.rules.webhooks import SECRETS

revision = "0021"
down_revision = "0020"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DELIVERED = (
    "INSERT INTO hook_deliveries (hook_id, order_number, n, due_at, attempts) "
    "SELECT h.id, NEW.order_number, NEW.n, NEW.at, 0 FROM hooks h "
    "JOIN orders o ON o.number = NEW.order_number "
    "WHERE h.off_at IS NULL AND (h.shop_id = o.shop_id OR h.shop_id = 0)"
)


def upgrade() -> None:
    _hooks()
    _sources()
    secrets = sa.table("secrets", sa.column("kind", sa.String), sa.column("value", sa.String))
    op.bulk_insert(secrets, [{"kind": SECRETS, "value": new_secret()}])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER event_to_tell AFTER INSERT ON events WHEN EXISTS (SELECT 1 FROM hooks) "  # noqa: S608
            f"BEGIN {DELIVERED}; END"
        )
        return
    op.execute(
        "CREATE FUNCTION event_to_tell() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {DELIVERED}; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER event_to_tell AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION event_to_tell()"
    )


def _hooks() -> None:
    op.create_table(
        "hooks",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("failing_since", sa.BigInteger(), nullable=True),
        sa.Column("off_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("hooks_of_shop", "hooks", ["shop_id"])
    op.create_table(
        "hook_deliveries",
        sa.Column("hook_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.BigInteger(), nullable=True),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["hook_id"], ["hooks.id"]),
        sa.ForeignKeyConstraint(
            ["order_number", "n"], ["events.order_number", "events.n"], name="told_event"
        ),
        sa.PrimaryKeyConstraint("hook_id", "order_number", "n"),
        sqlite_with_rowid=False,
    )
    waits = sa.text("due_at IS NOT NULL")
    op.create_index(
        "hook_deliveries_due",
        "hook_deliveries",
        ["hook_id", "due_at"],
        sqlite_where=waits,
        postgresql_where=waits,
    )


def _sources() -> None:
    op.create_table(
        "hook_sources",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("hook_sources_of_shop", "hook_sources", ["shop_id"])
    op.create_table(
        "hook_received",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["hook_sources.id"]),
        sa.PrimaryKeyConstraint("source_id", "message"),
        sqlite_with_rowid=False,
    )
    op.create_index("hook_received_by_time", "hook_received", ["at"])
    op.create_table(
        "hook_payments",
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("order_told", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("order_number", sa.BigInteger(), nullable=True),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["hook_sources.id"]),
        sa.ForeignKeyConstraint(["order_number"], ["orders.number"]),
        sa.PrimaryKeyConstraint("source_id", "reference"),
        sqlite_with_rowid=False,
    )
    op.create_index("hook_payments_of_order", "hook_payments", ["order_number"])
    waits = sa.text("due_at IS NOT NULL")
    op.create_index(
        "hook_payments_waiting",
        "hook_payments",
        ["source_id", "due_at"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
