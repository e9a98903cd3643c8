"""An order with another variant on one of its lines: the same before the tap and after it."""

from dataclasses import dataclass

from app.shop.rules.basket import Basket
from app.shop.rules.pricing import Sheet


@dataclass(frozen=True, slots=True)
class Swapped:
    """The basket with the other variant, what it costs, and how much more (less: negative) that is."""

    after: Basket
    priced: Sheet
    difference_minor: int


def swapped(
    basket: Basket, n: int, variant_id: int, unit_minor: int, *, total_minor: int, paid: bool
) -> Swapped:
    """An order that costs `total_minor` with another variant on line `n`, for `unit_minor` apiece.

    While nothing is paid it costs what it would cost alone. Once it is, the discounts never grow: what they
    did not take off lines that are cancelled by now, they do not take off the rest either. A voucher whose
    threshold is missed falls away in both.
    """
    after = basket.swapped(n, variant_id, unit_minor).without(frozenset())
    least = max(total_minor + after.items_minor - basket.items_minor, 0) if paid else 0
    priced = after.priced(least)
    return Swapped(after, priced, priced.total_minor - total_minor)
