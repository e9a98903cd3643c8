"""An order as a line of JSON that brings it back whole, with whom and what it names."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

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
    Fields,
    Kind,
    Values,
)
from app.shop.export.reading import Told, outside_ids
from app.shop.files.outside import Fact
from app.shop.reads.spreadsheet import iso
from app.shop.rules import receipt
from app.shop.rules.erasure import is_tombstone
from app.shop.shop import CARRIER, GATEWAY, SYSTEM
from app.shop.sql import Work, as_json

_NOT_PEOPLE = {SYSTEM.id: "SYSTEM", GATEWAY.id: "GATEWAY", CARRIER.id: "CARRIER"}
_WRITTEN: Mapping[Kind, Callable[[Any], Any]] = {Kind.TIME: iso, Kind.FLAG: bool}
_FROM_FILES = (Fact.IMPORTED, Fact.UPDATED)
"""Events whose note is what the buyer wrote to the platform."""


def json_lines(work: Work, orders: Sequence[Told], *, personal: bool) -> Iterator[str]:
    """A line for each order, each with its line end; names, addresses and messages only with `personal`."""
    for one in records(work, orders, personal=personal):
        yield as_json(one) + "\n"


def records(work: Work, orders: Sequence[Told], *, personal: bool) -> Iterator[Values]:
    """What the line of each order tells."""
    names = _Names(work, orders)
    for told in orders:
        yield _line(told, names, personal=personal)


class _Names:
    """What those that some orders name are called outside, by the source of the order."""

    def __init__(self, work: Work, orders: Sequence[Told]) -> None:
        came = [told for told in orders if told.order["source"] != SOURCE]
        self._of = {
            kind: outside_ids(work, kind, dict(some))
            for kind, some in {
                "person": _sources(came, "buyer_id"),
                "shop": _sources(came, "shop_id"),
                "product": _of_lines(came, "product_id"),
                "variant": _of_lines(came, "variant_id"),
            }.items()
        }

    def of(self, kind: str, subject: int) -> str | None:
        return self._of[kind].get(subject)

    def product(self, line: Values) -> str:
        """What the product of a line is called; in the store its shop's number stands before that."""
        outside = self.of("product", line["product_id"])
        return outside.partition("/")[2] if outside else str(line["product_id"])

    def variant(self, line: Values) -> str:
        """What the variant of a line is called; in the store shop and product stand before that."""
        outside, product = self.of("variant", line["variant_id"]), self.of("product", line["product_id"])
        return outside.removeprefix(f"{product}/") if outside else str(line["variant_id"])


def _sources(orders: Iterable[Told], name: str) -> Iterator[tuple[int, str]]:
    return ((told.order[name], told.order["source"]) for told in orders)


def _of_lines(orders: Iterable[Told], name: str) -> Iterator[tuple[int, str]]:
    return ((line[name], told.order["source"]) for told in orders for line in told.lines)


def _line(told: Told, names: _Names, *, personal: bool) -> Values:
    order = told.order
    own = order["source"] in (SOURCE, ELSEWHERE)
    number = order["outside_number"] if order["source"] == ELSEWHERE else str(order["number"])
    creator = {"handle": order["creator"], "name": order["creator_name"]} if order["creator"] else None
    address = {name: order[f"to_{name}"] for name in ADDRESS}
    return _given(
        {
            MARK: VERSION,
            "number": number,
            "source": SOURCE if own else order["source"],
            "outside_number": None if own else order["outside_number"],
            "currency": order["currency"],
            **_written(order, ORDER),
            "buyer": _whom(order, "buyer", names.of("person", order["buyer_id"]), own=own)
            | _given({"name": order["buyer_name"] if personal else None}),
            "shop": _whom(order, "shop", names.of("shop", order["shop_id"]), own=own)
            | _given({"name": order["shop_name"]}),
            "creator": creator and _given(creator),
            "address": _given(address) if personal and order["address_id"] else None,
            "lines": [
                _written(line, LINE) | {"product": names.product(line), "variant_id": names.variant(line)}
                for line in told.lines
            ],
            "prices": [_price(row) for row in told.prices],
            "payments": [_written(row, PAYMENT) for row in told.payments],
            "refunds": [_written(row, REFUND) for row in told.refunds],
            "events": list(events(told, personal=personal)),
        }
    )


def _whom(order: Values, who: str, outside: str | None, *, own: bool) -> Values:
    """A person or shop: by handle where they are of a store of ours, else by the platform's id as well.

    Who was erased is what they are called here: what is left of their id means something in this store alone.
    """
    handle, zone = order[who], order[f"{who}_zone"]
    if outside and is_tombstone(outside):
        outside = None
    if own:
        return {"handle": outside or handle, "zone": zone}
    return _given({"handle": handle, "zone": zone, "id": outside})


def _price(row: Values) -> Values:
    voucher = None
    if row["voucher_code"]:
        terms = {name: row[f"voucher_{name}"] for name in VOUCHER}
        voucher = _written(terms, VOUCHER) | {"of_platform": row["voucher_shop_id"] is None}
    return _written(row, PRICE) | _given({"voucher": voucher})


def events(told: Told, *, personal: bool) -> Iterator[Values]:
    """What is told of each event of an order; what the buyer wrote to a platform only with `personal`."""
    vouchers = {row["voucher_id"]: row["voucher_code"] for row in told.prices if row["voucher_code"]}
    for event in told.events:
        written = _written(event, EVENT)
        if event["action"] in _FROM_FILES and not personal:
            written.pop("note", None)
        actor = f"@{event['actor']}" if event["actor"] else _NOT_PEOPLE.get(event["actor_id"], "SYSTEM")
        facts = json.loads(event["facts"] or "{}")
        if "released" in facts:
            facts["released"] = [_released(one, vouchers) for one in facts["released"]]
        yield written | {"actor": actor} | ({"facts": facts} if facts else {})


def _released(one: Values, vouchers: dict[int, str]) -> Values:
    """Something given back: a voucher by its code; which pieces and whose coins only the store knows."""
    voucher = vouchers.get(int(one["subject"])) if one["kind"] == receipt.Kind.VOUCHER else None
    return _given({"kind": one["kind"], "amount": one["amount"], "voucher": voucher})


def _written(row: Values, fields: Fields) -> Values:
    """The columns that say something, each as its kind is written."""
    return {
        name: _WRITTEN[field.kind](value) if field.kind in _WRITTEN else value
        for name, field in fields.items()
        if (value := row[name]) is not None
    }


def _given(values: dict[str, Any]) -> Values:
    return {name: value for name, value in values.items() if value not in (None, "")}
