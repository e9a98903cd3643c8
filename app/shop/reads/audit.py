"""The audit trail: everything that happened to any order, newest first, for the platform's staff."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from sqlalchemy import bindparam, select, tuple_
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.orders import number_named
from app.shop.reads.reasons import require_staff
from app.shop.reads.spreadsheet import iso
from app.shop.rules.errors import NotFound
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement, Work

PAGE = 30
"""Entries on one page."""
CHUNK = 1_000
"""Entries looked through per statement."""
REACH = 10_000
"""Entries looked through for one page, however few are found: people wait for it."""

Key = tuple[int, int, int]
"""Where an entry stands: its time, its order's number, its n."""
_FAR: Key = (2**62, 0, 0)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One event; `by` is the handle of who did it, None where that was no person."""

    at: int
    order_number: int
    n: int
    role: str
    action: str
    status_from: str | None
    status_to: str
    reason: str | None
    note: str | None
    due_at: int | None
    by: str | None
    buyer: str

    @property
    def key(self) -> Key:
        """Where it stands in the trail."""
        return self.at, self.order_number, self.n


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for; None does not limit it.

    `person` is a handle: of who did it, or of whose order it is. `since` counts, `until` does not (ms UTC).
    """

    number: int | None = None
    person: str | None = None
    action: str | None = None
    reason: str | None = None
    since: int | None = None
    until: int | None = None

    def matches(self, row: Row) -> bool:
        """Whether the entry of this row is searched for, its time aside."""
        return (
            (self.person is None or self.person in row[_BY:])
            and (self.action is None or self.action == row[_ACTION])
            and (self.reason is None or self.reason == row[_REASON])
        )


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some entries; `end` is what the next page comes `before`, None where there is nothing further.

    A page that has looked far enough ends before it is full, even empty.
    """

    entries: tuple[AuditEntry, ...]
    end: Key | None


_e, _o, _p = t.OrderEvent, t.Order, t.Person
_buyer = t.Person.__table__.alias("buyer")  # type: ignore[attr-defined]
_TRAIL = (
    select(
        col(_e.at),
        col(_e.order_number),
        col(_e.n),
        col(_e.role),
        col(_e.action),
        col(_e.status_from),
        col(_e.status_to),
        col(_e.reason),
        col(_e.note),
        col(_e.due_at),
        col(_p.handle),
        _buyer.c.handle,
    )
    .join(_o, col(_o.number) == col(_e.order_number))
    .join(_buyer, _buyer.c.id == col(_o.buyer_id))
    .join(_p, col(_p.id) == col(_e.actor_id), isouter=True)
    .where(
        # The time alone tells the index where to begin; the rest sorts out what happened at that moment.
        col(_e.at) <= bindparam("before_at"),
        col(_e.at) >= bindparam("since"),
        tuple_(col(_e.at), col(_e.order_number), col(_e.n))
        < tuple_(bindparam("before_at"), bindparam("before_number"), bindparam("before_n")),
    )
    .order_by(col(_e.at).desc(), col(_e.order_number).desc(), col(_e.n).desc())
    .limit(bindparam("limit"))
)
_NEWEST = Statement(_TRAIL)
_OF_ORDER = Statement(_TRAIL.where(col(_e.order_number) == bindparam("number")))
_PERSON = Statement(select(col(_p.id)).where(col(_p.handle) == bindparam("handle")))


def audit_trail(
    shop: Shop, actor: Actor, asked: Asked = Asked(), *, before: Key | None = None, limit: int = PAGE
) -> AuditPage:
    """A page of what is asked for, newest first, from before the entry with the key `before` on.

    Raises NotFound for who is not of the platform's staff, and for a person there is not.
    """
    with shop.snapshot() as work:
        _may(work, actor, asked)
        return _page(work, asked, before, limit)


def audit_entries(shop: Shop, actor: Actor, asked: Asked = Asked()) -> Iterator[AuditEntry]:
    """Everything that is asked for, newest first, read piece by piece: as many as there are fit in little.

    Raises as `audit_trail` does, with the first piece.
    """
    before: Key | None = None
    while True:
        with shop.snapshot() as work:
            _may(work, actor, asked)
            page = _page(work, asked, before, CHUNK)
        yield from page.entries
        if page.end is None:
            return
        before = page.end


def asked_about(shop: Shop, actor: Actor, text: str) -> Asked:
    """What somebody means who types `text`: an order by any of its numbers, else a person by handle.

    Raises NotFound for who is not of the platform's staff.
    """
    text = text.strip()
    with shop.look() as work:
        require_staff(work, actor)
        if not text:
            return Asked()
        try:
            return Asked(number=number_named(work, text))
        except NotFound:
            return Asked(person=text.removeprefix("@"))


def _may(work: Work, actor: Actor, asked: Asked) -> None:
    require_staff(work, actor)
    if asked.person is not None and work.first(_PERSON, handle=asked.person) is None:
        raise NotFound("no_such_person", {"handle": asked.person})


def _page(work: Work, asked: Asked, before: Key | None, limit: int) -> AuditPage:
    """Up to `limit` entries out of `REACH`."""
    at = before or (_FAR if asked.until is None else (asked.until, 0, 0))
    narrow = replace(asked, number=None, since=None, until=None) != Asked()
    found = list[AuditEntry]()
    for _ in range(REACH // CHUNK):
        most = CHUNK if narrow else limit + 1
        rows = _rows(work, asked, at, most)
        found += [AuditEntry(*row) for row in rows if asked.matches(row)]
        if len(found) > limit:
            return AuditPage(tuple(found[:limit]), found[limit - 1].key)
        if len(rows) < most:
            return AuditPage(tuple(found), None)
        at = rows[-1][0], rows[-1][1], rows[-1][2]
    return AuditPage(tuple(found), at)


def _rows(work: Work, asked: Asked, before: Key, limit: int) -> list[Row]:
    return work.rows(
        _NEWEST if asked.number is None else _OF_ORDER,
        number=asked.number,
        since=asked.since or 0,
        before_at=before[0],
        before_number=before[1],
        before_n=before[2],
        limit=limit,
    )


HEADER = tuple(field.name for field in fields(AuditEntry))
"""The names of an entry's values, for tables and files."""
_ACTION, _REASON, _BY = (HEADER.index(name) for name in ("action", "reason", "by"))


def as_text(entry: AuditEntry) -> tuple[str | int | None, ...]:
    """An entry's values in that order as other programs get them: times in ISO 8601, its number as text."""
    told = {"at": iso(entry.at), "order_number": str(entry.order_number), "due_at": iso(entry.due_at)}
    return tuple(told[name] if name in told else getattr(entry, name) for name in HEADER)
