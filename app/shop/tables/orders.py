"""Orders: their lines, prices, history, and who was told."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from app.shop.tables.columns import KEYED, big, identity, part, partial, to


class Order(SQLModel, table=True):
    """An order of one buyer from one shop.

    `unplaced` are the cancellations that another platform tells of without the order they take back: nothing
    was placed with them. Of all others it is NULL.
    """

    __tablename__ = "orders"
    __table_args__ = (
        Index("orders_of_buyer", "buyer_id", "number"),
        Index("orders_of_buyer_by_tab", "buyer_id", "tab", "number"),
        Index("orders_of_shop", "shop_id", "number"),
        Index("orders_of_shop_by_tab", "shop_id", "tab", "number"),
        partial("orders_due", "due_at", where="due_at IS NOT NULL"),
        CheckConstraint("total_minor >= 0", name="total_not_negative"),
    )
    number: int = identity()
    buyer_id: int = to("people.id")
    shop_id: int = to("shops.id")
    creator_id: int | None = to("creators.id", default=None)
    status: str
    tab: str
    version: int = 0
    currency: str
    total_minor: int = big()
    line_count: int
    payment_method: str
    address_id: int | None = to("addresses.id", default=None)
    created_at: int = big()
    pay_by: int | None = big(default=None)
    attempted_at: int | None = big(default=None)
    open_charge: int | None = big(default=None)
    extended_at: int | None = big(default=None)
    paid_at: int | None = big(default=None)
    remorse_until: int | None = big(default=None)
    ship_by: int | None = big(default=None)
    collect_by: int | None = big(default=None)
    cancel_sla: int | None = big(default=None)
    tracking: str | None = None
    shipped_at: int | None = big(default=None)
    delivered_at: int | None = big(default=None)
    complete_at: int | None = big(default=None)
    due_at: int | None = big(default=None)
    due_step: str | None = None
    cancelled_at: int | None = big(default=None)
    cancelled_by: str | None = None
    cancel_reason: str | None = None
    cancel_text: str | None = None
    open_request: int | None = big(default=None)
    source: str = "takeback"
    outside_number: str | None = None
    outside_updated_at: int | None = big(default=None)
    flags: str | None = None
    unplaced: bool | None = None


class Line(SQLModel, table=True):
    """One line of an order, as it was bought; `status` only where it departs from the order's."""

    __tablename__ = "lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("unit_minor >= 0 AND total_minor >= 0", name="amounts_not_negative"),
        KEYED,
    )
    order_number: int = part(foreign_key="orders.number")
    n: int = part()
    product_id: int = to("products.id")
    variant_id: int = to("variants.id")
    title: str
    variant: str
    picture: str | None = None
    quantity: int
    unit_minor: int = big()
    discount_minor: int = big(default=0)
    total_minor: int = big()
    status: str | None = None
    cancelled_at: int | None = big(default=None)
    cancelled_by: str | None = None
    cancel_reason: str | None = None
    cancel_text: str | None = None
    outside_id: str | None = None


class PriceEntry(SQLModel, table=True):
    """One row of an order's price sheet; the rows sum to its total."""

    __tablename__ = "price_entries"
    __table_args__ = (KEYED,)
    order_number: int = part(foreign_key="orders.number")
    n: int = part()
    kind: str
    amount_minor: int = big()
    subject: int | None = big(default=None)


class OrderEvent(SQLModel, table=True):
    """Something that happened to an order. Append-only; `n` is the version of the order it made."""

    __tablename__ = "events"
    __table_args__ = (Index("events_by_time", "at"), KEYED)
    order_number: int = part(foreign_key="orders.number")
    n: int = part()
    at: int = big()
    actor_id: int = big()
    role: str
    action: str
    status_from: str | None = None
    status_to: str
    reason: str | None = None
    note: str | None = None
    due_at: int | None = big(default=None)
    key: str | None = None
    facts: str | None = None


class Notification(SQLModel, table=True):
    """One entry of a person's inbox: a code and its parameters, drawn in the reader's language."""

    __tablename__ = "notifications"
    __table_args__ = (
        partial("notifications_unread", "person_id", where="read_at IS NULL"),
        KEYED,
    )
    person_id: int = part(foreign_key="people.id")
    at: int = part()
    order_number: int = part(foreign_key="orders.number")
    n: int = part()
    code: str
    facts: str
    read_at: int | None = big(default=None)
