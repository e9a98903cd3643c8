"""Bringing in what another Takeback store tells: each order with its whole past, or what is new of it.

The past decides what is new: events are only ever added, so of two tellings of an order one begins the other,
or they parted and a person decides.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.export.fields import SOURCE, Values
from app.shop.files.erased import without_their_words
from app.shop.files.lookup import among, found, free
from app.shop.files.outside import Format, OutsideOrder
from app.shop.files.plan import Verdict
from app.shop.files.takeback_record import KeptOrder
from app.shop.files.takeback_rows import add_addresses, add_goods, order_row, part_rows
from app.shop.files.takeback_subjects import Kin
from app.shop.rules.errors import Changed
from app.shop.sql import Statement, Work, compare_and_set

_o = t.Order
_HERE = (col(_o.number), col(_o.version), col(_o.status), col(_o.source), col(_o.shop_id))
_BY_NUMBER = Statement(select(*_HERE, col(_o.outside_number)).where(among(_o.number)))
_BY_OUTSIDE = Statement(
    select(*_HERE, col(_o.outside_number))
    .join(t.OutsideNumber, col(t.OutsideNumber.order_number) == col(_o.number))
    .where(col(t.OutsideNumber.source) == bindparam("source"), among(t.OutsideNumber.outside_number))
)
_EVENTS = Statement(
    select(*(col(getattr(t.OrderEvent, name)) for name in ("order_number", "n", "at", "action"))).where(
        among(t.OrderEvent.order_number)
    )
)
_TAKEN = Statement(select(col(_o.number)).where(among(_o.number)))
_PARTS: tuple[Any, ...] = (t.Refund, t.Payment, t.PriceEntry, t.Line)
"""In this order they can be taken away, in the other one written."""
_CLEAR = [Statement(delete(one).where(col(one.order_number) == bindparam("here"))) for one in _PARTS]
_INSERTS = {one: Statement(insert(one)) for one in (_o, *reversed(_PARTS), t.OrderEvent, t.OutsideNumber)}
_WRITTEN = (Verdict.NEW, Verdict.CHANGED)


@dataclass(frozen=True, slots=True)
class _Here:
    """An order that is here already; `past` has when each of its events was and what."""

    number: int
    version: int
    status: str
    source: str
    shop_id: int
    outside_number: str | None
    past: dict[int, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Step:
    """An order of the file, the one here that it is, and what is done."""

    order: KeptOrder
    here: _Here | None
    verdict: Verdict


def bring_in(
    _kind: Format,
    orders: Mapping[str, Sequence[OutsideOrder]],
    shop_handle: str | None,
    _within: frozenset[int] | None,
    done: Callable[[int], None],
    work: Work,
) -> dict[str, list[Verdict]]:
    """Write the orders of a file, and tell what became of each; `done` is told how many were just written.

    Such a file is taken in only from who may bring in anything: what it says of shops is not looked at.

    Raises Changed where somebody was faster with one of them, and Invalid where `shop_handle` cannot name a
    shop.
    """
    every = [order for parts in orders.values() for order in parts if isinstance(order, KeptOrder)]
    if not every:
        return {}
    kin = Kin(work)
    chosen = None if shop_handle is None else kin.chosen_shop(shop_handle, every[0].zone)
    kin.load("shop", {" ".join(order.seller.key) for order in every})
    steps = list(_steps(work, kin, every, chosen))
    written = [step for step in steps if step.verdict in _WRITTEN]
    if written:
        _write(work, kin, written, chosen)
    done(len(every))
    return {step.order.number: [step.verdict] for step in steps}


def _steps(work: Work, kin: Kin, orders: Sequence[KeptOrder], chosen: int | None) -> Iterator[_Step]:
    """What is done with each; an order made here is changed by no file: stock and money hang on it.

    What a file tells a second time, under another number, is left to people.
    """
    here = _here(work, orders)
    told: set[tuple[Any, ...]] = set()
    called: dict[tuple[str, str | None], list[_Here]] = defaultdict(list)
    for one in here.values():
        called[one.source, one.outside_number].append(one)
    for order in orders:
        key = " ".join(order.seller.key)
        shop = chosen or kin.known("shop", key)
        there = here.get(order.own)
        if not (there and order.native and there.source == SOURCE):
            same = called[order.source, order.outside_number]
            there = next((one for one in same if one.shop_id == shop), same[0] if len(same) == 1 else None)
        which: tuple[Any, ...] = (
            (there.number,) if there else (order.source, order.outside_number, chosen or key)
        )
        twice = which in told
        told.add(which)
        verdict = _verdict(order, there) if there else Verdict.NEW
        yield _Step(order, there, Verdict.CONFLICT if twice else verdict)


def _verdict(order: KeptOrder, here: _Here) -> Verdict:
    last = min(order.version, here.version)
    event = order.rows["events"][last]
    if here.past[last] != (event["at"], event["action"]):
        return Verdict.SAME if here.status == order.status else Verdict.CONFLICT
    if order.version == here.version:
        return Verdict.SAME
    if order.version < here.version:
        return Verdict.OLDER
    return Verdict.CONFLICT if here.source == SOURCE else Verdict.CHANGED


def _here(work: Work, orders: Iterable[KeptOrder]) -> dict[int, _Here]:
    """The orders that may be these, by their numbers here."""
    rows = list(found(work, _BY_NUMBER, [order.own for order in orders]))
    outside: dict[str, list[str]] = defaultdict(list)
    for order in orders:
        outside[order.source].append(order.outside_number)
    for source, numbers in outside.items():
        rows += found(work, _BY_OUTSIDE, numbers, source=source)
    here = {row[0]: _Here(*row) for row in rows}
    for number, n, at, action in found(work, _EVENTS, here):
        here[number].past[n] = (at, action)
    return here


def _write(work: Work, kin: Kin, steps: Sequence[_Step], chosen: int | None) -> None:
    kin.meet([step.order for step in steps], shops=chosen is None)
    if kin.any_erased:
        steps = [replace(step, order=without_their_words(kin, step.order)) for step in steps]
    orders = [step.order for step in steps]
    shops = [
        step.here.shop_id if step.here else chosen or kin.of("shop", " ".join(step.order.seller.key))
        for step in steps
    ]
    kin.vouchers(list(zip(orders, shops, strict=True)))
    add_goods(kin, list(zip(orders, shops, strict=True)))
    addresses = add_addresses(kin, orders)
    creators = kin.creators(order.creator for order in orders if order.creator)
    people = {order.number: kin.of("person", " ".join(order.whose.key)) for order in orders}
    kin.write({people[order.number]: order.personal.name for order in orders if order.personal.name})
    numbers = free(
        {step.order.number: count(step.order.own) for step in steps if not step.here},
        lambda some: {number for (number,) in found(work, _TAKEN, some)},
    )
    new: defaultdict[Any, list[Values]] = defaultdict(list)
    for step, shop in zip(steps, shops, strict=True):
        order, number = step.order, step.here.number if step.here else numbers[step.order.number]
        row = order_row(order) | {
            "buyer_id": people[order.number],
            "shop_id": shop,
            "creator_id": creators.get(order.creator or ""),
            "address_id": addresses.get(order.number),
        }
        part_rows(kin, order, number, shop, new, since=step.here.version if step.here else -1)
        if step.here:
            _bring_up_to_date(work, step.here, row)
        else:
            told = {"source": order.source, "outside_number": order.outside_number}
            new[_o].append(row | told | {"number": number})
            new[t.OutsideNumber].append(told | {"shop_id": shop, "order_number": number})
    for table, statement in _INSERTS.items():
        work.many(statement, new[table])


def _bring_up_to_date(work: Work, here: _Here, row: Values) -> None:
    statement = compare_and_set(col(_o.number), col(_o.version), frozenset(row))
    if work.run(statement, the_key=here.number, the_version=here.version, **row) != 1:
        raise Changed("changed", {"what": "orders"})
    for clear in _CLEAR:
        work.run(clear, here=here.number)
