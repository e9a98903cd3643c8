"""Putting an unpaid order right instead of cancelling it (T16): variant, voucher, address, way to pay."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from app.shop.actions.basket import vouchers
from app.shop.actions.cancel_lines import drop_vouchers
from app.shop.actions.opened import Opened
from app.shop.actions.opening import open_order
from app.shop.actions.pay import write_payment
from app.shop.actions.place import ADDRESS_OF
from app.shop.actions.purchase import start_of
from app.shop.actions.repricing import hold_instead, hold_vouchers, reprice, swap_of
from app.shop.once import action
from app.shop.reads.basket import basket_of
from app.shop.rules.basket import Basket
from app.shop.rules.clocks import Method, next_payment_step, pay_by_instead
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.orders import Action
from app.shop.shop import Actor, Done, Shop


def _open(shop_work: Any, actor: Actor, what: Action, number: int, key: str, *arguments: Any) -> Opened:
    order = open_order(shop_work, actor, what, number, key, *arguments)
    order.may()
    if order.imported:
        raise Refused("edit_on_its_platform", {"number": str(number)})
    return order


@action
def change_variant(shop: Shop, actor: Actor, number: int, line: int, variant_id: int, *, key: str) -> Done:
    """Take another variant of the same product: its stock is held before the old one's is given back.

    Raises Refused (`out_of_stock`, `same_variant`), Invalid for another product's, NotFound for no such line.
    """
    with shop.change() as work:
        order = _open(work, actor, Action.CHANGE_VARIANT, number, key, line, variant_id)
        basket = basket_of(work, number)
        swap = swap_of(order, basket, line, variant_id)
        hold_instead(order, swap)
        new = swap.new
        after = basket.swapped(line, new.variant_id, new.price_minor)
        return _repriced(order, basket, after, {"variant": new.variant, "line": line})


@action
def change_vouchers(shop: Shop, actor: Actor, number: int, voucher_codes: Sequence[str], *, key: str) -> Done:
    """Use these vouchers, or none; the old ones are given back, those it keeps stay whatever their time.

    Raises NotFound for no such voucher, Refused with why one does not apply, or not with the other.
    """
    with shop.change() as work:
        order = _open(work, actor, Action.CHANGE_VOUCHER, number, key, list(voucher_codes))
        basket = basket_of(work, number)
        drop_vouchers(order, basket, replace(basket, vouchers=()))
        used = vouchers(
            work,
            voucher_codes,
            basket.items_minor,
            shop_id=order.shop_id,
            currency=order.currency,
            own=frozenset(one.id for one in basket.vouchers),
        )
        hold_vouchers(order, used)
        told = {"voucher": ", ".join(voucher_codes) or None}
        return _repriced(order, basket, replace(basket, vouchers=used), told)


@action
def change_address(shop: Shop, actor: Actor, number: int, address_id: int, *, key: str) -> Done:
    """Send it to another address of the buyer's; raises NotFound where it is not theirs."""
    with shop.change() as work:
        order = _open(work, actor, Action.CHANGE_ADDRESS, number, key, address_id)
        if not work.first(ADDRESS_OF, address=address_id, person=order.buyer_id):
            raise NotFound("no_such_address", {"address": str(address_id)})
        return _changed(order, {"address_id": address_id}, {"address": str(address_id)})


@action
def change_payment_method(shop: Shop, actor: Actor, number: int, method: Method, *, key: str) -> Done:
    """Pay another way; the pay-by time never gets shorter by it, and cash on delivery needs no paying now.

    Raises Refused where it is the same way already.
    """
    with shop.change() as work:
        order = _open(work, actor, Action.CHANGE_PAYMENT_METHOD, number, key, method)
        if method is order.method:
            raise Refused("same_payment_method", {"method": method.value})
        start = start_of(method, work.now, order.policy, order.zone)
        if start.clocks:
            write_payment(work, number, Method.COD, "COD_DUE", order.total_minor)
            changes = asdict(start.clocks) | {"payment_method": method.value, "pay_by": None}
            return order.write(
                _answer(order, order.total_minor) | {"status": start.status.value},
                to=start.status,
                changes=changes,
                due=start.due,
                told={"method": method.value},
                seller_code="order_changed",
            )
        until = pay_by_instead(method, order.pay_by, order.created_at, order.policy) or order.created_at
        due = next_payment_step(order.created_at, until, order.policy, after=work.now)
        changes = {"payment_method": method.value, "pay_by": until}
        return order.write(
            _answer(order, order.total_minor), changes=changes, due=due, told={"method": method.value}
        )


def _repriced(order: Opened, before: Basket, after: Basket, told: dict[str, Any]) -> Done:
    total = reprice(order, before, after)
    difference = total - order.total_minor
    return _changed(
        order, {"total_minor": total}, told | {"total_minor": total, "difference_minor": difference}
    )


def _changed(order: Opened, changes: dict[str, Any], told: dict[str, Any]) -> Done:
    total = changes.get("total_minor", order.total_minor)
    return order.write(_answer(order, total), changes=changes, told=told, seller_code="order_changed")


def _answer(order: Opened, total: int) -> dict[str, Any]:
    return {
        "number": str(order.number),
        "status": order.status.value,
        "currency": order.currency,
        "total_minor": total,
        "difference_minor": total - order.total_minor,
    }
