"""What buyer and seller write to each other about an order: messages, photos, and how far each has read."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlmodel import Field, SQLModel

from app.shop.tables.columns import KEYED, big, part, partial, to


class Message(SQLModel, table=True):
    """Something that was written about an order; `role` is what its sender was to the order then."""

    __tablename__ = "messages"
    __table_args__ = (Index("messages_by_time", "at"), KEYED)
    order_number: int = part(foreign_key="orders.number")
    n: int = part()
    at: int = big()
    sender_id: int = to("people.id")
    role: str
    text: str


class Photo(SQLModel, table=True):
    """A photo that `who` added to an order; the picture itself is a file named by `id`.

    `message_n` is the message it came with; none while it was not sent, or where it is no message's.
    Width and height are of the picture as it is kept, `bytes` is the size of its file.
    """

    __tablename__ = "photos"
    __table_args__ = (
        ForeignKeyConstraint(
            ["order_number", "message_n"], ["messages.order_number", "messages.n"], name="photo_of_message"
        ),
        CheckConstraint("width > 0 AND height > 0 AND bytes > 0", name="photo_has_a_size"),
        Index("photos_of_order", "order_number", "message_n"),
        partial("photos_unsent", "at", where="message_n IS NULL"),
        KEYED,
    )
    id: str = Field(primary_key=True)
    order_number: int = to("orders.number")
    message_n: int | None = big(default=None)
    who: int = to("people.id")
    at: int = big()
    mime: str
    width: int
    height: int
    bytes: int = big()


class ReadMark(SQLModel, table=True):
    """How far a person has read the messages of an order: up to the one with this `n`."""

    __tablename__ = "read_marks"
    __table_args__ = (KEYED,)
    order_number: int = part(foreign_key="orders.number")
    person_id: int = part(foreign_key="people.id")
    n: int = big()
