"""Another variant or voucher, and what the order costs then: new is held before old is given back."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from app.shop import ledger
from app.shop import tables as t
from app.shop.actions.basket import offer, vouchers, write_prices
from app.shop.actions.cancel_lines import drop_vouchers, return_coins
from app.shop.actions.opened import Opened
from app.shop.reads.variants import Offer
from app.shop.rules.basket import Basket, BasketLine
from app.shop.rules.errors import Invalid, NotFound, Refused
from app.shop.rules.pricing import Sheet, VoucherTerms, coins_used
from app.shop.rules.receipt import Held, Kind
from app.shop.rules.vouchers import why_not_asked
from app.shop.sql import Statement

_l = t.Line
_PRODUCT = Statement(
    select(col(_l.product_id), col(_l.variant)).where(
        col(_l.order_number) == bindparam("number"), col(_l.n) == bindparam("line")
    )
)
_SWAP = Statement(
    update(_l)
    .where(col(_l.order_number) == bindparam("of_order"), col(_l.n) == bindparam("of_line"))
    .values({name: bindparam(f"new_{name}") for name in ("variant_id", "variant", "picture")})
)


@dataclass(frozen=True, slots=True)
class Swap:
    """A line as it is, what its variant is called, and the variant to take instead."""

    old: BasketLine
    was: str
    new: Offer


def swap_of(order: Opened, basket: Basket, line: int, variant_id: int) -> Swap:
    """The line as it is, and the variant of the same product to take instead.

    Raises Refused (`out_of_stock`, `same_variant`), Invalid for another product's, NotFound for no such line.
    """
    old = next((one for one in basket.lines if one.n == line), None)
    product, was = order.work.first(_PRODUCT, number=order.number, line=line) or (None, "")
    if old is None or product is None:
        raise NotFound("no_such_line", {"line": line})
    new = offer(order.work, variant_id)
    if new.product_id != product or new.currency != order.currency:
        raise Invalid("variant_of_another_product", {"variant": str(variant_id)})
    if new.variant_id == old.variant_id:
        raise Refused("same_variant", {"variant": new.variant})
    if (new.free or 0) < old.quantity:
        raise Refused("out_of_stock", {"title": new.title, "variant": new.variant, "left": new.free or 0})
    return Swap(old, was, new)


def voucher_of(order: Opened, basket: Basket, code: str) -> VoucherTerms:
    """The voucher to ask a seller for.

    Raises NotFound for no such voucher, Refused with why it does not apply, or why it is not to be asked for.
    """
    (new,) = vouchers(
        order.work,
        (code,),
        basket.items_minor,
        shop_id=order.shop_id,
        currency=order.currency,
        own=frozenset(one.id for one in basket.vouchers),
    )
    if why := why_not_asked(basket, new):
        raise Refused(why, {"voucher": code})
    return new


def hold_vouchers(order: Opened, new: Iterable[VoucherTerms]) -> None:
    """Hold a use of each of these vouchers; what is paid for has used it at once."""
    work, number = order.work, order.number
    held = [(Held(Kind.VOUCHER, one.id, 1), None) for one in new]
    ledger.hold(work, number, held, first=ledger.next_hold(work, number))
    if order.paid_at:
        ledger.use_all_but(work, number, Kind.STOCK, by_event=order.event_n)


def hold_instead(order: Opened, swap: Swap) -> None:
    """Hold the new variant for the line, and give back what was held for it."""
    work, number, old, new = order.work, order.number, swap.old, swap.new
    first = ledger.next_hold(work, number)
    ledger.end_line(work, number, old.n, by_event=order.event_n)
    ledger.hold(work, number, [(Held(Kind.STOCK, new.variant_id, old.quantity), old.n)], first=first)
    work.run(
        _SWAP,
        of_order=number,
        of_line=old.n,
        new_variant_id=new.variant_id,
        new_variant=new.variant,
        new_picture=new.picture,
    )


def reprice(order: Opened, before: Basket, after: Basket) -> int:
    """Write what `after` costs alone; vouchers and coins that are no longer needed are given back.

    What it comes to, in minor units.
    """
    left = after.without(frozenset())
    drop_vouchers(order, after, left)
    return write_repriced(order, before, left, left.priced())


def write_repriced(order: Opened, before: Basket, after: Basket, priced: Sheet) -> int:
    """Write the prices of `after`, and give back the coins that it does not take; what it comes to."""
    write_prices(order.work, order.number, after, priced)
    if coins_used(priced) < before.coins:
        return_coins(order, coins_used(priced))
    return priced.total_minor
