"""Money and numbers as the language spoken writes them."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from app.languages import DEFAULT
from app.shop.rules.money import exponent, to_units
from app.ui.language import locale
from app.ui.texts.words import t

if TYPE_CHECKING:
    from babel import Locale

_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Where letters and digits meet: CLDR wants a space between them, Babel sets none."""
_BYTES = "digital-byte"
_SIZES = ((10**6, "digital-megabyte"), (10**3, "digital-kilobyte"))
_ROUND = 10
"""From here on a size has no decimals."""
_TIGHT = ("id", "IDR")
"""But Indonesian spelling has none after its own Rp."""


@lru_cache(maxsize=256)
def _pattern(here: "Locale", currency: str) -> str:
    # Babel's own decimals differ from ours for a few currencies (rupiah), so the pattern says how many.
    standard = str(here.currency_formats["standard"].pattern)
    decimals = exponent(currency)
    return re.sub(r"0\.0+", "0." + "0" * decimals if decimals else "0", standard)


def money(minor: int, currency: str) -> str:
    """Integer minor units with the currency's sign and decimals."""
    from babel.numbers import format_currency  # noqa: PLC0415

    here = locale()
    amount, pattern = to_units(minor, currency), _pattern(here, currency)
    written = format_currency(amount, currency, pattern, here, currency_digits=False)
    return written if (here.language, currency) == _TIGHT else _TOUCHING.sub("\u00a0", written)


def signed(minor: int, currency: str) -> str:
    """How much more or less an order costs, in few words."""
    if not minor:
        return t("same_price")
    return t("price_more" if minor > 0 else "price_less", amount=money(abs(minor), currency))


def percent(share: float) -> str:
    """A share, 1 being all, in whole hundredths."""
    from babel.numbers import format_percent  # noqa: PLC0415

    return str(format_percent(share, locale=locale()))


def rating(stars: int, reviews: int) -> str:
    """The mean of so many stars of so many reviews (at least one), to a tenth: 4.8."""
    from babel.numbers import format_decimal  # noqa: PLC0415

    return str(format_decimal(stars / reviews, format="0.0", locale=locale()))


def size(count: int) -> str:
    """So many bytes in the unit that fits: 640 bytes, 12 kB, 3.4 MB."""
    from babel.units import format_unit  # noqa: PLC0415

    larger = ((count / least, unit) for least, unit in _SIZES if count >= least)
    value, unit = next(larger, (count, _BYTES))
    # Only in full has English a plural of it; in full others have no word for it.
    here = locale()
    length: Literal["short", "long"] = "long" if unit == _BYTES and here.language == DEFAULT else "short"
    return str(format_unit(round(value, 1 if value < _ROUND else None), unit, length, locale=here))


def number(value: int) -> str:
    """A plain number with its separators."""
    from babel.numbers import format_decimal  # noqa: PLC0415

    return str(format_decimal(value, locale=locale()))
