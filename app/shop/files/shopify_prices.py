"""What an order of a Shopify export costs: its lines with their share of the discount, its price sheet."""

from collections.abc import Sequence
from dataclasses import replace

from app.shop.files.outside import OutsideLine, Prices
from app.shop.files.price_sheet import extra, summed
from app.shop.files.record import Record
from app.shop.rules.money import split
from app.shop.rules.pricing import Entry, OutsideEntry


def priced(
    record: Record, currency: str, lines: Sequence[OutsideLine]
) -> tuple[tuple[OutsideLine, ...], Prices, int]:
    """The lines less their discounts, the entries, and the total they sum to, in minor units.

    The file has one discount for the order. What the subtotal is below the lines was off them, and shared
    between them; the rest was off the shipping. Whether prices include the tax is not told either: it is an
    entry where the total needs it. What is still missing to the total is an entry of its own, flagged.
    """
    gross = sum(line.quantity * line.unit_minor for line in lines)
    discount = record.amount("discount amount", currency) or 0
    subtotal, shipping = record.amount("subtotal", currency), record.amount("shipping", currency) or 0
    off = max(gross - subtotal, 0) if subtotal is not None else min(discount, gross)
    lines = _less(record, lines, off)
    entries: list[tuple[Entry | OutsideEntry, int]] = [
        (Entry.ITEMS, gross),
        (OutsideEntry.SELLER_DISCOUNT, -off),
        (Entry.SHIPPING, shipping),
        (OutsideEntry.SHIPPING_SELLER_DISCOUNT, -min(max(discount - off, 0), shipping)),
        (OutsideEntry.TAX, extra(record, "duties", currency)),
    ]
    total, parts = record.amount("total", currency), sum(amount for _, amount in entries)
    tax = record.amount("taxes", currency) or 0
    if total == parts + tax != parts:
        entries.append((OutsideEntry.TAX, tax))
    prices, total = summed(record, [entry for entry in entries if entry[1]], total, "total")
    return tuple(lines), prices, total


def _less(record: Record, lines: Sequence[OutsideLine], off: int) -> list[OutsideLine]:
    """The lines with `off` taken from them: first what each says itself, the rest in proportion."""
    own = [line.discount_minor for line in lines]
    if not lines:
        return []
    if sum(own) > off:
        record.flag("prices_disagree", "lineitem discount", str(sum(own)))
        own = list(split(off, own))
    left = [line.quantity * line.unit_minor - mine for line, mine in zip(lines, own, strict=True)]
    shares = split(off - sum(own), left)
    return [
        replace(line, discount_minor=mine + share, total_minor=rest - share)
        for line, mine, share, rest in zip(lines, own, shares, left, strict=True)
    ]
