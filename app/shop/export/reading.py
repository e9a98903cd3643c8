"""Orders read to be written elsewhere: page by page by their numbers, each with all its rows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import SQLModel, col

from app.shop import tables as t
from app.shop.export.fields import (
    ADDRESS,
    EVENT,
    LINE,
    ORDER,
    PAYMENT,
    PRICE,
    REFUND,
    VOUCHER,
    Fields,
    Values,
)
from app.shop.files.lookup import among, found
from app.shop.numbers import LARGEST, SUFFIXES
from app.shop.rules.errors import NotFound
from app.shop.sql import Statement, Work

PAGE = 400
"""Orders read at once."""

_o, _p, _s, _c, _a, _v, _id = t.Order, t.Person, t.Shop, t.Creator, t.Address, t.Voucher, t.OutsideId


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which orders: of which shop (its id), placed when (ms UTC; `until` does not count); None: all."""

    shop_id: int | None = None
    since: int | None = None
    until: int | None = None

    @property
    def numbers(self) -> Values:
        """Where their numbers lie: these begin with the time an order was placed."""
        first = max(0, self.since or 0) * SUFFIXES
        last = LARGEST if self.until is None else self.until * SUFFIXES - 1
        return {"after": min(first, LARGEST) - 1, "last": min(last, LARGEST), "shop": self.shop_id}


@dataclass(slots=True)
class Told:
    """An order as it stands in the store: its own columns with whose it is, and the rows of its parts."""

    order: Values
    lines: list[Values] = field(default_factory=list)
    prices: list[Values] = field(default_factory=list)
    payments: list[Values] = field(default_factory=list)
    refunds: list[Values] = field(default_factory=list)
    events: list[Values] = field(default_factory=list)


class _Rows:
    """A statement whose rows are told by the names of its columns."""

    def __init__(self, statement: Any) -> None:
        self.names = tuple(statement.selected_columns.keys())
        self.statement = Statement(statement)

    def of(self, work: Work, keys: Sequence[int]) -> Iterator[Values]:
        for row in found(work, self.statement, keys):
            yield dict(zip(self.names, row, strict=True))


def _some(table: type[SQLModel], fields: Fields, *more: str) -> list[Any]:
    return [getattr(table, name) for name in (*more, *fields)]


_WHOSE = (
    *("number", "source", "outside_number", "currency", "version", "buyer_id", "shop_id"),
    *("creator_id", "address_id"),
)
_ORDERS = (
    select(
        *_some(_o, ORDER, *_WHOSE),
        col(_p.handle).label("buyer"),
        col(_p.name).label("buyer_name"),
        col(_p.time_zone).label("buyer_zone"),
        col(_s.handle).label("shop"),
        col(_s.name).label("shop_name"),
        col(_s.time_zone).label("shop_zone"),
        col(_c.handle).label("creator"),
        col(_c.name).label("creator_name"),
        *(getattr(_a, name).label(f"to_{name}") for name in ADDRESS),
    )
    .join(_p, col(_p.id) == col(_o.buyer_id))
    .join(_s, col(_s.id) == col(_o.shop_id))
    .join(_c, col(_c.id) == col(_o.creator_id), isouter=True)
    .join(_a, col(_a.id) == col(_o.address_id), isouter=True)
    .where(among(_o.number))
    .order_by(col(_o.number))
)
_l, _e, _pe = t.Line, t.OrderEvent, t.PriceEntry
_PARTS = {
    "lines": _Rows(
        select(*_some(_l, LINE, "order_number", "product_id", "variant_id"))
        .where(among(_l.order_number))
        .order_by(col(_l.order_number), col(_l.n))
    ),
    "prices": _Rows(
        select(
            *_some(_pe, PRICE, "order_number"),
            *(getattr(_v, name).label(f"voucher_{name}") for name in ("id", *VOUCHER)),
            col(_v.shop_id).label("voucher_shop_id"),
        )
        .join(_v, col(_v.id) == col(_pe.subject), isouter=True)
        .where(among(_pe.order_number))
        .order_by(col(_pe.order_number), col(_pe.n))
    ),
    "payments": _Rows(
        select(*_some(t.Payment, PAYMENT, "order_number"))
        .where(among(t.Payment.order_number))
        .order_by(col(t.Payment.order_number), col(t.Payment.n))
    ),
    "refunds": _Rows(
        select(*_some(t.Refund, REFUND, "order_number"))
        .where(among(t.Refund.order_number))
        .order_by(col(t.Refund.order_number), col(t.Refund.n))
    ),
    "events": _Rows(
        select(*_some(_e, EVENT, "order_number", "actor_id", "facts"), col(_p.handle).label("actor"))
        .join(_p, col(_p.id) == col(_e.actor_id), isouter=True)
        .where(among(_e.order_number))
        .order_by(col(_e.order_number), col(_e.n))
    ),
}
_WHOLE = _Rows(_ORDERS)


def inside(*, of_shop: bool) -> tuple[Any, ...]:
    """The conditions that an order is wanted, with the values of `Wanted.numbers`; of one shop or of all."""
    within = (col(_o.number) > bindparam("after"), col(_o.number) <= bindparam("last"))
    return (*within, col(_o.shop_id) == bindparam("shop")) if of_shop else within


_BOTH = (True, False)
_NUMBERS = {
    of_shop: Statement(
        select(col(_o.number)).where(*inside(of_shop=of_shop)).order_by(col(_o.number)).limit(PAGE)
    )
    for of_shop in _BOTH
}
_COUNT = {
    of_shop: Statement(select(func.count()).select_from(_o).where(*inside(of_shop=of_shop)))
    for of_shop in _BOTH
}
_CURRENCIES = {
    of_shop: Statement(select(col(_o.currency)).where(*inside(of_shop=of_shop)).distinct())
    for of_shop in _BOTH
}
_SHOP = Statement(select(col(_s.id)).where(col(_s.handle) == bindparam("handle")))
_OUTSIDE = Statement(
    select(col(_id.subject), col(_id.outside_id)).where(
        col(_id.kind) == bindparam("kind"), col(_id.source) == bindparam("source"), among(_id.subject)
    )
)


def shop_named(work: Work, handle: str) -> int:
    """The id of the shop with this handle; raises NotFound."""
    row = work.first(_SHOP, handle=handle)
    if row is None:
        raise NotFound("no_such_shop", {"handle": handle})
    return int(row[0])


def how_many(work: Work, wanted: Wanted) -> int:
    """How many orders are wanted."""
    row = work.first(_COUNT[wanted.shop_id is not None], **wanted.numbers)
    return int(row[0]) if row else 0


def currencies(work: Work, wanted: Wanted) -> list[str]:
    """The currencies of the orders wanted."""
    return sorted(one for (one,) in work.rows(_CURRENCIES[wanted.shop_id is not None], **wanted.numbers))


def pages(work: Work, wanted: Wanted, parts: Sequence[str] = tuple(_PARTS)) -> Iterator[list[Told]]:
    """The orders wanted by their numbers, the oldest first, with these parts of them, so many at a time."""
    at = wanted.numbers
    while numbers := [number for (number,) in work.rows(_NUMBERS[wanted.shop_id is not None], **at)]:
        yield of_numbers(work, numbers, parts)
        at["after"] = numbers[-1]


def of_numbers(work: Work, numbers: Sequence[int], parts: Sequence[str] = tuple(_PARTS)) -> list[Told]:
    """The orders with these numbers, with these parts of them."""
    told = {row["number"]: Told(row) for row in _WHOLE.of(work, numbers)}
    for name in parts:
        for row in _PARTS[name].of(work, numbers):
            getattr(told[row.pop("order_number")], name).append(row)
    return list(told.values())


def outside_ids(work: Work, kind: str, subjects: dict[int, str]) -> dict[int, str]:
    """What the platforms call these subjects, each of the source it is given with; not all have a name."""
    of_source: dict[str, list[int]] = defaultdict(list)
    for subject, source in subjects.items():
        of_source[source].append(subject)
    return {
        subject: outside
        for source, some in of_source.items()
        for subject, outside in found(work, _OUTSIDE, some, source=source, kind=kind)
    }
