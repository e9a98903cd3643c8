"""People as they are shown: a profile, and the accounts one can switch to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from sqlalchemy import bindparam, case, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import for_owner
from app.shop.reads.folding import folded, words_of
from app.shop.reads.keys import among, keys
from app.shop.reads.orders import COUNTED
from app.shop.rules.errors import NotFound
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement, Work

_p, _s, _m, _o = t.Person, t.Shop, t.Member, t.Order

CHUNK = 1_000
"""People looked through per statement."""
SHOWN = 30
"""Accounts shown of those found."""
REACH = 100_000
"""People looked through for one search of accounts."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who looks at the app; `orders` counts up to 100."""

    id: int
    handle: str
    name: str | None
    bio: str | None
    language: str
    time_zone: str
    joined_at: int
    orders: int
    shops: tuple[str, ...]
    staff: bool
    shop_ids: frozenset[int] = frozenset()
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody one can switch to; `shop` is the shop they act for."""

    id: int
    handle: str
    name: str | None
    orders: int
    shop: str | None
    staff: bool


_PROFILE = Statement(
    select(
        col(_p.id),
        col(_p.handle),
        col(_p.name),
        col(_p.bio),
        col(_p.language),
        col(_p.time_zone),
        col(_p.joined_at),
        select(func.count())
        .select_from(
            select(col(_o.number)).where(col(_o.buyer_id) == bindparam("person")).limit(COUNTED).subquery()
        )
        .scalar_subquery(),
        select(col(t.Staff.person_id)).where(col(t.Staff.person_id) == col(_p.id)).scalar_subquery(),
        col(_p.erased_at),
    ).where(col(_p.id) == bindparam("person"))
)
_SHOPS = Statement(
    select(col(_s.handle), col(_s.id))
    .join(_m, col(_m.shop_id) == col(_s.id))
    .where(col(_m.person_id) == bindparam("person"))
    .order_by(col(_s.handle))
)


def profile_of(shop: Shop, actor: Actor) -> Profile:
    """The actor's profile; raises NotFound where there is no such person."""
    with shop.snapshot() as work:
        row = work.first(_PROFILE, person=actor.id)
        if row is None:
            raise NotFound("no_such_person", {"person": str(actor.id)})
        shops = work.rows(_SHOPS, person=actor.id)
    handles, ids = tuple(handle for handle, _ in shops), frozenset(one for _, one in shops)
    staff, erased = row[8] is not None, row[9] is not None
    return Profile(*row[:8], handles, staff, ids, erased)  # type: ignore[call-arg]


_shop_of = (
    select(func.min(col(_s.handle)))
    .join(_m, col(_m.shop_id) == col(_s.id))
    .where(col(_m.person_id) == col(_p.id))
    .scalar_subquery()
)
_order_count = select(func.count()).select_from(_o).where(col(_o.buyer_id) == col(_p.id)).scalar_subquery()
_staff = select(col(t.Staff.person_id)).where(col(t.Staff.person_id) == col(_p.id)).scalar_subquery()
_THERE = col(_p.erased_at).is_(None)
_NAMES = (
    select(col(_p.handle), col(_p.name), col(_p.id))
    .where(_THERE)
    .order_by(col(_p.handle))
    .limit(bindparam("limit"))
)
_FROM = Statement(_NAMES.where(col(_p.handle) >= bindparam("handle")))
_AFTER = Statement(_NAMES.where(col(_p.handle) > bindparam("handle")))


@cache
def _these(most: int) -> Statement:
    return Statement(
        select(col(_p.id), col(_p.handle), col(_p.name), _order_count, _shop_of, _staff)
        .where(among(_p.id, most))
        .order_by(col(_p.handle))
    )


_newest = (
    select(col(_o.number), col(_o.buyer_id), col(_o.status))
    .order_by(col(_o.number).desc())
    .limit(1000)
    .subquery()
)
_DEFAULT = Statement(
    select(_newest.c.buyer_id)
    .where(select(col(_p.id)).where(col(_p.id) == _newest.c.buyer_id, _THERE).exists())
    .order_by(case((_newest.c.status == "UNPAID", 0), else_=1), _newest.c.number.desc())
    .limit(1)
)
_FIRST = Statement(select(col(_p.id)).where(_THERE).order_by(col(_p.id)).limit(1))
_STAFF = Statement(select(col(t.Staff.person_id)).order_by(col(t.Staff.person_id)).limit(bindparam("limit")))
_BUYER = Statement(select(col(_o.buyer_id)).where(col(_o.number) == bindparam("number")))
_BY_HANDLE = Statement(select(col(_p.id)).where(col(_p.handle) == bindparam("handle")))


@for_owner
def accounts(shop: Shop, search: str = "", *, limit: int = SHOWN) -> tuple[Account, ...]:
    """People who hold every word of `search` in handle or name, by handle; whose handle begins so, first.

    Without words it is everyone, the platform's staff first: one would not find them by chance.
    Case and accents do not count. Of more than `REACH` people the last are found by that beginning alone.
    """
    with shop.snapshot() as work:
        return accounts_among(work, search, limit)


def accounts_among(work: Work, search: str, limit: int) -> tuple[Account, ...]:
    """As `accounts`, for those who may know of everybody."""
    words = words_of(search)
    start = "".join(words)
    rows = work.rows(_FROM, handle=start, limit=limit)
    first = {row[2] for row in rows if row[0].startswith(start)}
    if not words:
        first = {person for (person,) in work.rows(_STAFF, limit=limit)}
    others = (row[2] for row in _holding(work, words) if row[2] not in first)
    found = (*first, *islice(others, limit - len(first)))
    rows = work.rows(_these(limit), **keys(found))
    rows.sort(key=lambda row: row[0] not in first)
    return tuple(Account(*row[:5], row[5] is not None) for row in rows)  # type: ignore[call-arg]


def _holding(work: Work, words: tuple[str, ...]) -> Iterator[Row]:
    """Handle, name and id of those who hold every word, by handle."""
    after = ""
    for _ in range(REACH // CHUNK):
        rows = work.rows(_AFTER, handle=after, limit=CHUNK)
        if _hold(words, rows):  # most hold none, and all at once they are told faster
            yield from (row for row in rows if _hold(words, [row]))
        if len(rows) < CHUNK:
            return
        after = rows[-1][0]


def _hold(words: tuple[str, ...], rows: list[Row]) -> bool:
    text = folded("\n".join([f"{handle}\n{name or ''}" for handle, name, _ in rows]))
    return all(word in text for word in words)


@for_owner
def person_by_handle(shop: Shop, handle: str) -> Actor:
    """The person with this handle; raises NotFound where there is none."""
    with shop.look() as work:
        row = work.first(_BY_HANDLE, handle=handle)
    if row is None:
        raise NotFound("no_such_person", {"handle": handle})
    return Actor(row[0])


@for_owner
def default_account(shop: Shop) -> int | None:
    """Whose phone it is at the first start: who has the newest unpaid order, else the newest, else anyone."""
    with shop.look() as work:
        row = work.first(_DEFAULT) or work.first(_FIRST)
    return int(row[0]) if row else None


_MEMBER = Statement(
    select(func.min(col(_m.person_id)))
    .select_from(_o)
    .join(_m, col(_m.shop_id) == col(_o.shop_id))
    .where(col(_o.number) == bindparam("number"))
)
_OPERATOR = Statement(select(func.min(col(t.Staff.person_id))))


@for_owner
def member_for(shop: Shop, number: int) -> Actor:
    """Who acts for the shop of order `number`; raises NotFound where nobody does."""
    with shop.look() as work:
        row = work.first(_MEMBER, number=number)
    if row is None or row[0] is None:
        raise NotFound("nobody_sells", {"number": str(number)})
    return Actor(row[0])


@for_owner
def buyer_of(shop: Shop, number: int) -> Actor:
    """Who bought order `number`; raises NotFound where there is no such order."""
    with shop.look() as work:
        row = work.first(_BUYER, number=number)
    if row is None:
        raise NotFound("no_such_order", {"number": str(number)})
    return Actor(row[0])


@for_owner
def an_operator(shop: Shop) -> Actor:
    """The first of the platform's staff; raises NotFound where it has none."""
    with shop.look() as work:
        row = work.first(_OPERATOR)
    if row is None or row[0] is None:
        raise NotFound("no_operator")
    return Actor(row[0])
