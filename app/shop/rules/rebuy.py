"""Cancelling and buying again in one act: what of the old order is kept for the new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.shop.rules.basket import Basket, BasketLine
from app.shop.rules.pricing import VoucherTerms


@dataclass(frozen=True, slots=True)
class Part:
    """So many pieces of a variant for one price apiece, in minor units."""

    variant_id: int
    pieces: int
    unit_minor: int


def parts_of(lines: Sequence[BasketLine]) -> tuple[Part, ...]:
    """The lines of an order as what was bought of each variant."""
    return tuple(Part(line.variant_id, line.quantity, line.unit_minor) for line in lines)


def merged(items: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The items with each variant once, in the order in which they first come."""
    pieces: dict[int, int] = {}
    for variant, count in items:
        pieces[variant] = pieces.get(variant, 0) + count
    return tuple(pieces.items())


def bought_again(
    items: Sequence[tuple[int, int]], prices: Mapping[int, int], before: Sequence[Part]
) -> tuple[Part, ...]:
    """`items` (variant id, pieces) as they are bought again, `prices` being what each variant costs now.

    As many pieces as were bought `before` cost what they cost then, where that is less than now.
    """
    return tuple(
        part for variant, pieces in items for part in _parts(variant, pieces, prices[variant], before)
    )


def _parts(variant: int, pieces: int, price: int, before: Sequence[Part]) -> list[Part]:
    by_unit: dict[int, int] = {}
    for part in sorted(before, key=lambda one: one.unit_minor):
        if part.variant_id == variant and part.unit_minor < price:
            kept = min(part.pieces, pieces)
            by_unit[part.unit_minor] = by_unit.get(part.unit_minor, 0) + kept
            pieces -= kept
    by_unit[price] = pieces
    return [Part(variant, count, unit) for unit, count in by_unit.items() if count]


def kept_vouchers(vouchers: Sequence[VoucherTerms], items_minor: int) -> tuple[VoucherTerms, ...]:
    """The vouchers of the old order that the new one meets the threshold of.

    They were held for this buyer: that their time is over since, or their uses are, does not count.
    """
    return tuple(one for one in vouchers if one.least_minor <= items_minor)


def basket_again(parts: Sequence[Part], old: Basket, shipping_minor: int) -> Basket:
    """The new order's basket with what is kept of the `old` one: vouchers and coins."""
    lines = tuple(
        BasketLine(n, part.variant_id, part.pieces, part.unit_minor) for n, part in enumerate(parts, 1)
    )
    basket = Basket(lines, shipping_minor, coins=old.coins)
    return Basket(lines, shipping_minor, kept_vouchers(old.vouchers, basket.items_minor), old.coins)
