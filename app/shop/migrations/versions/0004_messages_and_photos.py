"""Messages, photos and read marks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MESSAGES = ("messages.order_number", "messages.n")


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sender_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["order_number"], ["orders.number"]),
        sa.ForeignKeyConstraint(["sender_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("order_number", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index("messages_by_time", "messages", ["at"])
    op.create_table(
        "photos",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("order_number", sa.BigInteger(), nullable=False),
        sa.Column("message_n", sa.BigInteger(), nullable=True),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0 AND bytes > 0", name="photo_has_a_size"),
        sa.ForeignKeyConstraint(["order_number", "message_n"], MESSAGES, name="photo_of_message"),
        sa.ForeignKeyConstraint(["order_number"], ["orders.number"]),
        sa.ForeignKeyConstraint(["who"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("photos_of_order", "photos", ["order_number", "message_n"])
    op.create_table(
        "read_marks",
        sa.Column("order_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["order_number"], ["orders.number"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("order_number", "person_id"),
        sqlite_with_rowid=False,
    )
