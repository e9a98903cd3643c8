"""What an order is made of while it is priced: its live lines, and what is added to and taken off them."""

from dataclasses import dataclass, replace

from app.shop.rules.pricing import Item, Sheet, VoucherTerms, combinable, sheet


@dataclass(frozen=True, slots=True)
class BasketLine:
    """A line to be priced; `discount_minor` is its share of the discounts as it was priced last."""

    n: int
    variant_id: int
    quantity: int
    unit_minor: int
    discount_minor: int = 0

    @property
    def total_minor(self) -> int:
        """What it costs, as it was priced last."""
        return self.quantity * self.unit_minor - self.discount_minor


@dataclass(frozen=True, slots=True)
class Basket:
    """The live lines of an order, and what is added to and taken off their prices."""

    lines: tuple[BasketLine, ...]
    shipping_minor: int
    vouchers: tuple[VoucherTerms, ...] = ()
    coins: int = 0

    @property
    def items_minor(self) -> int:
        """What the lines cost before any discount."""
        return sum(line.quantity * line.unit_minor for line in self.lines)

    def priced(self, least_minor: int = 0) -> Sheet:
        """The price sheet; where it comes to less than `least_minor`, with smaller discounts."""
        items = [Item(line.quantity, line.unit_minor) for line in self.lines]
        return sheet(items, self.shipping_minor, self.vouchers, self.coins, least_minor)

    def swapped(self, n: int, variant_id: int, unit_minor: int) -> "Basket":
        """The basket with another variant on line `n`, for `unit_minor` apiece."""
        return replace(
            self,
            lines=tuple(
                replace(line, variant_id=variant_id, unit_minor=unit_minor) if line.n == n else line
                for line in self.lines
            ),
        )

    def with_voucher(self, voucher: VoucherTerms) -> "Basket":
        """The basket with a voucher in place of the one it does not combine with."""
        beside = (one for one in self.vouchers if combinable((one, voucher)))
        return replace(self, vouchers=(*beside, voucher))

    def without(self, lines: frozenset[int]) -> "Basket":
        """The basket when `lines` are gone; a voucher whose threshold is no longer met falls away."""
        left = replace(self, lines=tuple(line for line in self.lines if line.n not in lines))
        # A voucher that has run out since the order was placed stays with it: only the threshold counts.
        kept = tuple(one for one in self.vouchers if one.least_minor <= left.items_minor)
        return replace(left, vouchers=kept)
