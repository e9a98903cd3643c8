"""The amounts of an order as TikTok's export has them: discounts by who gives them, fees, the rest."""

from collections import Counter
from collections.abc import Sequence

from app.shop.export.fields import Values
from app.shop.export.reading import Told
from app.shop.rules.money import exponent, split, to_units
from app.shop.rules.pricing import Entry, OutsideEntry

_FEES = {
    "Buyer Service Fee": OutsideEntry.SERVICE_FEE,
    "Handling Fee": OutsideEntry.HANDLING_FEE,
    "Shipping Insurance": OutsideEntry.SHIPPING_INSURANCE,
    "Item Insurance": OutsideEntry.ITEM_INSURANCE,
}
_THIRD = 3


_HOME = (None, "", "ID", "Indonesia")
"""Where parcels go in the market of the bare currency."""


def written(minor: int, order: Values, *, bare: bool) -> str:
    """An amount: `bare` where the file tells its currency, with a point; never three decimals.

    Those would look like thousands.
    """
    currency = order["currency"]
    units = f"{to_units(minor, currency):f}"
    if exponent(currency) == _THIRD:
        units += "0"
    return units if bare and order["to_country"] in _HOME else f"{currency} {units}"


def of_order(told: Told, *, bare: bool) -> dict[str, str]:
    """What every row of an order repeats."""
    sheet = _sheet(told)
    amounts = {name: sheet[kind] for name, kind in _FEES.items() if kind in sheet}
    if Entry.SHIPPING in sheet:
        seller = -sheet[OutsideEntry.SHIPPING_SELLER_DISCOUNT] - sheet["shipping of shop"]
        platform = -sheet[OutsideEntry.SHIPPING_PLATFORM_DISCOUNT] - sheet["shipping of platform"]
        platform -= sheet[OutsideEntry.SHIPPING_COFUNDED_DISCOUNT]
        amounts |= {
            "Original Shipping Fee": sheet[Entry.SHIPPING],
            "Shipping Fee Seller Discount": seller,
            "Shipping Fee Platform Discount": platform,
            "Shipping Fee After Discount": sheet[Entry.SHIPPING] - seller - platform,
        }
    off = sum(max(0, line["discount_minor"]) for line in told.lines)
    unseen = -sheet[OutsideEntry.PLATFORM_DISCOUNT] - (off - _by_seller(told, off))
    amounts["Payment platform discount"] = max(0, unseen)
    amounts["Order Refund Amount"] = sum(
        one["amount_minor"] for one in told.refunds if one["state"] != "GIVEN_UP"
    )
    amounts["Order Amount"] = told.order["total_minor"]
    return {name: written(amount, told.order, bare=bare) for name, amount in amounts.items()}


def of_lines(told: Told, rows: Sequence[Sequence[Values]], *, bare: bool) -> list[dict[str, str]]:
    """What each row has of its own: the prices of its lines, and their discounts by who gives them."""
    off = [sum(max(0, line["discount_minor"]) for line in lines) for lines in rows]
    seller = split(_by_seller(told, sum(off)), off) if any(off) else off
    found = []
    for lines, discount, mine in zip(rows, off, seller, strict=True):
        after = sum(line["total_minor"] for line in lines)
        amounts = {
            "SKU Unit Original Price": lines[0]["unit_minor"],
            "SKU Subtotal Before Discount": after + discount,
            "SKU Platform Discount": discount - mine,
            "SKU Seller Discount": mine,
            "SKU Subtotal After Discount": after,
        }
        found.append({name: written(amount, told.order, bare=bare) for name, amount in amounts.items()})
    return found


def _sheet(told: Told) -> Counter[str]:
    """The price sheet by kind; shipping vouchers by whose they are."""
    sheet: Counter[str] = Counter()
    for row in told.prices:
        sheet[row["kind"]] += row["amount_minor"]
        if row["kind"] == Entry.FREE_SHIPPING:
            whose = "shop" if row["voucher_shop_id"] else "platform"
            sheet[f"shipping of {whose}"] += row["amount_minor"]
    return sheet


def _by_seller(told: Told, off: int) -> int:
    """How much of what is taken off the items is the seller's to bear."""
    mine: int = sum(
        -row["amount_minor"]
        for row in told.prices
        if row["kind"] == OutsideEntry.SELLER_DISCOUNT
        or (row["kind"] == Entry.VOUCHER and row["voucher_shop_id"])
    )
    return min(mine, off)
