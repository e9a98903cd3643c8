"""When a person was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("people", sa.Column("erased_at", sa.BigInteger(), nullable=True))
    erased = sa.text("erased_at IS NOT NULL")
    op.create_index("people_erased", "people", ["erased_at"], sqlite_where=erased, postgresql_where=erased)
