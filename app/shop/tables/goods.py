"""What there is to buy, and what makes it cheaper."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from app.shop.tables.columns import KEYED, BySign, big, identity, part, to


class Product(SQLModel, table=True):
    """A product of a shop, as one creator promotes it.

    `pitch` is what the creator says of it, `shown` where: 'live' or in a 'video'. `stars` are those of all
    `reviews` together, one to five each.
    """

    __tablename__ = "products"
    __table_args__ = (
        Index("products_of_shop", "shop_id"),
        Index("products_in_category", "category", "id"),
    )
    id: int = identity()
    shop_id: int = to("shops.id")
    creator_id: int | None = to("creators.id", default=None)
    title: str
    picture: str | None = None
    category: str | None = None
    pitch: str | None = None
    # The checks stand with their columns, as only there SQLite can add them to a table that is referred to.
    shown: str | None = Field(
        default=None, sa_column_args=[CheckConstraint("shown IN ('live', 'video')", name="shown_somewhere")]
    )
    reviews: int = Field(
        default=0,
        sa_column_args=[CheckConstraint("reviews >= 0", name="reviews_not_negative")],
        sa_column_kwargs={"server_default": "0"},
    )
    stars: int = Field(
        default=0,
        sa_column_args=[CheckConstraint("stars BETWEEN reviews AND 5 * reviews", name="stars_of_reviews")],
        sa_column_kwargs={"server_default": "0"},
    )


class ProductWord(SQLModel, table=True):
    """A word that a product is found by, folded; its key is the way from a word to the newest products."""

    __tablename__ = "product_words"
    __table_args__ = (Index("words_of_product", "product_id", "word"), KEYED)
    word: str = Field(primary_key=True, sa_type=BySign)
    product_id: int = part(foreign_key="products.id")


class Variant(SQLModel, table=True):
    """What is actually sold: a colour, size or type of a product. Its stock is a balance."""

    __tablename__ = "variants"
    __table_args__ = (
        Index("variants_of_product", "product_id"),
        Index("variants_by_currency", "currency", "product_id"),
        CheckConstraint("price_minor >= 0", name="price_not_negative"),
    )
    id: int = identity()
    product_id: int = to("products.id")
    name: str
    currency: str
    price_minor: int = big()
    picture: str | None = None


class Voucher(SQLModel, table=True):
    """A discount anyone may use while uses are left; its uses are a balance. No shop: the platform's own."""

    __tablename__ = "vouchers"
    __table_args__ = (Index("vouchers_running", "shop_id", "currency", "ends_at"),)
    id: int = identity()
    shop_id: int | None = to("shops.id", default=None)
    code: str = Field(unique=True)
    kind: str
    currency: str
    value: int = big()
    least_minor: int = big(default=0)
    most_minor: int | None = big(default=None)
    starts_at: int = big()
    ends_at: int = big()
