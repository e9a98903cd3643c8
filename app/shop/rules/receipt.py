"""The receipt: what comes back, to where and by when; the same before the tap and after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.shop.rules.clocks import Method, refund_by


class Kind(StrEnum):
    """What can be held for an order."""

    STOCK = "STOCK"
    VOUCHER = "VOUCHER"
    COINS = "COINS"


@dataclass(frozen=True, slots=True)
class Held:
    """A hold of the order that has not ended: `amount` pieces, uses or coins of `subject`."""

    kind: Kind
    subject: int
    amount: int


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment of the order and what of it has been given back already, in minor units."""

    n: int
    method: Method
    amount_minor: int
    refunded_minor: int = 0


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that goes back on one payment; `by` is when it is there, milliseconds UTC."""

    payment_n: int
    method: Method
    amount_minor: int
    by: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a cancel gives back. Stock returns to the shop, the rest to the buyer."""

    currency: str
    refunds: tuple[Refund, ...]
    released: tuple[Held, ...]
    outside: bool

    @property
    def refund_minor(self) -> int:
        """All money that goes back, in minor units."""
        return sum(refund.amount_minor for refund in self.refunds)

    @property
    def returned(self) -> tuple[Held, ...]:
        """What the buyer gets back beside money: vouchers and coins."""
        return tuple(held for held in self.released if held.kind is not Kind.STOCK)


def receipt(
    currency: str,
    paid: Iterable[Paid],
    held: Iterable[Held],
    *,
    at: int,
    zone: str,
    outside: bool = False,
    amount_minor: int | None = None,
) -> Receipt:
    """What cancelling gives back: all that was paid, or `amount_minor` of it, newest payment first.

    Never more than what is left of each payment. `outside` marks an imported order: its platform moves the
    money, not this app, so no refund of ours is promised.
    """
    refunds: list[Refund] = []
    left = amount_minor
    for payment in sorted(paid, key=lambda payment: -payment.n):
        rest = payment.amount_minor - payment.refunded_minor
        amount = rest if left is None else min(rest, left)
        if amount > 0 and not outside:
            refunds.append(Refund(payment.n, payment.method, amount, refund_by(payment.method, at, zone)))
        if left is not None:
            left -= amount
    released = sorted(held, key=lambda one: (one.kind, one.subject))
    return Receipt(currency, tuple(refunds), tuple(released), outside)
