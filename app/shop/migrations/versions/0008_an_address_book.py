"""Addresses are a book of their person's: one is preferred, and what is removed stays with its orders."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("removed_at", "preferred_at"):
        op.add_column("addresses", sa.Column(column, sa.BigInteger(), nullable=True))
    preferred = sa.text("preferred_at IS NOT NULL")
    op.create_index(
        "one_preferred_address",
        "addresses",
        ["person_id"],
        unique=True,
        sqlite_where=preferred,
        postgresql_where=preferred,
    )
