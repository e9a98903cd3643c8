"""Placing an order: stock, voucher and coins are held, the clocks start."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlmodel import col

from app.shop import ledger, once
from app.shop import tables as t
from app.shop.actions.basket import offers, write_entries
from app.shop.actions.beginning import begin
from app.shop.actions.pay import write_payment
from app.shop.actions.purchase import Purchase, holds_of, purchase_of
from app.shop.journal import Happened, record
from app.shop.once import action
from app.shop.rules.clocks import Method
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.items import check_items
from app.shop.rules.orders import TABS, Role
from app.shop.rules.pricing import check_expected
from app.shop.rules.receipt import Kind
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work

_COINS = Statement(
    select(col(t.Balance.free)).where(
        col(t.Balance.kind) == Kind.COINS.value, col(t.Balance.subject) == bindparam("person")
    )
)
ADDRESS_OF = Statement(
    select(col(t.Address.city)).where(
        col(t.Address.id) == bindparam("address"),
        col(t.Address.person_id) == bindparam("person"),
        col(t.Address.removed_at).is_(None),
    )
)
_ORDER = Statement(
    insert(t.Order).values(
        {
            name: bindparam(name)
            for name in (
                "number",
                "buyer_id",
                "shop_id",
                "creator_id",
                "status",
                "tab",
                "currency",
                "total_minor",
                "line_count",
                "payment_method",
                "address_id",
                "created_at",
                "pay_by",
                "remorse_until",
                "ship_by",
                "collect_by",
                "cancel_sla",
                "due_at",
                "due_step",
            )
        }
        | {"version": 0, "source": "takeback"}
    )
)
_LINE = Statement(
    insert(t.Line).values(
        {
            name: bindparam(name)
            for name in (
                "order_number",
                "n",
                "product_id",
                "variant_id",
                "title",
                "variant",
                "picture",
                "quantity",
                "unit_minor",
                "discount_minor",
                "total_minor",
            )
        }
    )
)


@action
def place_order(
    shop: Shop,
    actor: Actor,
    items: Sequence[tuple[int, int]],
    method: Method,
    *,
    voucher_codes: Sequence[str] = (),
    coins: int = 0,
    address_id: int | None = None,
    expected_minor: int | None = None,
    key: str,
) -> Done:
    """Order `items` (variant id, pieces) of one shop (T1); unpaid, or on its way at once when paid in cash.

    `expected_minor` is the total that was shown: nothing is ordered for another one.

    Raises Refused where something is not to be had (`out_of_stock`, `not_enough_coins`, a voucher's own
    codes) or not for that (`price_changed`), Invalid for items that make no order, NotFound for what does not
    exist or is not the actor's.
    """
    check_items(items, coins)
    asked = [*map(list, items)], method, list(voucher_codes), coins, address_id, expected_minor
    mark = once.fingerprint(key, "place_order", *asked)
    with shop.change() as work:
        begin(work, actor, key, mark)
        if address_id is not None and not work.first(ADDRESS_OF, address=address_id, person=actor.id):
            raise NotFound("no_such_address", {"address": str(address_id)})
        if coins and coins > (work.first(_COINS, person=actor.id) or (0,))[0]:
            raise Refused("not_enough_coins", {"coins": coins})
        found = offers(work, [variant for variant, _ in items])
        bought = tuple(zip(found, (pieces for _, pieces in items), strict=True))
        purchase = purchase_of(work, actor, bought, method, voucher_codes, coins, address_id)
        check_expected(purchase.priced.total_minor, expected_minor, purchase.first.currency)
        write_purchase(work, purchase)
        return once.keep(work, actor, key, mark, placed(work, purchase, key))


def write_purchase(work: Work, purchase: Purchase) -> None:
    """Write a purchase as an order: its lines, its prices, what is held for it."""
    first, start, number = purchase.first, purchase.start, purchase.number
    work.run(
        _ORDER,
        number=number,
        buyer_id=purchase.buyer.id,
        shop_id=first.shop_id,
        creator_id=first.creator_id,
        status=start.status.value,
        tab=TABS[start.status].value,
        currency=first.currency,
        total_minor=purchase.priced.total_minor,
        line_count=len(purchase.offers),
        payment_method=purchase.method.value,
        address_id=purchase.address_id,
        created_at=work.now,
        pay_by=start.pay_by,
        due_at=start.due.at if start.due else None,
        due_step=start.due.step.value if start.due else None,
        **(asdict(start.clocks) if start.clocks else {}),
    )
    work.many(_LINE, _lines(purchase))
    write_entries(work, number, purchase.priced)
    ledger.hold(work, number, holds_of(purchase))
    if purchase.method is Method.COD:
        write_payment(work, number, Method.COD, "COD_DUE", purchase.priced.total_minor)


def _lines(purchase: Purchase) -> list[dict[str, Any]]:
    return [
        {
            "order_number": purchase.number,
            "n": n,
            "product_id": one.product_id,
            "variant_id": one.variant_id,
            "title": one.title,
            "variant": one.variant,
            "picture": one.picture,
            "quantity": pieces,
            "unit_minor": one.price_minor,
            "discount_minor": discount,
            "total_minor": pieces * one.price_minor - discount,
        }
        for n, ((one, pieces), discount) in enumerate(
            zip(purchase.offers, purchase.priced.discounts, strict=True), 1
        )
    ]


def placed(
    work: Work, purchase: Purchase, key: str, *, replaces: int | None = None, waits_since: int | None = None
) -> Done:
    """Write that it was ordered, in place of the order `replaces` where there was one.

    `waits_since` is when the first of the unpaid orders was made that it takes the place of (ms UTC).
    """
    start, first, number = purchase.start, purchase.first, str(purchase.number)
    facts = {
        "number": number,
        "title": first.title,
        "status": start.status.value,
        "by": Role.BUYER.value,
        "currency": first.currency,
        "total_minor": purchase.priced.total_minor,
        "pay_by": start.pay_by,
    } | ({"replaces": str(replaces)} if replaces else {})
    if waits_since is not None:
        facts["waits_since"] = waits_since
    happened = Happened(
        number=purchase.number,
        n=0,
        actor=purchase.buyer,
        role=Role.BUYER,
        action="place_order",
        status_from=None,
        status_to=start.status,
        reason=None,
        note=None,
        due_at=None,
        key=key,
        facts=facts,
    )
    people = record(work, happened, purchase.buyer.id, first.shop_id, seller_code="order_placed")
    answer = {name: facts[name] for name in ("number", "status", "currency", "total_minor", "pay_by")}
    return Done(answer | {"event": 0}, people, first.shop_id)
