"""One line of JSON of another Takeback store, checked through and through: rows as they will stand here."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from app.shop.export.fields import (
    ADDRESS,
    ELSEWHERE,
    EVENT,
    LINE,
    MARK,
    ORDER,
    PAYMENT,
    PRICE,
    REFUND,
    SOURCE,
    VERSION,
    VOUCHER,
    Field,
    Fields,
    Kind,
    Values,
)
from app.shop.files.findings import Finding, Unusable
from app.shop.files.outside import Fact, OutsideAddress, OutsideLine, OutsideOrder, Personal, Times
from app.shop.files.record import Record
from app.shop.files.takeback_facts import facts_of
from app.shop.files.takeback_sound import add_up, lead_there
from app.shop.numbers import SUFFIXES
from app.shop.rules.clocks import Method
from app.shop.rules.handles import WHOLE
from app.shop.rules.money import LARGEST_MINOR
from app.shop.rules.orders import Status
from app.shop.rules.pricing import Entry
from app.shop.shop import CARRIER, GATEWAY, SYSTEM

Key = tuple[str, str]
"""Whom or what something is called by: the source that calls it so, and the id there."""

_PEOPLE_NOT = {"SYSTEM": SYSTEM.id, "GATEWAY": GATEWAY.id, "CARRIER": CARRIER.id}
_zones = cache(available_timezones)
_PICTURE = re.compile(r"goods/[a-z0-9-]{1,60}\.svg")
_OF_VOUCHERS = (Entry.VOUCHER, Entry.FREE_SHIPPING)
_MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Named:
    """A person or shop: `key` is whom it is known by here, `handle` what it is called if that is free."""

    key: Key
    handle: str
    zone: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOrder(OutsideOrder):
    """An order of another store with its whole past; `own` is the number it has there, `rows` are by part."""

    own: int
    source: str
    outside_number: str
    native: bool
    row_values: Values
    rows: Mapping[str, list[Values]]
    whose: Named
    seller: Named
    creator_name: str | None

    @property
    def version(self) -> int:
        """How many events it had after its first."""
        return len(self.rows["events"]) - 1


def order_of(told: object, row: int) -> KeptOrder:
    """The order of a line; raises Unusable where anything of it cannot stand here."""
    flags: list[Finding] = []
    record = Record(told, flags)
    if record.raw(MARK) != VERSION:
        raise Unusable("lines_newer", MARK, record.raw(MARK))
    source, currency = record.needed_id("source"), record.currency()
    native = source == SOURCE
    if source == ELSEWHERE:
        raise Unusable("id_not_usable", "source", source)
    number = record.needed_id("number")
    values = _values(record, ORDER)
    if not number.isdecimal() or int(number) // SUFFIXES != values["created_at"]:
        raise Unusable("id_not_usable", "number", number)
    source = ELSEWHERE if native else source
    rows = {
        name: [_values(one, fields) | more(one) for one in record.parts(name)]
        for name, (fields, more) in _PARTS.items()
    }
    add_up(values, rows)
    lead_there(values["status"], rows["events"])
    buyer, shop = _named(record.part("buyer"), source), _named(record.part("shop"), source)
    creator = record.part("creator")
    return KeptOrder(
        number=number,
        row=row,
        buyer=buyer.handle,
        shop=shop.handle,
        zone=shop.zone,
        status=Status(values["status"]),
        created_at=values["created_at"],
        currency=currency,
        method=Method(values["payment_method"]),
        times=Times(updated_at=values["outside_updated_at"]),
        total_minor=values["total_minor"],
        lines=tuple(_line(line) for line in rows["lines"]),
        creator=_handle(creator) if creator.raw("handle") else None,
        flags=tuple(flags),
        personal=_personal(record, buyer.name, rows["events"]),
        own=int(number),
        source=source,
        outside_number=number if native else record.needed_id("outside_number"),
        native=native,
        row_values=values | {"currency": currency},
        rows=rows,
        whose=buyer,
        seller=shop,
        creator_name=creator.text("name"),
    )


def _goods(one: Record) -> Values:
    picture = one.text("picture")
    named = {"product": one.text("product"), "variant_id": one.text("variant_id")}
    if not all(named.values()):
        raise Unusable("id_missing", next(name for name, told in named.items() if not told))
    return named | {
        "picture": picture if picture and _PICTURE.fullmatch(picture) else None,
        "variant": one.text("variant") or "",
    }


def _voucher(one: Record) -> Values:
    told = one.part("voucher")
    if one.raw("voucher") is None:
        return {"voucher": None}
    if one.text("kind") not in _OF_VOUCHERS:
        raise Unusable("word_not_known", "voucher", one.text("kind"))
    return {"voucher": _values(told, VOUCHER) | {"of_platform": told.raw("of_platform") is True}}


def _actor(one: Record) -> Values:
    actor = one.text("actor") or ""
    if actor not in _PEOPLE_NOT and not WHOLE.fullmatch(actor.removeprefix("@")):
        raise Unusable("word_not_known", "actor", actor)
    return {"actor": _PEOPLE_NOT.get(actor, actor.removeprefix("@")), "facts": facts_of(one.raw("facts"))}


_PARTS: dict[str, tuple[Fields, Callable[[Record], Values]]] = {
    "lines": (LINE, _goods),
    "prices": (PRICE, _voucher),
    "payments": (PAYMENT, lambda _: {}),
    "refunds": (REFUND, lambda _: {}),
    "events": (EVENT, _actor),
}
"""The lists of a line: the columns of each, and what else its records tell."""


def _values(record: Record, fields: Fields) -> Values:
    return {name: _value(record, name, field) for name, field in fields.items()}


def _value(record: Record, name: str, field: Field) -> Any:
    raw = record.raw(name)
    if raw is None:
        if field.needed:
            raise Unusable("value_missing", name)
        return None
    match field.kind:
        case Kind.TIME:
            return record.needed_time(name, _ms)
        case Kind.ID:
            return record.needed_id(name)
        case Kind.COUNT | Kind.MINOR:
            least, most = (0, _MOST) if field.kind is Kind.COUNT else (-LARGEST_MINOR, LARGEST_MINOR)
            if not isinstance(raw, int) or isinstance(raw, bool) or not least <= raw <= most:
                raise Unusable("amount_not_usable", name, raw)
            return raw
        case Kind.WORD | Kind.FLAG:
            known = raw is True if field.kind is Kind.FLAG else isinstance(raw, str) and raw in field.words
            if not known:
                raise Unusable("word_not_known", name, raw)
            return raw
        case _:
            text = record.text(name)
            if field.needed and text is None:
                raise Unusable("value_missing", name)
            return text


def _ms(text: str) -> int:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return round(at.timestamp() * 1000)


def _named(record: Record, source: str) -> Named:
    handle, zone, outside = _handle(record), record.text("zone") or "UTC", record.id("id")
    key = (source, outside) if outside else (ELSEWHERE, handle)
    return Named(key, handle, zone if zone in _zones() else "UTC", record.text("name"))


def _handle(record: Record) -> str:
    handle = record.needed_id("handle")
    if not WHOLE.fullmatch(handle):
        raise Unusable("id_not_usable", "handle", handle)
    return handle


def _line(line: Values) -> OutsideLine:
    return OutsideLine(
        product=line["product"],
        variant=line["variant_id"],
        title=line["title"],
        variant_name=line["variant"],
        quantity=line["quantity"],
        unit_minor=line["unit_minor"],
        discount_minor=line["discount_minor"],
        total_minor=line["total_minor"],
    )


def _personal(record: Record, name: str | None, events: Iterable[Values]) -> Personal:
    address = OutsideAddress(**{field: record.part("address").text(field) for field in ADDRESS})
    messages = (one["note"] for one in events if one["action"] in (Fact.IMPORTED, Fact.UPDATED))
    told = None if record.raw("address") is None else address  # one that says nothing is one too
    return Personal(name, told, next((note for note in messages if note), None))
