"""Reading one's notifications."""

from sqlalchemy import bindparam, update
from sqlmodel import col

from app.shop.retry import transact
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement
from app.shop.tables import Notification

_n = Notification
_UNREAD = (col(_n.person_id) == bindparam("person"), col(_n.read_at).is_(None))
_READ_ALL = Statement(update(_n).where(*_UNREAD).values(read_at=bindparam("now")))
_READ_ORDER = Statement(
    update(_n).where(*_UNREAD, col(_n.order_number) == bindparam("number")).values(read_at=bindparam("now"))
)


def mark_read(shop: Shop, actor: Actor, number: int | None = None, *, key: str = "") -> Done:  # noqa: ARG001
    """Mark the actor's notifications about one order, or all of them, as read.

    Doing it twice is doing it once, so the key is not kept.
    """
    statement = _READ_ALL if number is None else _READ_ORDER
    read = transact(shop, lambda work: work.run(statement, person=actor.id, number=number, now=work.now))
    return Done({"read": read}, frozenset({actor.id}))
