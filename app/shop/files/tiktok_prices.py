"""The price sheet of a TikTok Shop order: its `payment` as entries that sum to the total."""

from app.shop.files.findings import Unusable
from app.shop.files.outside import Prices
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


def price_sheet(money: Record, currency: str, lines_minor: int) -> tuple[Prices, int]:
    """The entries, and the total they sum to, in minor units; discounts are negative.

    What the parts lack to the stated total is an entry of its own, flagged. Without any price stated the
    lines, `lines_minor` together, are the price.
    """
    entries: list[tuple[Entry | OutsideEntry, int]] = [
        *_discounted(money, currency, Entry.ITEMS, "original_total_product_price", _ITEMS, "sub_total"),
        *_discounted(money, currency, Entry.SHIPPING, "original_shipping_fee", _SHIPPING, "shipping_fee"),
        *((kind, fee) for name, kind in _FEES.items() if (fee := money.amount(name, currency))),
    ] or [(Entry.ITEMS, lines_minor)]
    sum_minor = sum(amount for _, amount in entries)
    total = money.amount("total_amount", currency)
    if total is None:
        total = sum_minor
        money.flag("total_missing")
    if total < 0:
        raise Unusable("amount_not_usable", "total_amount", total)
    if total != sum_minor:
        entries.append((OutsideEntry.DIFFERENCE, total - sum_minor))
        money.flag("difference", "total_amount", str(total - sum_minor))
    return tuple(entries), total


def _discounted(
    money: Record, currency: str, kind: Entry, before: str, discounts: dict[str, OutsideEntry], after: str
) -> Prices:
    """A price before its discounts, and these; only the price after them where the three disagree."""
    full, net = money.amount(before, currency), money.amount(after, currency)
    taken = [(word, money.amount(name, currency)) for name, word in discounts.items()]
    off = tuple((word, -amount) for word, amount in taken if amount)
    if full is not None and net in (None, full + sum(amount for _, amount in off)):
        return ((kind, full), *off)
    if net is None:
        return ()
    if full is not None:
        money.flag("prices_disagree", after, str(net))
    return ((kind, net),)
