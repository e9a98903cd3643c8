"""The rows of an order of another store, as they will stand here, table by table."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from app.shop import tables as t
from app.shop.export.fields import ELSEWHERE, EVENT, LINE, ORDER, PAYMENT, PRICE, REFUND, Values
from app.shop.files.outside import Fact
from app.shop.files.takeback_record import KeptOrder
from app.shop.files.takeback_subjects import Kin, key_of_actor, voucher_key
from app.shop.rules.orders import TABS
from app.shop.sql import as_json


def order_row(order: KeptOrder) -> Values:
    """Its own columns: nothing is due here, for its deadlines are its store's to keep."""
    values = order.row_values
    more = dict.fromkeys(flag.flag for flag in order.flags)
    flags = [*(values["flags"] or "").splitlines(), *more]
    return {name: values[name] for name in ORDER} | {
        "currency": order.currency,
        "tab": TABS[order.status],
        "version": order.version,
        "line_count": len(order.lines),
        "flags": "\n".join(flags) or None,
    }


def _product(order: KeptOrder, line: Values, shop: int) -> str:
    return f"{order.source} {shop}/{line['product']}"


def _variant(order: KeptOrder, line: Values, shop: int) -> str:
    return f"{_product(order, line, shop)}/{line['variant_id']}"


def add_goods(kin: Kin, orders: Sequence[tuple[KeptOrder, int]]) -> None:
    """Make the products and variants of orders, each given with its shop, that are new here."""
    lines = [(order, line, shop) for order, shop in orders for line in order.rows["lines"]]
    kin.load("product", {_product(*one) for one in lines})
    kin.load("variant", {_variant(*one) for one in lines})
    for one in lines:
        order, line, shop = one
        about = {
            "shop_id": shop,
            "title": line["title"],
            "picture": line["picture"],
            "reviews": 0,
            "stars": 0,
        }
        product = kin.add("product", _product(*one), about)
        sold = {"name": line["variant"], "currency": order.currency, "price_minor": line["unit_minor"]}
        kin.add("variant", _variant(*one), {"product_id": product} | sold)


def add_addresses(kin: Kin, orders: Iterable[KeptOrder]) -> dict[str, int]:
    """By order; one address per person and content, none where personal data was not asked for."""
    told = {
        order.number: (kin.of("person", " ".join(order.whose.key)), order.personal.address)
        for order in orders
        if order.personal.address
    }
    keys = {n: f"{ELSEWHERE} {sha256(repr(one).encode()).hexdigest()}" for n, one in told.items()}
    kin.load("address", keys.values())
    return {
        n: kin.add("address", keys[n], {"person_id": person, "label": "", **asdict(address)})
        for n, (person, address) in told.items()
    }


def part_rows(
    kin: Kin, order: KeptOrder, number: int, shop: int, new: defaultdict[Any, list[Values]], *, since: int
) -> None:
    """The rows of an order's parts, and its events after the one `since`."""
    of = {"order_number": number}
    for line in order.rows["lines"]:
        product = kin.of("product", _product(order, line, shop))
        variant = kin.of("variant", _variant(order, line, shop))
        goods = {"product_id": product, "variant_id": variant}
        new[t.Line].append(of | {name: line[name] for name in LINE} | goods)
    for row in order.rows["prices"]:
        voucher = row["voucher"] and kin.of("voucher", voucher_key(row["voucher"]["code"]))
        new[t.PriceEntry].append(of | {name: row[name] for name in PRICE} | {"subject": voucher})
    new[t.Payment] += [of | {name: row[name] for name in PAYMENT} for row in order.rows["payments"]]
    new[t.Refund] += [
        of | {name: row[name] for name in REFUND} | {"attempts": row["attempts"] or 0}
        for row in order.rows["refunds"]
    ]
    new[t.OrderEvent] += [of | _event(kin, order, row) for row in order.rows["events"][since + 1 :]]


def _event(kin: Kin, order: KeptOrder, row: Values) -> Values:
    actor, facts = row["actor"], dict(row["facts"])
    if isinstance(actor, str):
        actor = kin.of("person", key_of_actor(order, actor))
    if "released" in facts:
        facts["released"] = [_released(kin, one) for one in facts["released"]]
    event = {name: row[name] for name in EVENT} | {"actor_id": actor, "facts": as_json(facts)}
    from_file = row["action"] in (Fact.IMPORTED, Fact.UPDATED)
    return event | ({"note": None} if from_file and not order.personal.message else {})


def _released(kin: Kin, one: Values) -> Values:
    """As facts tell it here: a voucher by its id, None of ours (0) where the other store did not say."""
    voucher = kin.known("voucher", voucher_key(one["voucher"])) if "voucher" in one else None
    return {"kind": one["kind"], "subject": str(voucher or 0), "amount": one["amount"]}
