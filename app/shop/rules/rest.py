"""The rest of an order when some of its lines are taken back: the same before the tap and after it."""

from dataclasses import dataclass, replace

from app.shop.rules.basket import Basket, BasketLine
from app.shop.rules.errors import Invalid
from app.shop.rules.pricing import Sheet, VoucherTerms, coins_used
from app.shop.rules.receipt import Held, Kind


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left without the lines `gone`, and what it costs.

    `cheaper_by` is what it costs less than all of it did (more: negative), `dearer_by` what of its price is
    due to vouchers that fall away; both in minor units.
    """

    before: Basket
    after: Basket
    gone: tuple[BasketLine, ...]
    priced: Sheet
    cheaper_by: int
    dearer_by: int

    @property
    def dropped(self) -> tuple[VoucherTerms, ...]:
        """The vouchers whose threshold the rest does not meet any more."""
        return tuple(one for one in self.before.vouchers if one not in self.after.vouchers)

    @property
    def spare_coins(self) -> int:
        """The coins that the rest does not take."""
        return self.before.coins - coins_used(self.priced)

    def released(self, buyer_id: int) -> tuple[Held, ...]:
        """What is free again: the pieces of the lines, vouchers and coins."""
        coins = [Held(Kind.COINS, buyer_id, self.spare_coins)] if self.spare_coins else []
        return (
            *(Held(Kind.STOCK, line.variant_id, line.quantity) for line in self.gone),
            *(Held(Kind.VOUCHER, one.id, 1) for one in self.dropped),
            *coins,
        )


def rest_of(basket: Basket, chosen: frozenset[int], *, total_minor: int, paid: bool) -> Rest | None:
    """What is left of an order that costs `total_minor` without the `chosen` lines (their n); None: nothing.

    While nothing is paid the rest costs what it would cost alone. Once it is, no line gives back more money
    than was paid for it: what is left of the discounts on the others stays what it was. A voucher whose
    threshold the rest misses falls away in both. Raises Invalid for lines that are not there.
    """
    gone = tuple(line for line in basket.lines if line.n in chosen)
    unknown = chosen - {line.n for line in gone}
    if unknown:
        raise Invalid("no_such_line", {"line": min(unknown)})
    after = basket.without(chosen)
    if not after.lines:
        return None
    least = total_minor - sum(line.total_minor for line in gone) if paid else 0
    priced = after.priced(least)
    as_before = replace(after, vouchers=basket.vouchers).priced(least)
    cheaper_by, dearer_by = total_minor - priced.total_minor, priced.total_minor - as_before.total_minor
    return Rest(basket, after, gone, priced, cheaper_by, max(dearer_by, 0))
