"""What a shop shows of its products, and the words they are found by."""

from collections.abc import Iterator
from itertools import islice

import sqlalchemy as sa
from alembic import op

from app.shop.product_words import words_of_product

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WORDS = 10_000
"""Words written at once."""
PRODUCTS = """SELECT p.id, p.title, s.handle, s.name, c.handle FROM products p
    JOIN shops s ON s.id = p.shop_id LEFT JOIN creators c ON c.id = p.creator_id"""


def upgrade() -> None:
    """Products that are there already get their words."""
    op.add_column("products", sa.Column("pitch", sa.String(), nullable=True))
    shown = sa.CheckConstraint("shown IN ('live', 'video')", name="shown_somewhere")
    op.add_column("products", sa.Column("shown", sa.String(), shown, nullable=True))
    for name, check, condition in (
        ("reviews", "reviews_not_negative", "reviews >= 0"),
        ("stars", "stars_of_reviews", "stars BETWEEN reviews AND 5 * reviews"),
    ):
        held = sa.CheckConstraint(condition, name=check)
        op.add_column("products", sa.Column(name, sa.Integer(), held, server_default="0", nullable=False))
    op.create_index("products_in_category", "products", ["category", "id"])
    table = op.create_table(
        "product_words",
        sa.Column(
            "word",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"]),
        sa.PrimaryKeyConstraint("word", "product_id"),
        sqlite_with_rowid=False,
    )
    words = _words()
    while some := list(islice(words, WORDS)):
        op.bulk_insert(table, some)
    op.create_index("words_of_product", "product_words", ["product_id", "word"])


def _words() -> Iterator[dict[str, str | int]]:
    for product, *texts in op.get_bind().execute(sa.text(PRODUCTS)).fetchall():
        yield from ({"word": word, "product_id": product} for word in words_of_product(*texts))
