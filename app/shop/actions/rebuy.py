"""Cancel and rebuy in one act: the old order makes room for a new one, or stands untouched."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions.basket import offers
from app.shop.actions.cancel import cancelled
from app.shop.actions.opened import Opened
from app.shop.actions.opening import open_order
from app.shop.actions.place import placed, write_purchase
from app.shop.actions.purchase import Purchase, purchase_of
from app.shop.once import action
from app.shop.reads.basket import basket_of, codes_of
from app.shop.rules.basket import Basket
from app.shop.rules.clocks import LONGEST_MS, Method
from app.shop.rules.errors import Invalid, Refused
from app.shop.rules.items import check_items
from app.shop.rules.orders import Action, Status
from app.shop.rules.pricing import check_expected
from app.shop.rules.reasons import checked, reasons_for
from app.shop.rules.rebuy import bought_again, kept_vouchers, merged, parts_of
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement

_l = t.Line
_PRODUCTS = Statement(
    select(col(_l.product_id)).where(col(_l.order_number) == bindparam("number"), col(_l.status).is_(None))
)

_e = t.OrderEvent
_PLACED = Statement(select(col(_e.facts)).where(col(_e.order_number) == bindparam("number"), col(_e.n) == 0))


@action
def cancel_and_rebuy(
    shop: Shop,
    actor: Actor,
    number: int,
    items: Sequence[tuple[int, int]],
    *,
    method: Method,
    reason: str,
    text: str = "",
    voucher_codes: Sequence[str] | None = None,
    expected_minor: int | None = None,
    key: str,
) -> Done:
    """Cancel an order (T3, T7) and order `items` (variant id, pieces) of its products anew, both or neither.

    Kept are its coins, its address, the pieces held for it, the price of each where that has risen, and its
    vouchers, whatever has become of them since: those whose threshold is still met, or, where
    `voucher_codes` are given, these. `expected_minor` is the total that was shown: nothing is done for
    another one. However often what is not paid is bought again, it is to be paid within the longest time
    since it was ordered first.

    Raises Refused as a cancel and as placing an order do, Invalid for items that make no order or are of
    other products.
    """
    items = merged(items)
    check_items(items)
    codes = None if voucher_codes is None else list(voucher_codes)
    told = [[*map(list, items)], method, codes, expected_minor]
    with shop.change() as work:
        order = open_order(work, actor, Action.REBUY, number, key, *told, reason, text)
        order.may()
        if order.imported:
            raise Refused("edit_on_its_platform", {"number": str(number)})
        allowed = reasons_for(order.role, order.status, now=work.now, ship_by=order.ship_by)
        given, text = checked(reason, text, allowed)
        since = _waits_since(order)
        purchase = _purchase(order, items, method, voucher_codes, since)
        check_expected(purchase.priced.total_minor, expected_minor, order.currency)
        done = cancelled(order, given, text, instead=_answer(purchase))
        write_purchase(work, purchase)
        placed(work, purchase, key, replaces=number, waits_since=since)
        return done


def _waits_since(order: Opened) -> int | None:
    """When the first of the unpaid orders was made that `order` stands for; None where it is paid."""
    if order.status is not Status.UNPAID:
        return None
    row = order.work.first(_PLACED, number=order.number)
    return int(json.loads(row[0]).get("waits_since") or order.created_at) if row else order.created_at


def _answer(purchase: Purchase) -> dict[str, Any]:
    return {
        "replaced_by": str(purchase.number),
        "total_minor": purchase.priced.total_minor,
        "pay_by": purchase.start.pay_by,
    }


def _purchase(
    order: Opened,
    items: Sequence[tuple[int, int]],
    method: Method,
    voucher_codes: Sequence[str] | None,
    since: int | None,
) -> Purchase:
    work, old = order.work, basket_of(order.work, order.number)
    products = {row[0] for row in work.rows(_PRODUCTS, number=order.number)}
    held = Counter[int]()
    for line in old.lines:
        held[line.variant_id] += line.quantity
    found = {one.variant_id: one for one in offers(work, [variant for variant, _ in items])}
    for variant, pieces in items:
        one = found[variant]
        if one.product_id not in products or one.currency != order.currency:
            raise Invalid("variant_of_another_product", {"variant": str(variant)})
        left = (one.free or 0) + held[variant]
        if left < pieces:
            raise Refused("out_of_stock", {"title": one.title, "variant": one.variant, "left": left})
    prices = {variant: one.price_minor for variant, one in found.items()}
    bought = tuple(
        (replace(found[part.variant_id], price_minor=part.unit_minor, free=part.pieces), part.pieces)
        for part in bought_again(items, prices, parts_of(old.lines))
    )
    amount = sum(one.price_minor * pieces for one, pieces in bought)
    codes = _kept_codes(order, old, amount) if voucher_codes is None else voucher_codes
    own = frozenset(one.id for one in old.vouchers)
    latest = None if since is None else since + LONGEST_MS
    return purchase_of(
        *(work, order.actor, bought, method, codes, old.coins, order.address_id), own=own, latest=latest
    )


def _kept_codes(order: Opened, old: Basket, items_minor: int) -> list[str]:
    kept = {one.id for one in kept_vouchers(old.vouchers, items_minor)}
    return [code for voucher, code in codes_of(order.work, order.number) if voucher in kept]
