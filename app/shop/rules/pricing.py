"""What an order costs: its lines, shipping, vouchers and coins, as a price sheet that sums to the total."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.shop.rules.errors import Refused
from app.shop.rules.money import LARGEST_MINOR, split


class Entry(StrEnum):
    """The kinds of rows of a price sheet."""

    ITEMS = "ITEMS"
    SHIPPING = "SHIPPING"
    VOUCHER = "VOUCHER"
    FREE_SHIPPING = "FREE_SHIPPING"
    COINS = "COINS"


class OutsideEntry(StrEnum):
    """The rows of a price sheet that platforms have beside ours; discounts are negative."""

    SELLER_DISCOUNT = "SELLER_DISCOUNT"
    PLATFORM_DISCOUNT = "PLATFORM_DISCOUNT"
    SHIPPING_SELLER_DISCOUNT = "SHIPPING_SELLER_DISCOUNT"
    SHIPPING_PLATFORM_DISCOUNT = "SHIPPING_PLATFORM_DISCOUNT"
    SHIPPING_COFUNDED_DISCOUNT = "SHIPPING_COFUNDED_DISCOUNT"
    TAX = "TAX"
    DELIVERY_FEE = "DELIVERY_FEE"
    SMALL_ORDER_FEE = "SMALL_ORDER_FEE"
    SERVICE_FEE = "SERVICE_FEE"
    HANDLING_FEE = "HANDLING_FEE"
    SHIPPING_INSURANCE = "SHIPPING_INSURANCE"
    ITEM_INSURANCE = "ITEM_INSURANCE"
    DIFFERENCE = "DIFFERENCE"


class VoucherKind(StrEnum):
    """What a voucher takes off: so many percent or so much of the items, or the shipping."""

    PERCENT = "PERCENT"
    AMOUNT = "AMOUNT"
    FREE_SHIPPING = "FREE_SHIPPING"


@dataclass(frozen=True, slots=True)
class Item:
    """So many pieces at a price, in minor units."""

    quantity: int
    unit_minor: int

    @property
    def amount_minor(self) -> int:
        """What they cost together."""
        return self.quantity * self.unit_minor


@dataclass(frozen=True, slots=True)
class VoucherTerms:
    """What a voucher is worth (percent or minor units), for whom and when. No shop: the platform's own."""

    id: int
    shop_id: int | None
    kind: VoucherKind
    currency: str
    value: int
    least_minor: int
    most_minor: int | None
    starts_at: int
    ends_at: int

    @property
    def off_shipping(self) -> bool:
        """Whether it takes off the shipping; else off the items."""
        return self.kind is VoucherKind.FREE_SHIPPING


@dataclass(frozen=True, slots=True)
class Sheet:
    """A price sheet: rows of (kind, amount, what it is about), and each line's share of the discounts."""

    entries: tuple[tuple[Entry, int, int | None], ...]
    discounts: tuple[int, ...]
    total_minor: int


def why_not_voucher(
    voucher: VoucherTerms, items_minor: int, *, shop_id: int, currency: str, now: int, free: int = 1
) -> str | None:
    """Why a voucher does not apply to items of one shop, or None where it does.

    `free` is how often it can still be used.
    """
    if voucher.shop_id not in (None, shop_id):
        return "voucher_other_shop"
    if voucher.currency != currency:
        return "voucher_other_currency"
    if now < voucher.starts_at:
        return "voucher_not_started"
    if now >= voucher.ends_at:
        return "voucher_expired"
    if free < 1:
        return "voucher_used_up"
    return "voucher_below_threshold" if items_minor < voucher.least_minor else None


def combinable(vouchers: Sequence[VoucherTerms]) -> bool:
    """Whether vouchers can be used together: at most one takes off the items, and one off the shipping."""
    return len({one.off_shipping for one in vouchers}) == len(vouchers)


def sheet(
    items: Sequence[Item],
    shipping_minor: int,
    vouchers: Sequence[VoucherTerms] = (),
    coins: int = 0,
    least_minor: int = 0,
) -> Sheet:
    """The price sheet of an order; a coin is worth one minor unit.

    Discounts on the items are split over the lines without losing a unit, and never take a line below
    zero; coins beyond what the items still cost are left unused, and so are discounts that would take the
    total below `least_minor`: coins first. The vouchers must apply, and combine.
    """
    amounts = [item.amount_minor for item in items]
    items_minor = sum(amounts)
    entries: list[tuple[Entry, int, int | None]] = [(Entry.ITEMS, items_minor, None)]
    if shipping_minor:
        entries.append((Entry.SHIPPING, shipping_minor, None))
    entries += [
        (Entry.FREE_SHIPPING, -taken_off(one, items_minor, shipping_minor), one.id)
        for one in vouchers
        if one.off_shipping
    ]
    most = max(sum(amount for _, amount, _ in entries) - least_minor, 0)
    off = 0
    for voucher in (one for one in vouchers if not one.off_shipping):
        off = min(taken_off(voucher, items_minor, shipping_minor), most)
        entries.append((Entry.VOUCHER, -off, voucher.id))
    used = min(coins, items_minor - off, most - off)
    if used:
        entries.append((Entry.COINS, -used, None))
    discounts = split(off + used, amounts)
    return Sheet(tuple(entries), discounts, sum(amount for _, amount, _ in entries))


def check_expected(total_minor: int, expected_minor: int | None, currency: str) -> None:
    """Raise Refused (`price_changed`) where a total is not the one that was shown; None: none was."""
    if expected_minor is not None and expected_minor != total_minor:
        raise Refused(
            "price_changed", {"old_minor": expected_minor, "new_minor": total_minor, "currency": currency}
        )


def coins_used(priced: Sheet) -> int:
    """How many coins a sheet takes."""
    return -sum(amount for kind, amount, _ in priced.entries if kind is Entry.COINS)


def taken_off(voucher: VoucherTerms, items_minor: int, shipping_minor: int) -> int:
    """What a voucher that applies takes off items and shipping of these amounts, in minor units."""
    if voucher.off_shipping:
        return _capped(shipping_minor, voucher)
    off = items_minor * voucher.value // 100 if voucher.kind is VoucherKind.PERCENT else voucher.value
    return min(_capped(off, voucher), items_minor)


def _capped(off: int, voucher: VoucherTerms) -> int:
    return min(off, LARGEST_MINOR if voucher.most_minor is None else voucher.most_minor)
