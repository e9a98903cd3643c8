"""Charges: money in through a gateway, with the books of the simulated bank; more time to pay, once."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was paid before was charged elsewhere, and stays as it is."""
    for name in ("open_charge", "extended_at"):
        op.add_column("orders", sa.Column(name, sa.BigInteger(), nullable=True))
    for name in ("reference", "token", "trouble"):
        op.add_column("payments", sa.Column(name, sa.String(), nullable=True))
    for name in ("until", "due_at"):
        op.add_column("payments", sa.Column(name, sa.BigInteger(), nullable=True))
    op.create_index("payments_by_reference", "payments", ["reference"], unique=True)
    op.create_index(
        "payments_due",
        "payments",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "charges",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=False),
        sa.Column("payment_n", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("answers_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.CheckConstraint("amount_minor >= 0", name="charge_not_negative"),
        sa.PrimaryKeyConstraint("reference"),
        sqlite_with_rowid=False,
    )
