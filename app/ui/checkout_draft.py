"""What is chosen in the checkout and not ordered yet; it belongs to the window, and outlives the screen."""

from dataclasses import dataclass, replace

from app.shop.reads.checkout import CheckoutChoice
from app.shop.reads.vouchers import VoucherChoice
from app.shop.rules.clocks import Method
from app.shop.rules.items import Items
from app.shop.rules.pricing import VoucherKind
from app.ui.address_draft import AddressDraft


@dataclass(frozen=True, slots=True)
class Buying:
    """The choices, and the key the order will have.

    None stands for what is best or usual. `tried` is the total that was refused, `panel` what lies above the
    screen (`vouchers` or `addresses`), `writing` the address that is being written in it.
    """

    key: str
    items: Items
    voucher_codes: tuple[str, ...] | None = None
    coins: bool = False
    method: Method | None = None
    address: int | None = None
    tried: int | None = None
    panel: str = ""
    writing: AddressDraft | None = None

    def with_pieces(self, variant: int, pieces: int) -> "Buying":
        """So many pieces of a variant; none: without it."""
        items = tuple((one, pieces if one == variant else n) for one, n in self.items)
        return replace(self, items=tuple(item for item in items if item[1] > 0), tried=None)

    def with_voucher(self, one: VoucherChoice, choice: CheckoutChoice) -> "Buying":
        """With a voucher in place of what it does not combine with, or without it where it was chosen."""
        others = tuple(code for code in choice.voucher_codes if code != one.code)
        return replace(self, voucher_codes=others if one.chosen else (one.code, *others), tried=None)


def can_choose(one: VoucherChoice) -> bool:
    """Whether a voucher can be chosen, or left: it is of some use, if need be in place of another."""
    return one.chosen or (one.off_minor > 0 and one.why_not in (None, "voucher_not_combinable"))


def takes_shipping(one: VoucherChoice) -> bool:
    """Whether it takes off the shipping."""
    return one.kind is VoucherKind.FREE_SHIPPING
