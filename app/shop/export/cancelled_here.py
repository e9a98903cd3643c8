"""Imported orders whose cancellation was made here: their platform is still to be told."""

from collections.abc import Iterator

from sqlalchemy import bindparam, exists, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.export.reading import PAGE, Told, Wanted, inside, of_numbers
from app.shop.files.outside import Fact
from app.shop.files.tiktok_words import ORIGIN
from app.shop.rules.orders import Status
from app.shop.sql import Statement, Work, one_of

_o, _e = t.Order, t.OrderEvent
_TOLD_OF = exists().where(
    col(_e.order_number) == col(_o.number),
    col(_e.status_to) == Status.CANCELLED.value,
    one_of(col(_e.action), *Fact),
)
"""Whether a file of the platform has the order as cancelled."""


def _numbers(*, of_shop: bool) -> Statement:
    return Statement(
        select(col(_o.number))
        .where(
            *inside(of_shop=of_shop),
            col(_o.status) == bindparam("cancelled", Status.CANCELLED.value),
            col(_o.source) == bindparam("source", ORIGIN),
            ~_TOLD_OF,
        )
        .order_by(col(_o.number))
        .limit(PAGE)
    )


_NUMBERS = {of_shop: _numbers(of_shop=of_shop) for of_shop in (True, False)}


def cancelled_here(work: Work, wanted: Wanted) -> Iterator[list[Told]]:
    """Those of the orders wanted whose platform has not told of the cancellation yet, so many at a time."""
    at = wanted.numbers
    while numbers := [number for (number,) in work.rows(_NUMBERS[wanted.shop_id is not None], **at)]:
        yield of_numbers(work, numbers)
        at["after"] = numbers[-1]
