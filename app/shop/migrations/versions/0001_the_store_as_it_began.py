"""The store as it began."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER hold_taken AFTER INSERT ON holds BEGIN UPDATE balances SET
            free = free
              + CASE WHEN NEW.state = 'RELEASED' THEN NEW.amount ELSE 0 END - NEW.amount,
            held = held
              + CASE WHEN NEW.state = 'HELD' THEN NEW.amount ELSE 0 END,
            used = used
              + CASE WHEN NEW.state = 'USED' THEN NEW.amount ELSE 0 END,
            lost = lost
              + CASE WHEN NEW.state = 'LOST' THEN NEW.amount ELSE 0 END
            WHERE kind = NEW.kind AND subject = NEW.subject; END""",
        """CREATE TRIGGER hold_moved AFTER UPDATE OF state ON holds BEGIN UPDATE balances SET
            free = free
              - CASE WHEN OLD.state = 'RELEASED' THEN OLD.amount ELSE 0 END
              + CASE WHEN NEW.state = 'RELEASED' THEN NEW.amount ELSE 0 END,
            held = held
              - CASE WHEN OLD.state = 'HELD' THEN OLD.amount ELSE 0 END
              + CASE WHEN NEW.state = 'HELD' THEN NEW.amount ELSE 0 END,
            used = used
              - CASE WHEN OLD.state = 'USED' THEN OLD.amount ELSE 0 END
              + CASE WHEN NEW.state = 'USED' THEN NEW.amount ELSE 0 END,
            lost = lost
              - CASE WHEN OLD.state = 'LOST' THEN OLD.amount ELSE 0 END
              + CASE WHEN NEW.state = 'LOST' THEN NEW.amount ELSE 0 END
            WHERE kind = NEW.kind AND subject = NEW.subject; END""",
    ),
    "postgresql": (
        """CREATE FUNCTION hold_taken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE balances SET
            free = free
              + CASE WHEN NEW.state = 'RELEASED' THEN NEW.amount ELSE 0 END - NEW.amount,
            held = held
              + CASE WHEN NEW.state = 'HELD' THEN NEW.amount ELSE 0 END,
            used = used
              + CASE WHEN NEW.state = 'USED' THEN NEW.amount ELSE 0 END,
            lost = lost
              + CASE WHEN NEW.state = 'LOST' THEN NEW.amount ELSE 0 END
            WHERE kind = NEW.kind AND subject = NEW.subject; RETURN NULL; END $$""",
        """CREATE TRIGGER hold_taken AFTER INSERT ON holds FOR EACH ROW EXECUTE FUNCTION hold_taken()""",
        """CREATE FUNCTION hold_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE balances SET
            free = free
              - CASE WHEN OLD.state = 'RELEASED' THEN OLD.amount ELSE 0 END
              + CASE WHEN NEW.state = 'RELEASED' THEN NEW.amount ELSE 0 END,
            held = held
              - CASE WHEN OLD.state = 'HELD' THEN OLD.amount ELSE 0 END
              + CASE WHEN NEW.state = 'HELD' THEN NEW.amount ELSE 0 END,
            used = used
              - CASE WHEN OLD.state = 'USED' THEN OLD.amount ELSE 0 END
              + CASE WHEN NEW.state = 'USED' THEN NEW.amount ELSE 0 END,
            lost = lost
              - CASE WHEN OLD.state = 'LOST' THEN OLD.amount ELSE 0 END
              + CASE WHEN NEW.state = 'LOST' THEN NEW.amount ELSE 0 END
            WHERE kind = NEW.kind AND subject = NEW.subject; RETURN NULL; END $$""",
        """CREATE TRIGGER hold_moved AFTER UPDATE OF state ON holds
            FOR EACH ROW EXECUTE FUNCTION hold_moved()""",
    ),
}
"""As `tables.triggers` had them then: what a revision does stays what it did."""


def upgrade() -> None:
    _tables()
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "balances",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("taken_in", sa.BigInteger(), nullable=False),
        sa.Column("free", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("lost", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("free + held + used + lost = taken_in", name="parts_sum_to_taken_in"),
        sa.CheckConstraint(
            "free >= 0 AND held >= 0 AND used >= 0 AND lost >= 0", name="nothing_is_ever_negative"
        ),
        sa.PrimaryKeyConstraint("kind", "subject"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "creators",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("handle"),
    )
    op.create_table(
        "handles",
        sa.Column("handle", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("handle"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("actor_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("people", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "key"),
        sqlite_with_rowid=False,
    )
    op.create_index("idempotency_keys_by_time", "idempotency_keys", ["at"], unique=False)

    op.create_table(
        "outside_ids",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("outside_id", sa.String(), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", "kind", "outside_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "policies",
        sa.Column("shop_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("settings", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "n"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "people",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("bio", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handle"],
            ["handles.handle"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("handle"),
    )
    op.create_table(
        "shops",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handle"],
            ["handles.handle"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("handle"),
    )
    op.create_table(
        "addresses",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("lines", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("postal_code", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("addresses_of_person", "addresses", ["person_id"], unique=False)

    op.create_table(
        "members",
        sa.Column("shop_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["shop_id"],
            ["shops.id"],
        ),
        sa.PrimaryKeyConstraint("shop_id", "person_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("members_of_person", "members", ["person_id"], unique=False)

    op.create_table(
        "products",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("creator_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("picture", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["creator_id"],
            ["creators.id"],
        ),
        sa.ForeignKeyConstraint(
            ["shop_id"],
            ["shops.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("products_of_shop", "products", ["shop_id"], unique=False)

    op.create_table(
        "staff",
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.create_table(
        "vouchers",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("shop_id", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("least_minor", sa.BigInteger(), nullable=False),
        sa.Column("most_minor", sa.BigInteger(), nullable=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id"],
            ["shops.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("vouchers_of_shop", "vouchers", ["shop_id"], unique=False)

    op.create_table(
        "orders",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("buyer_id", sa.BigInteger(), nullable=False),
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("creator_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("tab", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("payment_method", sa.String(), nullable=False),
        sa.Column("address_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("pay_by", sa.BigInteger(), nullable=True),
        sa.Column("attempted_at", sa.BigInteger(), nullable=True),
        sa.Column("paid_at", sa.BigInteger(), nullable=True),
        sa.Column("remorse_until", sa.BigInteger(), nullable=True),
        sa.Column("ship_by", sa.BigInteger(), nullable=True),
        sa.Column("collect_by", sa.BigInteger(), nullable=True),
        sa.Column("cancel_sla", sa.BigInteger(), nullable=True),
        sa.Column("tracking", sa.String(), nullable=True),
        sa.Column("shipped_at", sa.BigInteger(), nullable=True),
        sa.Column("delivered_at", sa.BigInteger(), nullable=True),
        sa.Column("complete_at", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("due_step", sa.String(), nullable=True),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_by", sa.String(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.Column("cancel_text", sa.String(), nullable=True),
        sa.Column("open_request", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("outside_number", sa.String(), nullable=True),
        sa.Column("outside_updated_at", sa.BigInteger(), nullable=True),
        sa.Column("flags", sa.String(), nullable=True),
        sa.CheckConstraint("total_minor >= 0", name="total_not_negative"),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["addresses.id"],
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["creator_id"],
            ["creators.id"],
        ),
        sa.ForeignKeyConstraint(
            ["shop_id"],
            ["shops.id"],
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(
        "orders_due",
        "orders",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("orders_of_buyer", "orders", ["buyer_id", "number"], unique=False)
    op.create_index("orders_of_buyer_by_tab", "orders", ["buyer_id", "tab", "number"], unique=False)
    op.create_index("orders_of_shop", "orders", ["shop_id", "number"], unique=False)
    op.create_index("orders_of_shop_by_tab", "orders", ["shop_id", "tab", "number"], unique=False)

    op.create_table(
        "variants",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("picture", sa.String(), nullable=True),
        sa.CheckConstraint("price_minor >= 0", name="price_not_negative"),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("variants_of_product", "variants", ["product_id"], unique=False)

    op.create_table(
        "events",
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("status_from", sa.String(), nullable=True),
        sa.Column("status_to", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("facts", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["orders.number"],
        ),
        sa.PrimaryKeyConstraint("order_number", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index("events_by_time", "events", ["at"], unique=False)

    op.create_table(
        "holds",
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("line_n", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(state = 'HELD') = (ended_by IS NULL)", name="ended_with_its_event"),
        sa.CheckConstraint("amount > 0", name="hold_positive"),
        sa.ForeignKeyConstraint(
            ["kind", "subject"], ["balances.kind", "balances.subject"], name="hold_of_balance"
        ),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["orders.number"],
        ),
        sa.PrimaryKeyConstraint("order_number", "n"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lines",
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("variant_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("picture", sa.String(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("cancelled_by", sa.String(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.Column("cancel_text", sa.String(), nullable=True),
        sa.Column("outside_id", sa.String(), nullable=True),
        sa.CheckConstraint("quantity > 0", name="quantity_positive"),
        sa.CheckConstraint("unit_minor >= 0 AND total_minor >= 0", name="amounts_not_negative"),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["orders.number"],
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["variants.id"],
        ),
        sa.PrimaryKeyConstraint("order_number", "n"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notifications",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["orders.number"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "at", "order_number", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "notifications_unread",
        "notifications",
        ["person_id"],
        unique=False,
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )

    op.create_table(
        "outside_numbers",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("shop_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("outside_number", sa.String(), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["orders.number"],
        ),
        sa.ForeignKeyConstraint(
            ["shop_id"],
            ["shops.id"],
        ),
        sa.PrimaryKeyConstraint("source", "shop_id", "outside_number"),
        sqlite_with_rowid=False,
    )
    op.create_index("outside_numbers_by_text", "outside_numbers", ["outside_number"], unique=False)
    op.create_index("outside_numbers_of_order", "outside_numbers", ["order_number"], unique=True)

    op.create_table(
        "payments",
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.CheckConstraint("amount_minor >= 0", name="payment_not_negative"),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["orders.number"],
        ),
        sa.PrimaryKeyConstraint("order_number", "n"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "price_entries",
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["orders.number"],
        ),
        sa.PrimaryKeyConstraint("order_number", "n"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "requests",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("order_number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("change", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("respond_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answer_reason", sa.String(), nullable=True),
        sa.Column("answer_note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["orders.number"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "one_open_request_per_order",
        "requests",
        ["order_number"],
        unique=True,
        sqlite_where=sa.text(
            "status IN ('PENDING_SELLER', 'OPTION_LISTED', 'ALTERNATIVE_OFFERED', 'ESCALATED')"
        ),
        postgresql_where=sa.text(
            "status IN ('PENDING_SELLER', 'OPTION_LISTED', 'ALTERNATIVE_OFFERED', 'ESCALATED')"
        ),
    )
    op.create_index("requests_of_order", "requests", ["order_number"], unique=False)

    op.create_table(
        "refunds",
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("payment_n", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="refund_positive"),
        sa.ForeignKeyConstraint(
            ["order_number", "payment_n"], ["payments.order_number", "payments.n"], name="refund_of_payment"
        ),
        sa.PrimaryKeyConstraint("order_number", "n"),
        sa.UniqueConstraint("order_number", "payment_n", "cause", name="one_refund_per_cause"),
        sqlite_with_rowid=False,
    )
