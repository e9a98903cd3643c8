"""What an order of a Shopee export costs: the price of an item, and the price sheet of the order."""

from collections.abc import Sequence

from app.shop.files.findings import Unusable
from app.shop.files.item_rows import ItemRow
from app.shop.files.outside import OutsideLine, Prices
from app.shop.files.price_sheet import extra, summed
from app.shop.files.record import Record
from app.shop.rules.money import exponent
from app.shop.rules.pricing import Entry, OutsideEntry

UNIT, DEAL, SUBTOTAL, REBATE = "original price", "deal price", "product subtotal", "shopee rebate"
TOTAL, COINS = "total amount", "shopee coins offset"
PAID, SUBSIDY, FULL = "buyer paid shipping fee", "shipping rebate estimate", "estimated shipping fee"
_OFF = {
    "seller voucher": OutsideEntry.SELLER_DISCOUNT,
    "seller bundle discount": OutsideEntry.SELLER_DISCOUNT,
    "shopee voucher": OutsideEntry.PLATFORM_DISCOUNT,
    "shopee bundle discount": OutsideEntry.PLATFORM_DISCOUNT,
    "credit card discount total": OutsideEntry.PLATFORM_DISCOUNT,
}
REPEATED = frozenset({TOTAL, COINS, PAID, SUBSIDY, FULL, *_OFF})
"""Amounts of the order, which each row repeats."""
MONEY = frozenset({UNIT, DEAL, SUBTOTAL, REBATE, *REPEATED})
"""Every column with an amount that is read."""


def price_of(record: Record, currency: str) -> tuple[int, int, int]:
    """Pieces, the price of one before discounts, and what they cost together after these, in minor units."""
    pieces = record.pieces("quantity")
    unit, deal = record.amount(UNIT, currency), record.amount(DEAL, currency)
    total = record.amount(SUBTOTAL, currency)
    if total is None:
        each = unit if deal is None else deal
        if each is None:
            raise Unusable("amount_missing", SUBTOTAL)
        total = each * pieces
    # A subtotal that the pieces do not divide costs the next whole unit, the rest is a discount.
    return pieces, max(unit or 0, -(-total // pieces)), total


def price_sheet(
    rows: Sequence[ItemRow], lines: Sequence[OutsideLine], whole: Record, currency: str, *, cancelled: bool
) -> tuple[Prices, int]:
    """The entries, and the total they sum to, in minor units; discounts are negative.

    A cancelled order that nobody paid has a total of 0: what it would have cost is the sum of its parts.
    """
    discount = sum(line.discount_minor for line in lines)
    rebate = min(sum(extra(row.record, REBATE, currency) for row in rows), discount)
    base: list[tuple[Entry | OutsideEntry, int]] = [
        (Entry.ITEMS, sum(line.quantity * line.unit_minor for line in lines)),
        (OutsideEntry.SELLER_DISCOUNT, rebate - discount),
        (OutsideEntry.PLATFORM_DISCOUNT, -rebate),
        *_shipping(whole, currency),
    ]
    total, parts = whole.amount(TOTAL, currency), sum(amount for _, amount in base)
    off = _taken_off(whole, currency, None if total is None else total - parts)
    if cancelled and total == 0:
        total = max(parts + sum(amount for _, amount in off), 0)
    return summed(whole, [entry for entry in (*base, *off) if entry[1]], total, TOTAL)


def _shipping(whole: Record, currency: str) -> Prices:
    """What it costs and what of it Shopee pays, where these estimates agree with what the buyer pays."""
    paid, subsidy, full = (extra(whole, name, currency) for name in (PAID, SUBSIDY, FULL))
    if full != paid + subsidy:
        return ((Entry.SHIPPING, paid),)
    return ((Entry.SHIPPING, full), (OutsideEntry.SHIPPING_PLATFORM_DISCOUNT, -subsidy))


def _taken_off(whole: Record, currency: str, wanted: int | None) -> Prices:
    """Vouchers and coins, as the total wants them.

    There are totals before and after them, and coins are counted in one market as money, in another by the
    hundredth. Where no way gives the total all of them are taken; where they are not in it, that is flagged.
    """
    coins = extra(whole, COINS, currency)
    vouchers: Prices = tuple((kind, -extra(whole, name, currency)) for name, kind in _OFF.items())
    every = (*vouchers, (Entry.COINS, -coins))
    counted = (*vouchers, (Entry.COINS, -(coins // 10 ** exponent(currency))))
    ways = (counted, every, vouchers, ())
    way = next((way for way in ways if sum(amount for _, amount in way) == wanted), counted)
    if any(amount for _, amount in every[len(way) :]):
        whole.flag("prices_disagree", TOTAL, whole.text(TOTAL))
    return way
