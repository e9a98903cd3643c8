"""What is chosen in the checkout and not ordered yet; it belongs to the window, and outlives the screen."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

from app.shop.reads.checkout import CheckoutChoice
from app.shop.reads.vouchers import VoucherChoice
from app.shop.rules.clocks import Method
from app.shop.rules.items import MOST_PIECES, Items
from app.shop.rules.pricing import VoucherKind
from app.ui.address_draft import AddressDraft
from app.ui.hooks import new_key
from app.ui.kept import Keeping, Kept, use_kept

CODE = 40
"""How long the code of a voucher may be."""


@dataclass(frozen=True, slots=True)
class Buying:
    """The choices, and the key the order will have.

    None stands for what is best or usual. `typing` is what stands in the field for a voucher's code, `typed`
    the code that was used, `tried` the total that was refused, `panel` what lies above the screen
    (`vouchers`, `addresses`, `address`), `writing` the address that was begun in it, `placed` that it was
    ordered.
    """

    key: str
    items: Items
    voucher_codes: tuple[str, ...] | None = None
    coins: bool = False
    method: Method | None = None
    address: int | None = None
    typing: str = ""
    typed: str = ""
    tried: int | None = None
    panel: str = ""
    writing: AddressDraft | None = None
    placed: bool = False

    def stepped(self, variant: int, step: int, free: int) -> "Buying":
        """One piece more or less of a variant of which there are `free`; without it where none is left.

        From more than there are, a step down leads to as many as there are.
        """
        pieces = dict(self.items).get(variant, 0) + step
        most = max(min(free, MOST_PIECES), 1)
        items = tuple((one, min(pieces, most) if one == variant else n) for one, n in self.items)
        return replace(self, items=tuple(item for item in items if item[1] > 0), tried=None)

    def without(self, variant: int) -> "Buying":
        """Without a variant."""
        return replace(self, items=tuple(item for item in self.items if item[0] != variant), tried=None)

    def with_voucher(self, one: VoucherChoice, choice: CheckoutChoice) -> "Buying":
        """With a voucher in place of what it does not combine with, or without it where it was chosen."""
        others = tuple(code for code in choice.voucher_codes if code != one.code)
        codes = others if one.chosen else (one.code, *others)
        return replace(self, voucher_codes=codes, typed="", tried=None)

    def with_code(self, typed: str, choice: CheckoutChoice) -> "Buying":
        """With the voucher of this code, should there be one, in place of what it does not combine with."""
        code = typed.strip().upper()[:CODE]
        codes = (code, *(one for one in choice.voucher_codes if one != code))
        return replace(self, voucher_codes=codes, typing=code, typed=code, tried=None)


def use_buying(items: Items) -> Kept[Buying]:
    """What is chosen in the checkout of `items`."""
    return use_kept(*_buying(items))


def choose_alike(keeping: Keeping, items: Items, others: Items) -> None:
    """What was chosen in the checkout of `items` goes on in that of `others`, for an order of its own."""
    if others != items:
        chosen = keeping.at(*_buying(items)).value
        keeping.at(*_buying(others)).value = replace(
            chosen, key=new_key(), items=others, tried=None, panel="", placed=False
        )


def _buying(items: Items) -> tuple[Hashable, Callable[[], Buying]]:
    """What it is kept below, and how it begins."""
    return ("checkout", items), lambda: Buying(new_key(), items)


def can_choose(one: VoucherChoice) -> bool:
    """Whether a voucher can be chosen, or left: it is of some use, if need be in place of another."""
    return one.chosen or (one.off_minor > 0 and one.why_not in (None, "voucher_not_combinable"))


def takes_shipping(one: VoucherChoice) -> bool:
    """Whether it takes off the shipping."""
    return one.kind is VoucherKind.FREE_SHIPPING
