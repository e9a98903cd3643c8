"""Insights of a shop: what was cancelled, when, why, of what and through whom; how requests were answered.

All of it is read from the tallies, so that it costs the same however many orders there are.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, bindparam, case, cast, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import see_into
from app.shop.reads.spans import Span, filled
from app.shop.reads.tallied import everything, taken_apart, within
from app.shop.reads.viewer import STAFF, member_of
from app.shop.rules.errors import NotFound
from app.shop.rules.policy import DAY
from app.shop.rules.tallies import ANSWER_BOUNDS, RANGES, Counted
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement, Work

SHOWN = 8
"""Variants and creators that are shown; a file has them all."""
ALL = 2**31 - 1

_s, _y = t.Shop, t.Tally


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Orders cancelled for a reason (its code, empty where none was told), and which share that is."""

    code: str
    cancelled: int
    share: float


@dataclass(frozen=True, slots=True)
class VariantCount:
    """Pieces of a variant that were cancelled and ordered in the same days."""

    variant_id: int
    title: str
    variant: str
    cancelled: int
    placed: int

    @property
    def rate(self) -> float | None:
        """Cancelled to ordered; None where none was ordered in these days."""
        return _rate(self.cancelled, self.placed)


@dataclass(frozen=True, slots=True)
class CreatorCount:
    """Orders through a creator that were cancelled and placed in the same days."""

    creator_id: int
    handle: str
    cancelled: int
    placed: int

    @property
    def rate(self) -> float | None:
        """Cancelled to placed; None where none was placed in these days."""
        return _rate(self.cancelled, self.placed)


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """How long the seller took to answer: answers by group of `ANSWER_BOUNDS`, and all their milliseconds."""

    groups: tuple[int, ...]
    total_ms: int

    @property
    def answered(self) -> int:
        """Requests answered."""
        return sum(self.groups)

    @property
    def mean_ms(self) -> int | None:
        """The mean, None where nothing was answered."""
        return self.total_ms // self.answered if self.answered else None

    @property
    def median_group(self) -> int | None:
        """The group in which half of the answers are reached, None where nothing was answered."""
        reached = 0
        for group, n in enumerate(self.groups):
            reached += n
            if n and 2 * reached >= self.answered:
                return group
        return None


@dataclass(frozen=True, slots=True)
class Refunded:
    """Refunds in one currency, and what they sum up to in minor units."""

    currency: str
    refunds: int
    total_minor: int


@dataclass(frozen=True, slots=True)
class Insights:
    """A shop over some days; what was most cancelled stands first."""

    shop: str
    name: str | None
    per_day: tuple[Span, ...]
    reasons: tuple[ReasonCount, ...]
    variants: tuple[VariantCount, ...]
    creators: tuple[CreatorCount, ...]
    answers: AnswerTimes
    refunded: tuple[Refunded, ...]

    @property
    def whole(self) -> Span:
        """All its days as one."""
        return Span.of(self.per_day)


def _rate(some: int, of: int) -> float | None:
    return some / of if of else None


_SHOP = Statement(
    select(
        col(_s.id),
        col(_s.handle),
        col(_s.name),
        member_of(col(_s.id)),
        STAFF,
    ).where(col(_s.handle) == bindparam("handle"))
)
_COUNTED_DAILY = (Counted.PLACED, Counted.CANCELLED, Counted.ANSWERED, Counted.AUTO_APPROVED)


_DAYS = Statement(
    select(col(_y.kind), col(_y.day), func.sum(col(_y.n)))
    .where(*within(_COUNTED_DAILY, 1, "first", "last"))
    .group_by(col(_y.kind), col(_y.day))
)
_b = everything(Counted.REASON_CANCELLED, Counted.ANSWERED, Counted.REFUNDED)
_n = func.sum(_b.c.n)
_SUBJECTS = Statement(
    select(_b.c.kind, _b.c.subject, _n, func.sum(_b.c.total))
    .group_by(_b.c.kind, _b.c.subject)
    .having(_n != 0)
    .order_by(_n.desc(), _b.c.subject)
)


def _most(cancelled: Counted, placed: Counted) -> Any:
    """The subjects most cancelled, with how many of each were placed."""
    both = everything(cancelled, placed)
    gone, all_of_them = (
        func.sum(case((both.c.kind == kind.value, both.c.n), else_=0)) for kind in (cancelled, placed)
    )
    number = cast(both.c.subject, BigInteger).label("id")  # as text, 137 would stand before 97
    return (
        select(
            number,
            gone.label("cancelled"),
            all_of_them.label("placed"),
        )
        .group_by(both.c.subject)
        .having(gone > 0)
        .order_by(gone.desc(), all_of_them, number)
        .limit(bindparam("most"))
        .subquery()
    )


_v = _most(Counted.VARIANT_CANCELLED, Counted.VARIANT_PLACED)
_VARIANTS = Statement(
    select(_v.c.id, col(t.Product.title), col(t.Variant.name), _v.c.cancelled, _v.c.placed)
    .join(t.Variant, col(t.Variant.id) == _v.c.id)
    .join(t.Product, col(t.Product.id) == col(t.Variant.product_id))
    .order_by(_v.c.cancelled.desc(), _v.c.placed, _v.c.id)
)
_c = _most(Counted.CREATOR_CANCELLED, Counted.CREATOR_PLACED)
_CREATORS = Statement(
    select(_c.c.id, col(t.Creator.handle), _c.c.cancelled, _c.c.placed)
    .join(t.Creator, col(t.Creator.id) == _c.c.id)
    .order_by(_c.c.cancelled.desc(), _c.c.placed, _c.c.id)
)


def insights(shop: Shop, actor: Actor, handle: str, days: int = RANGES[0], *, most: int = SHOWN) -> Insights:
    """The last `days` days (UTC, today among them) of the shop with this handle, for its members and staff.

    Of variants and creators there are the `most` cancelled. Raises NotFound for everybody else's shop.
    """
    with shop.snapshot() as work:
        found = work.first(_SHOP, actor=actor.id, handle=handle)
        if found is None:
            raise NotFound("no_such_shop", {"handle": handle})
        shop_id, handle, name, member, staff = found
        see_into(handle, member=bool(member), staff=bool(staff))
        last = work.now // DAY
        asked = {"shop": shop_id} | taken_apart(last - days + 1, last)
        per_day = filled(last - days + 1, last, _daily(work.rows(_DAYS, **asked)))
        subjects = work.rows(_SUBJECTS, **asked)
        return Insights(
            handle,
            name,
            per_day,
            _reasons(subjects),
            tuple(VariantCount(*row[:3], *map(int, row[3:])) for row in _top(work, _VARIANTS, asked, most)),
            tuple(CreatorCount(*row[:2], *map(int, row[2:])) for row in _top(work, _CREATORS, asked, most)),
            _answers(subjects),
            tuple(Refunded(money, int(n), int(minor)) for money, n, minor in _kind(subjects, "REFUNDED")),
        )


def _top(work: Work, statement: Statement, asked: dict[str, Any], most: int) -> list[Row]:
    return work.rows(statement, most=most, **asked)


def _daily(rows: list[Row]) -> dict[int, dict[str, int]]:
    days: dict[int, dict[str, int]] = {}
    for kind, day, n in rows:
        days.setdefault(day, {})[kind.lower()] = int(n)
    return days


def _kind(rows: list[Row], kind: str) -> list[Row]:
    return [row[1:] for row in rows if row[0] == kind]


def _reasons(rows: list[Row]) -> tuple[ReasonCount, ...]:
    counts = [(code, int(n)) for code, n, _ in _kind(rows, Counted.REASON_CANCELLED)]
    whole = sum(n for _, n in counts)
    return tuple(ReasonCount(code, n, n / whole) for code, n in counts)


def _answers(rows: list[Row]) -> AnswerTimes:
    found = {int(group): (int(n), int(ms)) for group, n, ms in _kind(rows, Counted.ANSWERED)}
    groups = tuple(found.get(group, (0, 0))[0] for group in range(len(ANSWER_BOUNDS) + 1))
    return AnswerTimes(groups, sum(ms for _, ms in found.values()))
