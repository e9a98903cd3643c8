"""Amounts in minor units, and how to split one without losing a unit."""

from collections.abc import Sequence
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation, Overflow

from app.shop.rules.errors import Invalid

EXPONENTS: dict[str, int] = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(),  # noqa: SIM905
        0,
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),  # noqa: SIM905
    "IDR": 0,
}
"""Decimals of a currency where they are not two (ISO 4217), except the rupiah: it is traded whole."""

LARGEST_MINOR = 2**53 - 1
"""The largest amount: beyond it a browser's numbers are no longer exact."""

# The usual context would round what has more than 28 digits, in silence.
_EXACT = Context(prec=100, traps=[InvalidOperation, Overflow, Inexact])


def exponent(currency: str) -> int:
    """How many decimals `currency` (ISO 4217 letters) has."""
    return EXPONENTS.get(currency, 2)


def to_minor(amount: str | int | Decimal, currency: str) -> int:
    """`amount` in units of `currency` as integer minor units.

    Raises Invalid where it is no number, has more decimals than the currency, or is beyond `LARGEST_MINOR`:
    nothing is rounded away.
    """
    try:
        minor = _EXACT.scaleb(Decimal(amount), exponent(currency))
        whole = minor.to_integral_value()
    except (DecimalException, ValueError, TypeError) as error:
        raise Invalid("not_an_amount", {"value": str(amount)}) from error
    if not minor.is_finite() or abs(whole) > LARGEST_MINOR:
        raise Invalid("not_an_amount", {"value": str(amount)})
    if whole != minor:
        raise Invalid("too_many_decimals", {"value": str(amount), "currency": currency})
    return int(whole)


def to_units(minor: int, currency: str) -> Decimal:
    """Integer minor units as an exact amount in units of `currency`."""
    return Decimal(minor).scaleb(-exponent(currency))


def split(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`total` minor units over `weights` in proportion; the parts sum to `total` exactly.

    Largest remainder first, ties to the earlier part; no part has another sign than `total`, and where all
    weights are zero the first part takes everything. Raises Invalid for no weights or a negative one.
    """
    if not weights or any(weight < 0 for weight in weights):
        raise Invalid("cannot_split", {"parts": len(weights)})
    whole = sum(weights)
    if whole == 0:
        return (total, *(0 for _ in weights[1:]))
    size, sign = abs(total), -1 if total < 0 else 1
    parts = [size * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(size * weights[i] % whole), i))
    for i in by_remainder[: size - sum(parts)]:
        parts[i] += 1
    return tuple(sign * part for part in parts)
