"""Bringing the orders of a file in: what is done with each, for whom and where, then all of it written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.shop.files.erased import without_erased
from app.shop.files.outside import UNKNOWN, Format, OutsideOrder
from app.shop.files.plan import Step, Verdict, known_orders, steps
from app.shop.files.subjects import Subjects
from app.shop.files.told_back import write_told_back
from app.shop.files.write_orders import placed, write_orders
from app.shop.rules.errors import NotFound
from app.shop.sql import Work

_WRITTEN = (Verdict.NEW, Verdict.CHANGED)

Orders = Mapping[str, Sequence[OutsideOrder]]
"""Orders by outside number: more than one where it was bought from several shops."""


def bring_in(
    kind: Format,
    orders: Orders,
    shop_handle: str | None,
    within: frozenset[int] | None,
    done: Callable[[int], None],
    work: Work,
) -> dict[str, list[Verdict]]:
    """Write the orders of a file, and tell what became of each; `done` is told how many are written.

    Of shops that are not `within` (ids; None: any) nothing is written. Raises Changed where somebody was
    faster with one of them, Invalid where `shop_handle` cannot name a shop, NotFound where it is not within.
    """
    subjects = Subjects(work, kind.origin, kind.prefix)
    orders = without_erased(subjects, orders)
    every = [order for parts in orders.values() for order in parts]
    if not every:
        return {}
    chosen = _chosen(subjects, shop_handle, within, every[0].zone)
    plan = _plan(work, kind, orders, subjects, chosen, within)
    if within is not None:
        every = [step.order for told in plan.values() for step in told if step.verdict is not Verdict.FOREIGN]
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


def _chosen(
    subjects: Subjects, shop_handle: str | None, within: frozenset[int] | None, zone: str
) -> int | None:
    """The shop all orders go to: the one that is named, or the only one that there is for them."""
    if within is not None and len(within) == 1:
        (only,) = within
        if shop_handle is None or subjects.shop_named(shop_handle) == only:
            return only
    if shop_handle is None:
        return None
    if within is not None and subjects.shop_named(shop_handle) not in within:
        raise NotFound("no_such_shop", {"handle": shop_handle})
    return subjects.chosen_shop(shop_handle, zone)


def _plan(
    work: Work,
    kind: Format,
    orders: Orders,
    subjects: Subjects,
    chosen: int | None,
    within: frozenset[int] | None,
) -> dict[str, list[Step]]:
    shops = {order.shop or UNKNOWN for parts in orders.values() for order in parts}
    subjects.load("shop", shops | {UNKNOWN})
    unknown = subjects.known("shop", UNKNOWN)
    known = known_orders(work, kind.origin, orders, within)
    plan = {
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
    if within is None:
        return plan
    return {
        number: [step if step.shop_id in within else replace(step, verdict=Verdict.FOREIGN) for step in told]
        for number, told in plan.items()
    }


def _names(subjects: Subjects, orders: Sequence[OutsideOrder]) -> dict[int, str]:
    """What people are called in their first order; nobody is named unless personal data was asked for."""
    told = {
        subjects.key(order.buyer): order.personal.name for order in reversed(orders) if order.personal.name
    }
    subjects.load("person", told)
    return {person: name for one, name in told.items() if (person := subjects.known("person", one))}
