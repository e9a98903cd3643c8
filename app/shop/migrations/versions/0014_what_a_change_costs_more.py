"""What an agreed change costs more is a charge of its own, and says which event it is for."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("payments", sa.Column("cause", sa.BigInteger(), nullable=True))
