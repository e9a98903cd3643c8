"""Refunds on their way: how far each is, and the books of the simulated provider."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Where a refund stood before, the clock goes on from there."""
    op.add_column("refunds", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    for name in ("due_at", "sent_at", "done_at"):
        op.add_column("refunds", sa.Column(name, sa.BigInteger(), nullable=True))
    for name in ("reference", "trouble"):
        op.add_column("refunds", sa.Column(name, sa.String(), nullable=True))
    op.execute(
        """UPDATE refunds SET
            attempts = CASE WHEN state = 'REQUESTED' THEN 0 ELSE 1 END,
            due_at = CASE WHEN state IN ('DONE', 'GIVEN_UP') THEN NULL ELSE "at" END,
            sent_at = CASE WHEN state = 'REQUESTED' THEN NULL ELSE "at" END,
            done_at = CASE WHEN state = 'DONE' THEN "by" END,
            reference = CASE WHEN state <> 'REQUESTED'
                THEN order_number || '-' || payment_n || '-' || cause || '-1' END"""
    )
    op.create_index(
        "refunds_due",
        "refunds",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "payouts",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=False),
        sa.Column("payment_n", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("settles_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name="payout_positive"),
        sa.PrimaryKeyConstraint("reference"),
        sqlite_with_rowid=False,
    )
