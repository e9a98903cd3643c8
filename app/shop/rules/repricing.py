"""An order with another variant or voucher: what it costs then, the same before the tap and after it."""

from dataclasses import dataclass

from app.shop.rules.basket import Basket
from app.shop.rules.pricing import Sheet


@dataclass(frozen=True, slots=True)
class Repriced:
    """The basket as it is then, what it costs, and how much more (less: negative) that is."""

    after: Basket
    priced: Sheet
    difference_minor: int


def repriced(before: Basket, after: Basket, *, total_minor: int, paid: bool) -> Repriced:
    """An order that costs `total_minor` as `before`, when it is `after`.

    While nothing is paid it costs what it would cost alone. Once it is, the discounts grow by what a new
    voucher takes off, and by nothing else: what they did not take off lines that are cancelled by now, they
    do not take off the rest either.
    """
    priced = after.priced(_least(before, after, total_minor) if paid else 0)
    return Repriced(after, priced, priced.total_minor - total_minor)


def swapped(
    basket: Basket, n: int, variant_id: int, unit_minor: int, *, total_minor: int, paid: bool
) -> Repriced:
    """An order with another variant on line `n`, for `unit_minor` apiece, priced as `repriced` does.

    A voucher whose threshold is missed falls away.
    """
    after = basket.swapped(n, variant_id, unit_minor).without(frozenset())
    return repriced(basket, after, total_minor=total_minor, paid=paid)


def _least(before: Basket, after: Basket, total_minor: int) -> int:
    gone = _off(before.priced(total_minor), {one.id for one in before.vouchers if one not in after.vouchers})
    new = _off(after.priced(), {one.id for one in after.vouchers if one not in before.vouchers})
    return max(total_minor + after.items_minor - before.items_minor + gone - new, 0)


def _off(priced: Sheet, vouchers: set[int]) -> int:
    """What these vouchers (ids) take off in a sheet."""
    return -sum(amount for _, amount, subject in priced.entries if subject in vouchers)
