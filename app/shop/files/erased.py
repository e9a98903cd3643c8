"""People who were erased, in files that still tell of them: their orders come in, nothing of them does."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.files.lookup import among, found
from app.shop.files.outside import NOT_TOLD, OutsideOrder
from app.shop.files.subjects import Subjects
from app.shop.rules.erasure import tombstone
from app.shop.sql import Statement, Work

_ANYBODY = Statement(select(col(t.Person.id)).where(col(t.Person.erased_at).is_not(None)).limit(1))
_BURIED = Statement(
    select(col(t.OutsideId.outside_id)).where(
        col(t.OutsideId.source) == bindparam("source"),
        col(t.OutsideId.kind) == "person",
        among(t.OutsideId.outside_id),
    )
)


def without_erased(
    work: Work, origin: str, subjects: Subjects, orders: Mapping[str, Sequence[OutsideOrder]]
) -> Mapping[str, Sequence[OutsideOrder]]:
    """The orders with those who were erased here as what is left of them."""
    if work.first(_ANYBODY) is None:
        return orders
    told = {order.buyer for parts in orders.values() for order in parts}
    buyers = {tombstone(origin, subjects.key(buyer)): buyer for buyer in told}
    erased = {buyers[left]: left for (left,) in found(work, _BURIED, buyers, source=origin)}
    return {
        number: [
            replace(order, buyer=left, personal=NOT_TOLD) if (left := erased.get(order.buyer)) else order
            for order in parts
        ]
        for number, parts in orders.items()
    }
