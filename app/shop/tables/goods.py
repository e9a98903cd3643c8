"""What there is to buy, and what makes it cheaper."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from app.shop.tables.columns import big, identity, to


class Product(SQLModel, table=True):
    """A product of a shop, as one creator promotes it."""

    __tablename__ = "products"
    __table_args__ = (Index("products_of_shop", "shop_id"),)
    id: int = identity()
    shop_id: int = to("shops.id")
    creator_id: int | None = to("creators.id", default=None)
    title: str
    picture: str | None = None
    category: str | None = None


class Variant(SQLModel, table=True):
    """What is actually sold: a colour, size or type of a product. Its stock is a balance."""

    __tablename__ = "variants"
    __table_args__ = (
        Index("variants_of_product", "product_id"),
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
    __table_args__ = (Index("vouchers_of_shop", "shop_id"),)
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
