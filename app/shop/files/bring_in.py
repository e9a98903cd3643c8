"""Bringing the orders of a file in: what is done with each, for whom and where, then all of it written."""

from collections.abc import Callable, Mapping, Sequence

from app.shop.files.erased import without_erased
from app.shop.files.outside import UNKNOWN, Format, OutsideOrder
from app.shop.files.plan import Step, Verdict, known_orders, steps
from app.shop.files.subjects import Subjects
from app.shop.files.told_back import write_told_back
from app.shop.files.write_orders import placed, write_orders
from app.shop.sql import Work

_WRITTEN = (Verdict.NEW, Verdict.CHANGED)

Orders = Mapping[str, Sequence[OutsideOrder]]
"""Orders by outside number: more than one where it was bought from several shops."""


def bring_in(
    kind: Format, orders: Orders, shop_handle: str | None, done: Callable[[int], None], work: Work
) -> dict[str, list[Verdict]]:
    """Write the orders of a file, and tell what became of each; `done` is told how many are written.

    Raises Changed where somebody was faster with one of them, and Invalid where `shop_handle` cannot name a
    shop.
    """
    subjects = Subjects(work, kind.origin, kind.prefix)
    orders = without_erased(subjects, orders)
    every = [order for parts in orders.values() for order in parts]
    if not every:
        return {}
    chosen = subjects.chosen_shop(shop_handle, every[0].zone) if shop_handle is not None else None
    plan = _plan(work, kind, orders, subjects, chosen)
    written = [step for told in plan.values() for step in told if step.verdict in _WRITTEN]
    subjects.add_named(
        "shop", {step.order.shop or UNKNOWN: step.order.zone for step in written if step.shop_id is None}
    )
    subjects.add_named(
        "person",
        {subjects.key(step.order.buyer): step.order.zone for step in written if not step.news},
    )
    rows, goods = placed(work, kind.origin, subjects, written)
    subjects.write(_names(subjects, every))
    write_orders(work, kind.origin, goods, rows, done)
    write_told_back(work, (step for told in plan.values() for step in told))
    return {number: [step.verdict for step in told] for number, told in plan.items()}


def _plan(
    work: Work, kind: Format, orders: Orders, subjects: Subjects, chosen: int | None
) -> dict[str, list[Step]]:
    shops = {order.shop or UNKNOWN for parts in orders.values() for order in parts}
    subjects.load("shop", shops | {UNKNOWN})
    unknown = subjects.known("shop", UNKNOWN)
    known = known_orders(work, kind.origin, orders)
    return {
        number: list(
            steps(
                [(order, chosen or subjects.known("shop", order.shop or UNKNOWN)) for order in parts],
                known.get(number, []),
                unknown,
                chosen is not None,
            )
        )
        for number, parts in orders.items()
    }


def _names(subjects: Subjects, orders: Sequence[OutsideOrder]) -> dict[int, str]:
    """What people are called in their first order; nobody is named unless personal data was asked for."""
    told = {
        subjects.key(order.buyer): order.personal.name for order in reversed(orders) if order.personal.name
    }
    subjects.load("person", told)
    return {person: name for one, name in told.items() if (person := subjects.known("person", one))}
