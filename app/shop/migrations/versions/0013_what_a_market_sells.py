"""Products are found by the currency they are sold in: who looks sees their own market first."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_index("variants_by_currency", "variants", ["currency", "product_id"])
