"""Who signs in: accounts, sign-ins, tries that are counted, invitations of shops."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("token_at", sa.BigInteger(), nullable=False),
        sa.Column("offered", sa.String(), nullable=True),
        sa.Column("spent", sa.String(), nullable=True),
        sa.Column("spent_at", sa.BigInteger(), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["accounts.person_id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token"),
    )
    op.create_index("sign_ins_of_person", "sign_ins", ["person_id"])
    op.create_index("sign_ins_by_offered", "sign_ins", ["offered"], unique=True)
    op.create_index("sign_ins_by_spent", "sign_ins", ["spent"], unique=True)
    op.create_table(
        "tries",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject"),
        sqlite_with_rowid=False,
    )
    op.create_index("tries_by_time", "tries", ["at"])
    op.create_table(
        "invitations",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"]),
        sa.PrimaryKeyConstraint("token"),
        sqlite_with_rowid=False,
    )
    op.create_index("invitations_of_shop", "invitations", ["shop_id"])
