"""Writing orders of a file: whole tables at a time, many orders at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import count
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.files.lookup import among, found, free
from app.shop.files.order_rows import Row, event_rows, line_row, order_row, payment_rows, price_rows
from app.shop.files.outside import UNKNOWN, OutsideLine, OutsideOrder
from app.shop.files.plan import Step
from app.shop.files.subjects import Subjects
from app.shop.numbers import new_number
from app.shop.pseudonym import Digest
from app.shop.rules.errors import Changed
from app.shop.sql import Statement, Work

_AT_ONCE = 1000
_LONGEST_KEY = 2000
_NEWS = (
    *("status", "tab", "version", "paid_at", "tracking", "shipped_at", "delivered_at", "cancelled_at"),
    *("cancelled_by", "cancel_reason", "cancel_text", "outside_updated_at", "flags"),
)
_ALL = (
    *("buyer_id", "shop_id", "currency", "total_minor", "line_count", "payment_method", "address_id"),
    *("ship_by", "collect_by", "cancel_sla", *_NEWS),
)


def _update(names: Sequence[str]) -> Statement:
    # By compare-and-set: nothing is overwritten that was done since it was looked at.
    here = (col(t.Order.number) == bindparam("here"), col(t.Order.version) == bindparam("seen"))
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    values["creator_id"] = func.coalesce(bindparam("creator_id"), col(t.Order.creator_id))
    return Statement(update(t.Order).where(*here).values(values))


_UPDATES = {"news": _update(_NEWS), "all": _update(_ALL)}
_MOVE = Statement(
    update(t.OutsideNumber)
    .where(col(t.OutsideNumber.order_number) == bindparam("here"))
    .values(shop_id=bindparam("shop_id"))
)
_PARTS: tuple[Any, ...] = (t.Line, t.PriceEntry, t.Payment)
_CLEAR = [Statement(delete(one).where(col(one.order_number) == bindparam("here"))) for one in _PARTS]
_INSERTS = {one: Statement(insert(one)) for one in (t.Order, *_PARTS, t.OrderEvent, t.OutsideNumber)}
_TAKEN = Statement(select(col(t.Order.number)).where(among(t.Order.number)))


Goods = dict[tuple[int, str, str], tuple[int, int]]
"""Product and variant here, by shop and the product and variant of a file."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A step with the number its order has here, and whose it is."""

    step: Step
    number: int
    buyer_id: int | None
    shop_id: int
    address_id: int | None
    creator_id: int | None


def placed(work: Work, source: str, subjects: Subjects, steps: Sequence[Step]) -> tuple[list[Placed], Goods]:
    """Each order's number and its people's ids, and what was bought; what is new is added to `subjects`."""
    numbers = free(
        {n: _numbers(source, step.order) for n, step in enumerate(steps) if not step.known},
        lambda some: {number for (number,) in found(work, _TAKEN, some)},
    )
    shops = [step.shop_id or subjects.of("shop", step.order.shop or UNKNOWN) for step in steps]
    goods = _goods(subjects, zip(steps, shops, strict=True))
    addresses = _add_addresses(subjects, steps)
    creators = subjects.creators(step.order.creator for step in steps if step.order.creator)
    rows = [
        Placed(
            step,
            step.known.number if step.known else numbers[n],
            subjects.known("person", subjects.key(step.order.buyer)),
            shops[n],
            addresses.get(n),
            creators.get(step.order.creator or ""),
        )
        for n, step in enumerate(steps)
    ]
    return rows, goods


def _numbers(source: str, order: OutsideOrder) -> Iterator[int]:
    """Its number, the same whenever it is read; the next ones where another order has that."""
    return count(new_number(order.created_at, f"{source}/{order.shop or ''}/{order.number}"))


def _product(shop_id: int, product: str) -> str:
    return _key(f"{shop_id}/{product}")


def _variant(shop_id: int, product: str, variant: str) -> str:
    return _key(f"{shop_id}/{product}/{variant}")


def _key(text: str) -> str:
    """As an index can hold it: in some files a product has no other id than its title."""
    return text if len(told := text.encode()) <= _LONGEST_KEY else sha256(told).hexdigest()


def _goods(subjects: Subjects, steps: Iterable[tuple[Step, int]]) -> Goods:
    """What is bought; of what is new, its first line tells what it is called."""
    first: dict[tuple[int, str, str], tuple[OutsideLine, str]] = {}
    for step, shop in steps:
        for line in () if step.news else step.order.lines:
            first.setdefault((shop, line.product, line.variant), (line, step.order.currency))
    subjects.load("product", {_product(shop, of) for shop, of, _ in first})
    subjects.load("variant", {_variant(*one) for one in first})
    found: Goods = {}
    for (shop, of, variant), (line, currency) in first.items():
        about = {"shop_id": shop, "title": line.title, "reviews": 0, "stars": 0}
        product = subjects.add("product", _product(shop, of), about)
        kind = {"product_id": product, "name": line.variant_name, "currency": currency}
        kind["price_minor"] = line.unit_minor
        found[shop, of, variant] = product, subjects.add("variant", _variant(shop, of, variant), kind)
    return found


def _add_addresses(subjects: Subjects, steps: Sequence[Step]) -> dict[int, int]:
    """By step; one address per person and content, none where personal data was not asked for."""
    told = {
        n: (subjects.of("person", subjects.key(step.order.buyer)), address)
        for n, step in enumerate(steps)
        if (address := step.order.personal.address) and not step.news
    }
    keys = {n: subjects.key(Digest(sha256(repr(one).encode()).hexdigest())) for n, one in told.items()}
    subjects.load("address", keys.values())
    return {
        n: subjects.add("address", keys[n], {"person_id": person, "label": "", **asdict(address)})
        for n, (person, address) in told.items()
    }


def write_orders(
    work: Work, source: str, goods: Goods, orders: Sequence[Placed], done: Callable[[int], None]
) -> None:
    """Write them; raises Changed where one is no longer in the version it was looked at in."""
    for start in range(0, len(orders), _AT_ONCE):
        some = orders[start : start + _AT_ONCE]
        new: dict[Any, list[Row]] = defaultdict(list)
        updates: dict[str, list[Row]] = {"news": [], "all": []}
        for one in some:
            events = event_rows(one.step.order, one.number, one.step.known, work.now)
            new[t.OrderEvent] += events
            row = _order(one, source, events[-1]["n"])
            if one.step.known is None:
                new[t.Order].append(row)
                new[t.OutsideNumber].append(_outside(one, source))
            else:
                seen = {"here": one.number, "seen": one.step.known.version}
                updates["news" if one.step.news else "all"].append(row | seen)
            if not one.step.news:
                _parts(one, goods, new)
        _update_all(work, updates)
        for table, statement in _INSERTS.items():
            work.many(statement, new[table])
        done(start + len(some))


def _update_all(work: Work, updates: dict[str, list[Row]]) -> None:
    for kind, rows in updates.items():
        if rows and work.many(_UPDATES[kind], rows) != len(rows):
            raise Changed("changed", {"what": "orders"})
    for statement in (*_CLEAR, _MOVE):
        work.many(statement, updates["all"])


def _order(one: Placed, source: str, version: int) -> Row:
    ids = {"buyer_id": one.buyer_id, "shop_id": one.shop_id, "address_id": one.address_id}
    row = order_row(one.step.order, source, one.number, version, **ids, creator_id=one.creator_id)
    if one.step.news and one.step.known and row["outside_updated_at"] is None:
        row["outside_updated_at"] = one.step.known.updated_at
    return row


def _outside(one: Placed, source: str) -> Row:
    return {
        "source": source,
        "shop_id": one.shop_id,
        "outside_number": one.step.order.number,
        "order_number": one.number,
    }


def _parts(one: Placed, goods: Goods, new: dict[Any, list[Row]]) -> None:
    order, shop = one.step.order, one.shop_id
    new[t.Line] += [
        line_row(line, one.number, n, *goods[shop, line.product, line.variant])
        for n, line in enumerate(order.lines, 1)
    ]
    new[t.PriceEntry] += price_rows(order, one.number)
    new[t.Payment] += payment_rows(order, one.number)
