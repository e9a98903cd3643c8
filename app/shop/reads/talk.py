"""The thread of an order: what was written about it, and what happened to it meanwhile."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, case, func, literal, or_, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.cards import OrderSummary, summary
from app.shop.reads.history import EventRow, event_row
from app.shop.reads.order import read_order
from app.shop.rules.errors import NotFound
from app.shop.rules.orders import Action, Role
from app.shop.rules.requests import RequestAction
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement, Work, one_of

PAGE = 30
"""Entries of a thread that are read at first, and more at each step back."""
ALSO_TOLD = (
    *(Action.CANCEL_LINES.value, Action.LATE_PAYMENT.value),
    *(one.value for one in RequestAction if one is not RequestAction.REMIND),
)
"""The events that stand in the thread although the order's status stays: whatever else both must see."""


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo of a message; `small` is its small picture, None where that is lost; sizes are the whole's."""

    id: str
    width: int
    height: int
    small: bytes | None


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message; `mine`: the viewer wrote it, `ours`: somebody of their side. `sender` is a handle."""

    n: int
    at: int
    role: str
    sender: str
    mine: bool
    ours: bool
    text: str
    photos: tuple[PhotoRow, ...]


Entry = MessageRow | EventRow


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread as `role` sees it: its newest entries, the oldest of them first, and the one `before` them.

    `last` is the number of the newest message, `unread` how many of the others' the viewer has not read,
    `seen` up to which message any of the others has read.
    """

    order: OrderSummary
    role: str
    entries: tuple[Entry, ...]
    before: Entry | None
    last: int
    unread: int
    seen: int

    @property
    def more(self) -> bool:
        """Whether there are older entries."""
        return self.before is not None


_m, _p, _e, _ph, _r, _o, _n = t.Message, t.Person, t.OrderEvent, t.Photo, t.ReadMark, t.Order, t.Notification
_NUMBER: Any = bindparam("number")
_MESSAGES = Statement(
    select(col(_m.n), col(_m.at), col(_m.role), col(_p.handle), col(_m.sender_id), col(_m.text))
    .join(_p, col(_p.id) == col(_m.sender_id))
    .where(col(_m.order_number) == _NUMBER)
    .order_by(col(_m.n).desc())
    .limit(bindparam("limit"))
)
_EVENTS = Statement(
    select(
        col(_e.n), col(_e.at), col(_e.role), col(_e.action), col(_e.status_to), col(_e.reason), col(_e.note)
    )
    .where(
        col(_e.order_number) == _NUMBER,
        or_(col(_e.status_from) != col(_e.status_to), one_of(col(_e.action), *ALSO_TOLD)),
    )
    .order_by(col(_e.n).desc())
    .limit(bindparam("limit"))
)
_PHOTOS = Statement(
    select(col(_ph.message_n), col(_ph.id), col(_ph.width), col(_ph.height))
    .where(col(_ph.order_number) == _NUMBER, col(_ph.message_n) >= bindparam("first"))
    .order_by(col(_ph.message_n), col(_ph.at), col(_ph.id))
)


def _mark(person: Any, order: Any) -> Any:
    read = select(col(_r.n)).where(col(_r.order_number) == order, col(_r.person_id) == person)
    return func.coalesce(read.correlate(_n, _m).scalar_subquery(), 0)


_VIEWER: Any = bindparam("viewer")
_THEIRS = (col(_m.order_number) == _NUMBER, col(_m.role) != bindparam("role"))
_reader = (
    select(func.max(col(_r.n)))
    .join(_o, col(_o.number) == col(_r.order_number))
    .join(
        t.Member,
        and_(col(t.Member.shop_id) == col(_o.shop_id), col(t.Member.person_id) == col(_r.person_id)),
        isouter=True,
    )
    .where(
        col(_r.order_number) == _NUMBER,
        case(
            (col(_r.person_id) == col(_o.buyer_id), literal(Role.BUYER.value)),
            (col(t.Member.person_id).is_not(None), literal(Role.SELLER.value)),
            else_=literal(Role.OPERATOR.value),
        )
        != bindparam("role"),
    )
)
_READ = Statement(
    select(
        select(func.max(col(_m.n))).where(col(_m.order_number) == _NUMBER).scalar_subquery(),
        select(func.count()).where(*_THEIRS, col(_m.n) > _mark(_VIEWER, _NUMBER)).scalar_subquery(),
        _reader.scalar_subquery(),
    )
)


def conversation(shop: Shop, actor: Actor, number: int, *, limit: int = PAGE) -> Conversation:
    """The newest `limit` entries about order `number`; raises NotFound where it is not the actor's to see."""
    with shop.snapshot() as work:
        rows, role = read_order(work, actor, "conversation", number)
        last, unread, seen = work.first(_READ, number=number, viewer=actor.id, role=role.value) or (0, 0, 0)
        said = work.rows(_MESSAGES, number=number, limit=limit + 1)
        happened = [event_row(row, role) for row in work.rows(_EVENTS, number=number, limit=limit + 1)]
        photos = _photos(shop, work, number, said)
    messages = [_message(row, actor, role, photos) for row in said]
    entries: list[Entry] = sorted([*happened, *messages], key=_when)
    return Conversation(
        order=summary(rows, role, work.now),
        role=role,
        entries=tuple(entries[-limit:]),
        before=entries[-limit - 1] if len(entries) > limit else None,
        last=last or 0,
        unread=unread,
        seen=seen or 0,
    )


def _when(entry: Entry) -> tuple[int, bool, int]:
    return entry.at, isinstance(entry, MessageRow), entry.n


def _message(row: Row, actor: Actor, role: Role, photos: dict[int, tuple[PhotoRow, ...]]) -> MessageRow:
    n, at, side, sender, sender_id, text = row
    return MessageRow(n, at, side, sender, sender_id == actor.id, side == role.value, text, photos.get(n, ()))


def _photos(shop: Shop, work: Work, number: int, said: list[Row]) -> dict[int, tuple[PhotoRow, ...]]:
    """The photos of these messages, by the message's number."""
    found: defaultdict[int, tuple[PhotoRow, ...]] = defaultdict(tuple)
    if said:
        for n, photo, width, height in work.rows(_PHOTOS, number=number, first=said[-1][0]):
            found[n] += (PhotoRow(photo, width, height, shop.photos.small(photo)),)
    return found


_PHOTO = Statement(
    select(col(_ph.order_number), col(_ph.message_n), col(_ph.who)).where(col(_ph.id) == bindparam("photo"))
)


def photo(shop: Shop, actor: Actor, photo: str, *, small: bool = False) -> bytes:
    """The picture of a photo, or its `small` one; raises NotFound where it is not the actor's to see.

    One that was not sent yet is only there for who added it.
    """
    with shop.snapshot() as work:
        found = work.first(_PHOTO, photo=photo)
        if found is None or (found[1] is None and found[2] != actor.id):
            raise NotFound("no_such_photo")
        try:
            read_order(work, actor, "conversation", found[0])
        except NotFound as missing:  # not even of which order it is
            raise NotFound("no_such_photo") from missing
    content = shop.photos.small(photo) if small else shop.photos.whole(photo)
    if content is None:
        raise NotFound("no_such_photo")
    return content


_side = case(
    (col(_o.buyer_id) == _VIEWER, literal(Role.BUYER.value)),
    (
        select(col(t.Member.person_id))
        .where(col(t.Member.shop_id) == col(_o.shop_id), col(t.Member.person_id) == _VIEWER)
        .correlate(_o)
        .exists(),
        literal(Role.SELLER.value),
    ),
    else_=literal(Role.OPERATOR.value),
)
_UNREAD = Statement(
    select(
        col(_n.order_number),
        select(func.count())
        .where(
            col(_m.order_number) == col(_n.order_number),
            col(_m.n) > _mark(_VIEWER, col(_n.order_number)),
            col(_m.role) != _side,
        )
        .scalar_subquery(),
    )
    .join(_o, col(_o.number) == col(_n.order_number))
    .where(col(_n.person_id) == _VIEWER, col(_n.read_at).is_(None), col(_n.n) < 0)
)


def unread_threads(shop: Shop, actor: Actor) -> dict[int, int]:
    """How many messages wait to be read in each thread that the actor was told of, by the order's number."""
    with shop.look() as work:
        return dict(work.rows(_UNREAD, viewer=actor.id))
