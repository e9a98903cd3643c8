"""The price sheet of a TikTok Shop order: its `payment` as entries that sum to the total."""

from collections.abc import Mapping
from types import MappingProxyType

from app.shop.files.outside import Prices
from app.shop.files.price_sheet import summed
from app.shop.files.record import Record
from app.shop.rules.pricing import Entry, OutsideEntry

_ITEMS = {
    "seller_discount": OutsideEntry.SELLER_DISCOUNT,
    "platform_discount": OutsideEntry.PLATFORM_DISCOUNT,
}
_SHIPPING = {
    "shipping_fee_seller_discount": OutsideEntry.SHIPPING_SELLER_DISCOUNT,
    "shipping_fee_platform_discount": OutsideEntry.SHIPPING_PLATFORM_DISCOUNT,
    "shipping_fee_cofunded_discount": OutsideEntry.SHIPPING_COFUNDED_DISCOUNT,
}
_FEES = {
    # product_tax and shipping_fee_tax are what `tax` is made of.
    "tax": OutsideEntry.TAX,
    "retail_delivery_fee": OutsideEntry.DELIVERY_FEE,
    "small_order_fee": OutsideEntry.SMALL_ORDER_FEE,
    "buyer_service_fee": OutsideEntry.SERVICE_FEE,
    "handling_fee": OutsideEntry.HANDLING_FEE,
    "shipping_insurance_fee": OutsideEntry.SHIPPING_INSURANCE,
    "item_insurance_fee": OutsideEntry.ITEM_INSURANCE,
}


_OFF = {"payment_platform_discount": OutsideEntry.PLATFORM_DISCOUNT}


def price_sheet(
    money: Record, currency: str, lines_minor: int, names: Mapping[str, str] = MappingProxyType({})
) -> tuple[Prices, int]:
    """The entries, and the total they sum to, in minor units; discounts are negative.

    What the parts lack to the stated total is an entry of its own, flagged. Without any price stated the
    lines, `lines_minor` together, are the price. `names` are those by which a file calls the amounts.
    """

    def amount(name: str) -> int | None:
        return money.amount(names.get(name, name), currency)

    def discounted(kind: Entry, before: str, discounts: dict[str, OutsideEntry], after: str) -> Prices:
        """A price before its discounts, and these; only the price after them where the three disagree."""
        full, net = amount(before), amount(after)
        off = tuple((word, -taken) for name, word in discounts.items() if (taken := amount(name)))
        if full is not None and net in (None, full + sum(taken for _, taken in off)):
            return ((kind, full), *off)
        if net is None:
            return ()
        if full is not None:
            money.flag("prices_disagree", names.get(after, after), str(net))
        return ((kind, net),)

    entries: list[tuple[Entry | OutsideEntry, int]] = [
        *discounted(Entry.ITEMS, "original_total_product_price", _ITEMS, "sub_total"),
        *discounted(Entry.SHIPPING, "original_shipping_fee", _SHIPPING, "shipping_fee"),
        *((kind, fee) for name, kind in _FEES.items() if (fee := amount(name))),
        *((kind, -taken) for name, kind in _OFF.items() if (taken := amount(name))),
    ] or [(Entry.ITEMS, lines_minor)]
    return summed(money, entries, amount("total_amount"), names.get("total_amount", "total_amount"))
