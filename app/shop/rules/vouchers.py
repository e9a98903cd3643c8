"""Which vouchers a basket is best off with."""

from collections.abc import Iterable

from app.shop.rules.basket import Basket
from app.shop.rules.pricing import VoucherTerms, taken_off


def best_combination(basket: Basket, vouchers: Iterable[VoucherTerms]) -> tuple[VoucherTerms, ...]:
    """Of vouchers that apply, those that together take off most; of equals, the ones that end sooner.

    What takes nothing off is left for another time. One takes off the items and one off the shipping, and
    neither changes what the other takes: so the best of each are the best together.
    """
    best: dict[bool, VoucherTerms] = {}
    for one in sorted(vouchers, key=lambda one: (-off_basket(basket, one), one.ends_at, one.id)):
        if off_basket(basket, one):
            best.setdefault(one.off_shipping, one)
    return tuple(best[side] for side in sorted(best))


def why_not_asked(basket: Basket, voucher: VoucherTerms) -> str | None:
    """Why a seller is not to be asked for a voucher that applies; None where they are."""
    if voucher in basket.vouchers:
        return "same_voucher"
    return None if off_basket(basket, voucher) else "voucher_takes_nothing"


def off_basket(basket: Basket, voucher: VoucherTerms) -> int:
    """What a voucher that applies takes off the basket, in minor units; coins do not count."""
    return taken_off(voucher, basket.items_minor, basket.shipping_minor)
