"""Requests have their clocks, their place in a queue, and what was offered instead."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPEN = "status IN ('PENDING_SELLER', 'OPTION_LISTED', 'ALTERNATIVE_OFFERED', 'ESCALATED')"
QUEUE = """CASE b.status WHEN 'PENDING_SELLER' THEN 'to-answer' WHEN 'OPTION_LISTED' THEN 'with-buyer'
    WHEN 'ALTERNATIVE_OFFERED' THEN 'with-buyer' WHEN 'ESCALATED' THEN 'with-platform' ELSE 'closed' END"""
OURS = "o.source = 'takeback'"
DAY = 86_400_000


def upgrade() -> None:
    op.execute("CREATE TABLE requests_before AS SELECT * FROM requests")
    op.drop_table("requests")
    op.create_table(
        "requests",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("order_number", sa.BigInteger(), nullable=False),
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("buyer_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("queue_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("photos", sa.String(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("respond_by", sa.BigInteger(), nullable=True),
        sa.Column("left_ms", sa.BigInteger(), nullable=True),
        sa.Column("confirm_by", sa.BigInteger(), nullable=True),
        sa.Column("change", sa.String(), nullable=True),
        sa.Column("difference_minor", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answer_reason", sa.String(), nullable=True),
        sa.Column("answer_note", sa.String(), nullable=True),
        sa.Column("escalated_at", sa.BigInteger(), nullable=True),
        sa.Column("escalated_text", sa.String(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decision_reason", sa.String(), nullable=True),
        sa.Column("decision_note", sa.String(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("due_step", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["order_number"], ["orders.number"]),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"]),
        sa.ForeignKeyConstraint(["buyer_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    # What was offered in words alone cannot be accepted: its seller is asked again, by the old clock.
    op.execute(
        "UPDATE requests_before SET status = 'PENDING_SELLER' "
        "WHERE status = 'ALTERNATIVE_OFFERED' AND change IS NULL"
    )
    # An answer that had no clock gets one from when it was given; what is over by now falls due at once.
    # No clock of ours runs for an order of another platform.
    op.execute(
        sa.text(f"""INSERT INTO requests (id, order_number, shop_id, buyer_id, kind, status, queue,
        queue_at, version, reason, text, counted, created_at, since, respond_by, left_ms, confirm_by, change,
        difference_minor, answered_at, answered_by, answer_reason, answer_note, escalated_at, due_at,
        due_step) SELECT b.id, b.order_number, o.shop_id, o.buyer_id, b.kind, b.status, {QUEUE},
        CASE WHEN {OURS} AND {QUEUE} = 'to-answer' THEN coalesce(b.respond_by, b.created_at)
            WHEN {QUEUE} = 'to-answer' THEN b.created_at
            WHEN {OURS} AND {QUEUE} = 'with-buyer' THEN coalesce(b.answered_at, b.created_at) + {DAY}
            ELSE coalesce(b.answered_at, b.created_at) END,
        b.version, b.reason, b.text, true, b.created_at,
        CASE {QUEUE} WHEN 'to-answer' THEN b.created_at ELSE coalesce(b.answered_at, b.created_at) END,
        CASE WHEN {OURS} THEN coalesce(b.respond_by, b.created_at) END,
        CASE WHEN {OURS} AND b.status = 'ALTERNATIVE_OFFERED'
            THEN coalesce(b.respond_by, b.created_at) - coalesce(b.answered_at, b.created_at) END,
        CASE WHEN {OURS} AND {QUEUE} = 'with-buyer'
            THEN coalesce(b.answered_at, b.created_at) + {DAY} END,
        b.change, 0, b.answered_at, CASE WHEN b.answer_reason IS NOT NULL THEN 'SELLER' END,
        b.answer_reason, b.answer_note,
        CASE WHEN b.status = 'ESCALATED' THEN coalesce(b.answered_at, b.created_at) END,
        CASE WHEN NOT {OURS} THEN NULL
            WHEN b.status = 'PENDING_SELLER' THEN coalesce(b.respond_by, b.created_at) + 1
            WHEN {QUEUE} = 'with-buyer' THEN coalesce(b.answered_at, b.created_at) + {DAY} + 1 END,
        CASE WHEN NOT {OURS} THEN NULL
            WHEN b.status = 'PENDING_SELLER' THEN 'silence' WHEN {QUEUE} = 'with-buyer' THEN 'lapse' END
        FROM requests_before b JOIN orders o ON o.number = b.order_number""")  # noqa: S608
    )
    op.drop_table("requests_before")
    for name, columns, where in (
        ("one_open_request_per_order", ["order_number"], OPEN),
        ("requests_of_order", ["order_number", "id"], None),
        ("requests_in_queue", ["shop_id", "queue", "queue_at", "id"], None),
        ("requests_with_platform", ["queue_at", "id"], "queue = 'with-platform'"),
        ("requests_due", ["due_at", "id"], "due_at IS NOT NULL"),
    ):
        op.create_index(
            name,
            "requests",
            columns,
            unique=name == "one_open_request_per_order",
            sqlite_where=sa.text(where) if where else None,
            postgresql_where=sa.text(where) if where else None,
        )
