"""What an import does to each order: nothing, bring it in, bring it up to date, or leave it to people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.files.lookup import among, found
from app.shop.files.outside import Fact, OutsideOrder
from app.shop.rules.orders import Action, LineStatus, Role, Status
from app.shop.sql import Statement, Work

_ORDERS = Statement(
    select(
        col(t.OutsideNumber.outside_number),
        col(t.OutsideNumber.shop_id),
        col(t.Order.number),
        col(t.Order.version),
        col(t.Order.status),
        col(t.Order.line_count),
        col(t.Order.total_minor),
        col(t.Order.address_id),
        col(t.Order.outside_updated_at),
        col(t.Order.flags),
    )
    .join(t.Order, col(t.Order.number) == col(t.OutsideNumber.order_number))
    .where(col(t.OutsideNumber.source) == bindparam("source"), among(t.OutsideNumber.outside_number))
    .order_by(col(t.Order.number))
)
_EVENTS = Statement(
    select(
        *(col(t.OrderEvent.order_number), col(t.OrderEvent.action), col(t.OrderEvent.status_to)),
        col(t.OrderEvent.role),
    )
    .where(among(t.OrderEvent.order_number))
    .order_by(col(t.OrderEvent.order_number), col(t.OrderEvent.n))
)
_CANCELLED = Statement(
    select(col(t.Line.order_number), func.count())
    .where(among(t.Line.order_number), col(t.Line.status) == LineStatus.CANCELLED)
    .group_by(col(t.Line.order_number))
)
_FACTS = frozenset(Fact)
_HAPPENS = frozenset({Fact.PAID, Fact.SHIPPED, Fact.DELIVERED, Fact.CANCELLED})
_GROWS = frozenset({"refunded: refunded amount", "returned: sku quantity of return"})
"""What a flag tells of that is only ever more."""
_STAGES = {status: stage for stage, status in enumerate(Status)}
"""How far along a status is, for files that do not say when they were true."""


@dataclass(slots=True)
class Known:
    """An order that is here already, with so many lines cancelled on their own.

    `told` is where the last import left it, `facts` what imports wrote; `paid_apart`: its platform told
    of the money by itself (a webhook does).
    """

    shop_id: int
    number: int
    version: int
    status: Status
    line_count: int
    total_minor: int
    address_id: int | None
    updated_at: int | None
    flags: str | None
    cancelled: int = 0
    told: Status = Status.UNPAID
    touched: bool = False
    paid_apart: bool = False
    facts: set[str] = field(default_factory=set)


def known_orders(
    work: Work, source: str, numbers: Iterable[str], within: frozenset[int] | None = None
) -> dict[str, list[Known]]:
    """The orders here under these outside numbers, in the shops `within` (ids; None: any)."""
    known: dict[str, list[Known]] = defaultdict(list)
    by_number: dict[int, Known] = {}
    for outside, shop_id, number, version, word, *rest in found(work, _ORDERS, numbers, source=source):
        if within is not None and shop_id not in within:
            continue
        by_number[number] = Known(shop_id, number, version, Status(word), *rest)
        known[outside].append(by_number[number])
    for number, lines in found(work, _CANCELLED, by_number):
        by_number[number].cancelled = lines
    for number, action, status_to, role in found(work, _EVENTS, by_number):
        order = by_number[number]
        paid_apart = action == Action.PAY and role == Role.GATEWAY
        if action in _FACTS or paid_apart:
            order.facts.add(Fact.PAID if paid_apart else action)
            order.told = Status(status_to)
            order.paid_apart |= paid_apart
        else:
            order.touched = True
    return known


class Verdict(StrEnum):
    """What becomes of an order of a file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    OLDER = "newer_here"
    ELSEWHERE = "in_other_shop"
    CONFLICT = "changed_here"
    TOLD_BACK = "told_back"
    FOREIGN = "shop_not_yours"


@dataclass(frozen=True, slots=True)
class Step:
    """An order of the file, the one here that it is, what is done; `shop_id` None: its own, to be made."""

    order: OutsideOrder
    known: Known | None
    verdict: Verdict
    shop_id: int | None = None
    news: bool = False
    """Only where it stands is brought up to date; its lines and money stay as they are."""

    @property
    def told_back(self) -> bool:
        """Whether the platform says now what was done here: that is kept as history, and changes nothing."""
        return self.verdict is Verdict.TOLD_BACK


def steps(
    parts: list[tuple[OutsideOrder, int | None]], known: list[Known], unknown_shop: int | None, chosen: bool
) -> Iterator[Step]:
    """What is done with the orders of one outside number, each given with its shop where that is here.

    An order stays in the shop it is in, unless another was `chosen` for the file, or it was in the shop
    named unknown.
    """
    split = chosen and len(known) > 1
    here = {there.shop_id: there for there in known}
    left = []
    for order, shop in parts:
        if shop in here and not split:
            there = here.pop(shop)
            yield Step(order, there, _verdict(order, there), shop, news=_bare(order, there))
        else:
            left.append((order, shop))
    paired = len(here) < len(known)
    for there in here.values():
        moves = left and not split and (chosen or there.shop_id == unknown_shop)
        if moves and not _bare(left[0][0], there):
            order, shop = left.pop(0)
            yield Step(order, there, _verdict(order, there, moved=True), shop)
        elif left or not paired:
            left = []
            yield _stays(parts, there, chosen=chosen, split=split)
    for order, shop in left:
        yield Step(order, None, Verdict.NEW, shop)


def _bare(order: OutsideOrder, known: Known) -> bool:
    """Whether the file has less of the order than is here.

    No lines, or no money (one table of several); or not when it was true, as an export has it, while the
    platform's interface told that, and with it who bought and which unit is which.
    """
    less = known.line_count > 0 or order.total_minor == 0 < known.total_minor
    vaguer = order.times.updated_at is None and known.updated_at is not None
    return less and (vaguer or not order.lines)


def _stays(parts: list[tuple[OutsideOrder, int | None]], known: Known, *, chosen: bool, split: bool) -> Step:
    """An order in a shop the file does not name. If it holds what the file has in parts, only its news."""
    order = parts[0][0]
    news = split or len(parts) > 1 or _bare(order, known)
    verdict = _verdict(order, known, news=news)
    elsewhere = chosen and verdict is Verdict.SAME
    return Step(order, known, Verdict.ELSEWHERE if elsewhere else verdict, known.shop_id, news=news)


def _verdict(order: OutsideOrder, known: Known, *, moved: bool = False, news: bool = False) -> Verdict:
    at, before, more = order.times.updated_at, known.updated_at, False
    stage = _STAGES[order.status] - _STAGES[known.told]
    added = not news and (
        (known.line_count == 0 and bool(order.lines))
        or (known.total_minor == 0 < order.total_minor)
        or (known.address_id is None and order.personal.address is not None)
    )
    if at is not None and before is not None and at != before:
        older, later = at < before, at > before
    else:
        more = not stage and not news and at is None and _tells_more(order, known)
        older, later = stage < 0, stage > 0 or more
    if older or (known.paid_apart and order.status is Status.UNPAID):
        return Verdict.OLDER
    if known.touched and order.status is known.status is Status.CANCELLED is not known.told:
        return Verdict.TOLD_BACK
    if known.touched:
        return Verdict.CONFLICT if more or (later and order.status is not known.status) else Verdict.SAME
    return Verdict.CHANGED if later or moved or added else Verdict.SAME


def _tells_more(order: OutsideOrder, known: Known) -> bool:
    """Whether of an order where it was a file tells more: what else happened to it or its lines, or is odd.

    For files that do not say when they were true: an earlier one never tells more than a later one.
    """
    if _bare(order, known):
        return False
    cancelled = sum(line.status is LineStatus.CANCELLED for line in order.lines)
    happened, had = order.times.happened, known.facts.intersection(_HAPPENS)
    if cancelled < known.cancelled or not happened >= had:
        return False
    return cancelled > known.cancelled or happened > had or _odder(order, known)


def _odder(order: OutsideOrder, known: Known) -> bool:
    """Whether all that is odd about an order here is told again, and more: another flag, a larger refund."""
    before, now = _odd((known.flags or "").splitlines()), _odd(flag.flag for flag in order.flags)
    grown = {name for name in _GROWS.intersection(before, now) if _number(now[name]) > _number(before[name])}
    again = all(name in grown or now.get(name) == value for name, value in before.items())
    return again and (bool(grown) or len(now) > len(before))


def _odd(flags: Iterable[str]) -> dict[str, str]:
    return {name: value for name, _, value in (flag.partition("=") for flag in flags)}


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)
