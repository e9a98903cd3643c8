"""What the shop remembers: policies, answered commands, and names from other platforms."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.shop.tables.columns import KEYED, big, part, to


class PolicyRow(SQLModel, table=True):
    """The settings of the platform (shop_id 0) or a shop from a moment on: append-only, newest counts."""

    __tablename__ = "policies"
    __table_args__ = (KEYED,)
    shop_id: int = part()
    n: int = part()
    at: int = big()
    actor_id: int = big()
    settings: str


class Secret(SQLModel, table=True):
    """What no other store has, made once: `value` is 64 hexadecimal digits for what `kind` says."""

    __tablename__ = "secrets"
    __table_args__ = (KEYED,)
    kind: str = Field(primary_key=True)
    value: str


class IdempotencyKey(SQLModel, table=True):
    """What a command with this key answered; kept 30 days."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("idempotency_keys_by_time", "at"), KEYED)
    actor_id: int = part()
    key: str = Field(primary_key=True)
    fingerprint: str
    answer: str
    people: str
    at: int = big()


class OutsideNumber(SQLModel, table=True):
    """The number an order has on the platform it came from."""

    __tablename__ = "outside_numbers"
    __table_args__ = (
        Index("outside_numbers_by_text", "outside_number"),
        Index("outside_numbers_of_order", "order_number", unique=True),
        KEYED,
    )
    source: str = Field(primary_key=True)
    shop_id: int = part(foreign_key="shops.id")
    outside_number: str = Field(primary_key=True)
    order_number: int = to("orders.number")


class OutsideId(SQLModel, table=True):
    """Whom or what an id of another platform means here: a person, shop, product or variant."""

    __tablename__ = "outside_ids"
    __table_args__ = (KEYED,)
    source: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    outside_id: str = Field(primary_key=True)
    subject: int = big()
