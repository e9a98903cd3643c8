"""Everything people read: texts by code, and money, times and plural forms as their language has them.

Babel is imported where it is needed: that takes longer than all else that the first picture waits for.
"""

import re
from datetime import UTC, datetime, tzinfo
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.shop.rules.errors import ShopError
from app.shop.rules.money import exponent, to_units
from app.ui.english import TEXTS

if TYPE_CHECKING:
    from babel import Locale

_COUNTS = ("count", "least", "days")
"""Facts that choose the plural form, the first that is there."""
_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Where letters and digits meet: CLDR wants a space between them, Babel sets none."""
_SECOND, _MINUTE, _HOUR, _DAY = 1_000, 60_000, 3_600_000, 86_400_000


class _Facts(dict[str, object]):
    # A text is drawn while a screen renders, and a render may not fail: a missing fact leaves a gap.
    def __missing__(self, name: str) -> str:
        return "…"


def t(code: str, **facts: object) -> str:
    """The text for `code`, its gaps filled with `facts`; a calm sentence where the code has no text."""
    text = TEXTS.get(code) or TEXTS.get(f"{code}.{_form(facts)}") or TEXTS["unexpected"]
    # Most texts have no gaps: the one copy of each serves every window.
    return text.format_map(_Facts(facts)) if "{" in text else text


def has(code: str) -> bool:
    """Whether there is a text for `code`, in whatever plural form."""
    return code in TEXTS or f"{code}.other" in TEXTS


@cache
def _locale() -> "Locale":
    from babel import Locale  # noqa: PLC0415

    return Locale("en")


def _form(facts: dict[str, object]) -> str:
    counted = next((facts[name] for name in _COUNTS if name in facts), 0)
    return str(_locale().plural_form(counted)) if isinstance(counted, int) else "other"


def problem(error: ShopError) -> str:
    """What went wrong, as one sentence."""
    return t(error.code, **error.facts)


def reason_text(code: str) -> str:
    """The label of a reason; what another platform wrote is shown as it stands."""
    return TEXTS.get(f"reason.{code}", code)


def count(value: int, most: int = 99) -> str:
    """`value` for a badge; beyond `most` it reads "99+"."""
    return t("many", count=most) if value > most else str(value)


@lru_cache(maxsize=256)
def _pattern(currency: str) -> str:
    # Babel's own decimals differ from ours for a few currencies (rupiah), so the pattern says how many.
    standard = str(_locale().currency_formats["standard"].pattern)
    decimals = exponent(currency)
    return re.sub(r"0\.0+", "0." + "0" * decimals if decimals else "0", standard)


def money(minor: int, currency: str) -> str:
    """Integer minor units with the currency's sign and decimals."""
    from babel.numbers import format_currency  # noqa: PLC0415

    written = format_currency(
        to_units(minor, currency), currency, _pattern(currency), _locale(), currency_digits=False
    )
    return _TOUCHING.sub("\u00a0", written)


def number(value: int) -> str:
    """A plain number with its separators."""
    from babel.numbers import format_decimal  # noqa: PLC0415

    return str(format_decimal(value, locale=_locale()))


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def moment(at: int, zone: str, now: int) -> str:
    """A time (ms UTC) on the clock of `zone`, as short as `now` allows: 18:40, Tue 18:40, Nov 23, 2024."""
    from babel.dates import format_skeleton  # noqa: PLC0415

    when, today = (datetime.fromtimestamp(ms / 1000, _zone(zone)) for ms in (at, now))
    days = abs((when.date() - today.date()).days)
    if days < 7:
        return str(format_skeleton("Hm" if days == 0 else "EHm", when, locale=_locale()))
    return str(format_skeleton("MMMd" if when.year == today.year else "yMMMd", when, locale=_locale()))


def left(ms: int) -> str:
    """How long until something is due: the two largest units; seconds only in the last two minutes."""
    ms = max(ms, 0)
    if ms < 2 * _MINUTE:
        minutes, seconds = divmod(-(-ms // _SECOND), 60)
        return t("left.last" if minutes else "left.seconds", minutes=minutes, seconds=seconds)
    if ms < _HOUR:
        return t("left.minutes", minutes=ms // _MINUTE)
    if ms < _DAY:
        return t("left.hours", hours=ms // _HOUR, minutes=ms % _HOUR // _MINUTE)
    return t("left.days", days=ms // _DAY, hours=ms % _DAY // _HOUR)
