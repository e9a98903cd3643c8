"""Talking about an order: messages, and how far they were read. The order itself is never written."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, and_, bindparam, cast, func, insert, literal, select, union, update
from sqlmodel import col

from app.shop import once
from app.shop import tables as t
from app.shop.actions.opened import Opened
from app.shop.actions.thread import Thread, open_thread
from app.shop.rules.errors import Invalid, NotFound
from app.shop.rules.orders import Role
from app.shop.rules.words import MESSAGE, PHOTOS, clean
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work, as_json

TOLD = "message"
"""The code of the notification of a message; its number is that of the message, below zero: those of events
are above."""
SAID = 120
"""Characters of a message that its notification takes along."""

_m, _ph, _r, _n = t.Message, t.Photo, t.ReadMark, t.Notification
_NUMBER: Any = bindparam("number")
_WRITE = Statement(
    insert(_m).values(
        {name: bindparam(name) for name in ("order_number", "n", "at", "sender_id", "role", "text")}
    )
)
_NEXT = Statement(select(func.coalesce(func.max(col(_m.n)), 0) + 1).where(col(_m.order_number) == _NUMBER))
_ATTACH = Statement(
    update(_ph)
    .where(
        col(_ph.id).in_([bindparam(f"photo{n}") for n in range(PHOTOS)]),
        col(_ph.order_number) == _NUMBER,
        col(_ph.who) == bindparam("actor"),
        col(_ph.message_n).is_(None),
    )
    .values(message_n=bindparam("n"))
)

_taking_part = union(
    select(cast(bindparam("buyer"), t.Id).label("person_id"), literal(Role.BUYER.value).label("role")),
    select(col(t.Member.person_id), literal(Role.SELLER.value)).where(
        col(t.Member.shop_id) == bindparam("shop")
    ),
    select(col(_m.sender_id), col(_m.role)).where(
        col(_m.order_number) == _NUMBER, col(_m.role) == Role.OPERATOR.value
    ),
).subquery()
_read_up_to = func.coalesce(
    select(col(_r.n))
    .where(col(_r.order_number) == _NUMBER, col(_r.person_id) == _taking_part.c.person_id)
    .correlate(_taking_part)
    .scalar_subquery(),
    0,
)
_told_already = cast(
    select(col(_m.n))
    .join(
        _n,
        and_(
            col(_n.person_id) == _taking_part.c.person_id,
            col(_n.at) == col(_m.at),
            col(_n.order_number) == col(_m.order_number),
            col(_n.n) == -col(_m.n),
        ),
    )
    .where(col(_m.order_number) == _NUMBER, col(_m.n) > _read_up_to, col(_n.read_at).is_(None))
    .exists(),
    Integer,
)
_TAKING_PART = Statement(select(_taking_part.c.person_id, _taking_part.c.role, _told_already))
_TELL = Statement(
    insert(_n).values(
        {name: bindparam(name) for name in ("person_id", "at", "order_number", "n", "code", "facts")}
    )
)


@once.action
def send_message(
    shop: Shop, actor: Actor, number: int, text: str, photos: Sequence[str] = (), *, key: str
) -> Done:
    """Write `text` about order `number`, with photos that the actor added to it before; the others are told.

    Who has not yet read the notification of an earlier one gets no second. Raises Invalid for a text that is
    too long, or nothing at all; NotFound for an order or photo that is not theirs.
    """
    wanted = _few(photos)
    mark = once.fingerprint(key, "send_message", number, text, wanted)
    text = clean(text, MESSAGE)
    if not (text or wanted):
        raise Invalid("message_empty")
    with shop.change() as work:
        thread = open_thread(work, actor, "send_message", number, key, mark)
        n = thread.last + 1
        _write(work, actor, thread.role, number, n, text, wanted)
        people = _tell(thread, n, text)
        return once.keep(work, actor, key, mark, Done({"number": str(number), "message": n}, people))


def leave_photos(order: Opened, photos: Sequence[str]) -> None:
    """Put photos of the actor's into the thread of an opened order, as a message without words.

    Raises Invalid for too many, NotFound where one is not theirs, not of this order, or was sent before.
    """
    wanted = _few(photos)
    if wanted:
        work, number = order.work, order.number
        n = int((work.first(_NEXT, number=number) or (1,))[0])
        _write(work, order.actor, order.role, number, n, "", wanted)


def _few(photos: Sequence[str]) -> tuple[str, ...]:
    """Each photo once; raises Invalid for more than a message takes."""
    wanted = tuple(dict.fromkeys(photos))
    if len(wanted) > PHOTOS:
        raise Invalid("photos_at_most", {"count": PHOTOS})
    return wanted


def _write(
    work: Work, actor: Actor, role: Role, number: int, n: int, text: str, photos: tuple[str, ...]
) -> None:
    work.run(_WRITE, order_number=number, n=n, at=work.now, sender_id=actor.id, role=role.value, text=text)
    if photos:
        ids = {f"photo{at}": photo for at, photo in enumerate(photos)}
        if work.run(_ATTACH, number=number, actor=actor.id, n=n, **ids) != len(photos):
            raise NotFound("no_such_photo")


def _tell(thread: Thread, n: int, text: str) -> frozenset[int]:
    """Notify the other sides, each person at most once until they have read it; everyone who takes part."""
    work, sender = thread.work, thread.actor.id
    found = work.rows(_TAKING_PART, number=thread.number, buyer=thread.buyer_id, shop=thread.shop_id)
    sides = {person: role for person, role, _ in sorted(found, reverse=True)}  # a buyer is that before all
    told = {person for person, _, already in found if already}
    facts = as_json(_facts(thread, text))
    work.many(
        _TELL,
        [
            {
                "person_id": person,
                "at": work.now,
                "order_number": thread.number,
                "n": -n,
                "code": TOLD,
                "facts": facts,
            }
            for person, role in sides.items()
            if person not in told and person != sender and role != thread.role.value
        ],
    )
    return frozenset({sender, *sides})


def _facts(thread: Thread, text: str) -> dict[str, Any]:
    return {
        "number": str(thread.number),
        "title": thread.title,
        "status": thread.status,
        "by": thread.role.value,
        "said": text if len(text) <= SAID else f"{text[: SAID - 1]}…",
    }


_MARK = Statement(
    update(_r)
    .where(
        col(_r.order_number) == _NUMBER, col(_r.person_id) == bindparam("person"), col(_r.n) < bindparam("to")
    )
    .values(n=bindparam("to"))
)
_FIRST_MARK = Statement(
    insert(_r).from_select(
        ["order_number", "person_id", "n"],
        select(cast(_NUMBER, t.Id), cast(bindparam("person"), t.Id), cast(bindparam("to"), t.Id)).where(
            ~select(col(_r.n))
            .where(col(_r.order_number) == _NUMBER, col(_r.person_id) == bindparam("person"))
            .exists()
        ),
    )
)
_READ = Statement(
    update(_n)
    .where(
        col(_n.person_id) == bindparam("person"),
        col(_n.read_at).is_(None),
        col(_n.order_number) == _NUMBER,
        col(_n.n) < 0,
        col(_n.n) >= -cast(bindparam("to"), t.Id),
    )
    .values(read_at=bindparam("now"))
)


@once.action
def mark_thread_read(shop: Shop, actor: Actor, number: int, n: int, *, key: str = "") -> Done:  # noqa: ARG001
    """Mark the messages of order `number` up to the one numbered `n` as read, and their notifications.

    Doing it twice is doing it once, so the key is not kept. The others see that their messages were read.
    """
    with shop.change() as work:
        thread = open_thread(work, actor, "mark_thread_read", number)
        values = {"number": number, "person": actor.id, "to": min(n, thread.last)}
        moved = values["to"] > 0 and bool(work.run(_MARK, **values) or work.run(_FIRST_MARK, **values))
        read = work.run(_READ, **values, now=work.now)
        people = _present(work, thread) if moved else frozenset({actor.id})
        return Done({"read": read}, people)


def _present(work: Work, thread: Thread) -> frozenset[int]:
    rows = work.rows(_TAKING_PART, number=thread.number, buyer=thread.buyer_id, shop=thread.shop_id)
    return frozenset({thread.actor.id, *(row[0] for row in rows)})
