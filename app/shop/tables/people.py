"""Who there is: people, shops with their members, the platform's staff, creators, addresses."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.shop.tables.columns import KEYED, Id, big, identity, part, partial, to


class Handle(SQLModel, table=True):
    """One name space over people and shops."""

    __tablename__ = "handles"
    __table_args__ = (KEYED,)
    handle: str = Field(primary_key=True)


class Person(SQLModel, table=True):
    """A person; what they are to an order follows from the order. Who was erased has nothing but a handle."""

    __tablename__ = "people"
    __table_args__ = (partial("people_erased", "erased_at", where="erased_at IS NOT NULL"),)
    id: int = identity()
    handle: str = Field(foreign_key="handles.handle", unique=True)
    name: str | None = None
    bio: str | None = None
    language: str = "en"
    time_zone: str = "UTC"
    joined_at: int = big()
    erased_at: int | None = big(default=None)


class Shop(SQLModel, table=True):
    """A shop that sells."""

    __tablename__ = "shops"
    id: int = identity()
    handle: str = Field(foreign_key="handles.handle", unique=True)
    name: str | None = None
    time_zone: str = "UTC"
    joined_at: int = big()


class Member(SQLModel, table=True):
    """A person who acts for a shop."""

    __tablename__ = "members"
    __table_args__ = (Index("members_of_person", "person_id"), KEYED)
    shop_id: int = part(foreign_key="shops.id")
    person_id: int = part(foreign_key="people.id")


class Staff(SQLModel, table=True):
    """A person who acts for the platform."""

    __tablename__ = "staff"
    person_id: int = Field(
        primary_key=True, sa_type=Id, foreign_key="people.id", sa_column_kwargs={"autoincrement": False}
    )


class Creator(SQLModel, table=True):
    """Somebody who shows products."""

    __tablename__ = "creators"
    id: int = identity()
    handle: str = Field(unique=True)
    name: str | None = None


class Address(SQLModel, table=True):
    """Where a person has parcels sent. What it says never changes: orders keep where they were sent to.

    `removed_at` is when the person no longer wanted to see it, `preferred_at` since when it is the one that
    is taken where none is named: one of a person, as the database holds.
    """

    __tablename__ = "addresses"
    __table_args__ = (
        Index("addresses_of_person", "person_id"),
        partial("one_preferred_address", "person_id", where="preferred_at IS NOT NULL", unique=True),
    )
    id: int = identity()
    person_id: int = to("people.id")
    label: str
    recipient: str | None = None
    phone: str | None = None
    lines: str | None = None
    city: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str | None = None
    removed_at: int | None = big(default=None)
    preferred_at: int | None = big(default=None)
