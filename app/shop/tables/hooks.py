"""Webhooks: where events are told, what is still to be told there, who may tell of orders and money."""

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field, SQLModel

from app.shop.tables.columns import KEYED, big, identity, part, partial, to

_WAITS = "due_at IS NOT NULL"


class Hook(SQLModel, table=True):
    """An address that is told each event of a shop's orders; shop_id 0: of all orders.

    `failing_since` is since when nothing arrives there, `off_at` when it was switched off for that.
    """

    __tablename__ = "hooks"
    __table_args__ = (Index("hooks_of_shop", "shop_id"),)
    id: int = identity()
    shop_id: int = big()
    url: str
    added_by: int = big()
    added_at: int = big()
    failing_since: int | None = big(default=None)
    off_at: int | None = big(default=None)


class HookDelivery(SQLModel, table=True):
    """An event that an address is to be told: made by the database with the event, gone when it arrived.

    While it is being sent, `due_at` is when it counts as not sent. One that was given up has no `due_at`.
    """

    __tablename__ = "hook_deliveries"
    __table_args__ = (
        ForeignKeyConstraint(["order_number", "n"], ["events.order_number", "events.n"], name="told_event"),
        partial("hook_deliveries_due", "hook_id", "due_at", where=_WAITS),
        KEYED,
    )
    hook_id: int = part(foreign_key="hooks.id")
    order_number: int = part()
    n: int = part()
    due_at: int | None = big(default=None)
    attempts: int = 0
    failed_at: int | None = big(default=None)
    trouble: str | None = None


class HookSource(SQLModel, table=True):
    """A system that may tell of the orders and payments of a shop; `personal`: names and addresses too."""

    __tablename__ = "hook_sources"
    __table_args__ = (Index("hook_sources_of_shop", "shop_id"),)
    id: int = identity()
    shop_id: int = to("shops.id")
    personal: bool = False
    added_by: int = big()
    added_at: int = big()


class HookReceived(SQLModel, table=True):
    """A message that came: it does nothing a second time."""

    __tablename__ = "hook_received"
    __table_args__ = (Index("hook_received_by_time", "at"), KEYED)
    source_id: int = part(foreign_key="hook_sources.id")
    message: str = Field(primary_key=True)
    at: int = big()


class HookPayment(SQLModel, table=True):
    """Money that a source told of, once under its `reference`; `order_told` is what the order is called.

    `due_at` is when it is looked at again, None once it is booked or cannot be (`trouble`).
    """

    __tablename__ = "hook_payments"
    __table_args__ = (
        Index("hook_payments_of_order", "order_number"),
        partial("hook_payments_waiting", "source_id", "due_at", where=_WAITS),
        KEYED,
    )
    source_id: int = part(foreign_key="hook_sources.id")
    reference: str = Field(primary_key=True)
    order_told: str
    currency: str
    amount_minor: int = big()
    at: int = big()
    due_at: int | None = big(default=None)
    order_number: int | None = to("orders.number", default=None)
    trouble: str | None = None
