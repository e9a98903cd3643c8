"""Vouchers of a shop, and of the platform, are found by when they end: what is over is not read."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_index("vouchers_running", "vouchers", ["shop_id", "currency", "ends_at"])
    op.drop_index("vouchers_of_shop", "vouchers")
