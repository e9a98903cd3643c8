"""Everything a person wrote or is known by, taken out of every table; what their orders amount to stays."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.rules.erasure import NEUTRAL, erased_handle, is_tombstone, tombstone, without_words
from app.shop.sql import Statement, Work, one_of

_o, _e, _q, _m, _n, _a, _x = (
    t.Order,
    t.OrderEvent,
    t.Request,
    t.Message,
    t.Notification,
    t.Address,
    t.OutsideId,
)
_PERSON: Any = bindparam("person")
_THEIR_ORDERS = select(col(_o.number)).where(col(_o.buyer_id) == _PERSON)
_THEIR_ADDRESSES = select(col(_a.id)).where(col(_a.person_id) == _PERSON)
_OF_OTHER_PLATFORMS = (one_of(col(_x.kind), "person"), col(_x.subject) == _PERSON)


def _noted(table: Any, column: Any) -> Any:
    """Whether what a column of an order's row says is what the person noted when they did something to it."""
    number = table.number if table is _o else table.order_number
    return (
        select(col(_e.n))
        .where(col(_e.order_number) == col(number), col(_e.actor_id) == _PERSON, col(_e.note) == col(column))
        .exists()
    )


def _theirs_or_noted(table: Any, column: Any) -> Statement:
    number = table.number if table is _o else table.order_number
    theirs = or_(col(number).in_(_THEIR_ORDERS), _noted(table, column))
    return Statement(update(table).where(col(column).is_not(None), theirs).values({column.key: None}))


_NOTES = tuple(
    _theirs_or_noted(table, column)
    for table, column in (
        (_o, _o.cancel_text),
        (t.Line, t.Line.cancel_text),
        (_q, _q.answer_note),
        (_q, _q.decision_note),
    )
)
_WORDS = tuple(
    Statement(update(table).where(where).values(dict.fromkeys(columns, to)))
    for table, where, columns, to in (
        (_q, col(_q.buyer_id) == _PERSON, ("text", "photos", "escalated_text"), None),
        (t.Payment, col(t.Payment.order_number).in_(_THEIR_ORDERS), ("token",), None),
        (_m, or_(col(_m.sender_id) == _PERSON, col(_m.order_number).in_(_THEIR_ORDERS)), ("text",), NEUTRAL),
        (_e, or_(col(_e.actor_id) == _PERSON, col(_e.order_number).in_(_THEIR_ORDERS)), ("note",), None),
        (_e, col(_e.actor_id) == _PERSON, ("key",), None),
        (_a, col(_a.person_id) == _PERSON, ("label",), NEUTRAL),
        (
            _a,
            col(_a.person_id) == _PERSON,
            ("recipient", "phone", "lines", "city", "region", "postal_code", "country", "preferred_at"),
            None,
        ),
    )
)
_GONE = tuple(
    Statement(delete(table).where(where))
    for table, where in (
        (_n, col(_n.person_id) == _PERSON),
        (t.ReadMark, col(t.ReadMark.person_id) == _PERSON),
        (t.IdempotencyKey, col(t.IdempotencyKey.actor_id) == _PERSON),
        (t.Member, col(t.Member.person_id) == _PERSON),
        (t.Staff, col(t.Staff.person_id) == _PERSON),
        (t.SignIn, col(t.SignIn.person_id) == _PERSON),
        (t.ApiToken, col(t.ApiToken.person_id) == _PERSON),
        (t.Account, col(t.Account.person_id) == _PERSON),
        (t.Invitation, col(t.Invitation.invited_by) == _PERSON),
        (_x, and_(one_of(col(_x.kind), "address"), col(_x.subject).in_(_THEIR_ADDRESSES))),
    )
)
_RETIRE = Statement(
    update(_a)
    .where(col(_a.person_id) == _PERSON, col(_a.removed_at).is_(None))
    .values(removed_at=bindparam("now"))
)
_PHOTOS = Statement(
    update(t.Photo)
    .where(or_(col(t.Photo.who) == _PERSON, col(t.Photo.order_number).in_(_THEIR_ORDERS)))
    .values(message_n=None, at=0)
)
"""Photos become old ones that were never sent: their files go with the next sweep, once this is done."""
_SAID_BY_THEM = select(col(_m.n)).where(
    col(_m.order_number) == col(_n.order_number), col(_m.n) == -col(_n.n), col(_m.sender_id) == _PERSON
)
_TOLD: tuple[tuple[Any, Any, tuple[Any, ...], Any], ...] = (
    (
        _e,
        _e.facts,
        (_e.order_number, _e.n),
        and_(
            col(_e.order_number).in_(_THEIR_ORDERS),
            or_(col(_e.facts).contains('"change":'), col(_e.facts).contains('"address":')),
        ),
    ),
    (
        _n,
        _n.facts,
        (_n.person_id, _n.at, _n.order_number, _n.n),
        and_(
            or_(
                col(_n.facts).contains('"said":'),
                col(_n.facts).contains('"change":'),
                col(_n.facts).contains('"address":'),
            ),
            or_(col(_n.order_number).in_(_THEIR_ORDERS), _SAID_BY_THEM.exists()),
        ),
    ),
    (
        _q,
        _q.change,
        (_q.id,),
        and_(col(_q.buyer_id) == _PERSON, col(_q.change).is_not(None)),
    ),
)
"""What is told as JSON: its table and column, the key of a row, and which rows may tell of the person."""


def _rewriting() -> Iterator[tuple[Statement, Statement]]:
    for table, column, key, where in _TOLD:
        same = (col(part) == bindparam(f"k{n}") for n, part in enumerate(key))
        yield (
            Statement(select(col(column), *map(col, key)).where(where)),
            Statement(update(table).where(*same).values({column.key: bindparam("told")})),
        )


_REWRITING = tuple(_rewriting())
_IDS = Statement(select(col(_x.source), col(_x.outside_id)).where(*_OF_OTHER_PLATFORMS))
_BURY = Statement(
    update(_x)
    .where(
        *_OF_OTHER_PLATFORMS, col(_x.source) == bindparam("of"), col(_x.outside_id) == bindparam("known_by")
    )
    .values(outside_id=bindparam("tombstone"))
)
_HANDLE = Statement(insert(t.Handle).values(handle=bindparam("handle")))
_NAME = Statement(
    update(t.Person)
    .where(col(t.Person.id) == _PERSON)
    .values(
        handle=bindparam("handle"),
        name=None,
        bio=None,
        language="en",
        time_zone="UTC",
        erased_at=bindparam("now"),
    )
)
_FREE = Statement(delete(t.Handle).where(col(t.Handle.handle) == bindparam("handle")))


def erase(work: Work, person: int, handle: str) -> int:
    """Take out of every table what `person`, now `handle`, wrote and is known by; how many photos go."""
    for statement in (*_NOTES, *_WORDS):
        work.run(statement, person=person)
    work.run(_RETIRE, person=person, now=work.now)
    for select_told, write_told in _REWRITING:
        told = work.rows(select_told, person=person)
        work.many(
            write_told,
            (
                {"told": after} | {f"k{n}": part for n, part in enumerate(key)}
                for before, *key in told
                if (after := without_words(before)) != before
            ),
        )
    photos = work.run(_PHOTOS, person=person)
    for statement in _GONE:
        work.run(statement, person=person)
    for source, outside_id in work.rows(_IDS, person=person):
        if not is_tombstone(outside_id):
            buried = tombstone(source, outside_id)
            work.run(_BURY, person=person, of=source, known_by=outside_id, tombstone=buried)
    new = erased_handle(person)
    if handle != new:
        work.run(_HANDLE, handle=new)
    work.run(_NAME, person=person, handle=new, now=work.now)
    if handle != new:
        work.run(_FREE, handle=handle)
    return photos
