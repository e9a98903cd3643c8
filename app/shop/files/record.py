"""One record of a file, a JSON object or a CSV row: its values, checked, and what is odd about them."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache
from typing import Self

from app.shop.files.findings import Finding, Unusable
from app.shop.rules.errors import Invalid
from app.shop.rules.money import exponent, to_minor

_ID = re.compile(r"(?=.*[0-9A-Za-z])[!-~]{1,64}")
_FORMULA_FAILED = re.compile(r"#(REF!|N/A|NAME\?|VALUE!|NUM!|DIV/0!|NULL!|#+)")
_ROUNDED_ID = re.compile(r"\d([.,]\d+)?[eE]\+?\d{1,3}")
_AMOUNT = re.compile(r"-?\d{1,18}(\.\d{1,20})?")
_WHOLE = re.compile(r"\d{1,18}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_EARLIEST, _LATEST = 946_684_800_000, 4_102_444_800_000
PIECES = 1_000_000
"""More pieces of one thing than anybody orders."""
TEXT = 10_000
"""Characters of a text that are kept."""
_NO_VALUE = ("", None)


class Record:
    """Values by name. What cannot be used raises Unusable, what is only odd becomes a flag of the order."""

    __slots__ = ("_at", "_values", "flags")

    def __init__(self, values: object, flags: list[Finding] | None = None, at: str = "") -> None:
        if not isinstance(values, Mapping):
            raise Unusable("not_an_object", at or None, values)
        self._values: Mapping[str, object] = values
        self._at = at
        self.flags: list[Finding] = [] if flags is None else flags

    def _name(self, name: str) -> str:
        return f"{self._at}.{name}" if self._at else name

    def flag(self, code: str, name: str | None = None, value: str | None = None) -> None:
        """Something odd about the value `name`, kept with the order."""
        self.flags.append(Finding(code, self._name(name) if name else None, value))

    def raw(self, name: str) -> object:
        """The value as it stands; None where there is none or it is empty."""
        value = self._values.get(name)
        return None if value in _NO_VALUE else value

    def part(self, name: str) -> Self:
        """The record within this one; an empty one where it is missing."""
        found = self.raw(name)
        return type(self)({} if found is None else found, self.flags, self._name(name))

    def parts(self, name: str) -> list[Self]:
        """The records of a list within this one; none where it is missing."""
        found = self.raw(name)
        if found is None:
            return []
        if not isinstance(found, list):
            raise Unusable("not_an_object", self._name(name), found)
        return [type(self)(one, self.flags, f"{self._name(name)}[{n}]") for n, one in enumerate(found, 1)]

    def id(self, name: str) -> str | None:
        """An id as text, as given but for the apostrophe that keeps it from a spreadsheet; None for none.

        Raises Unusable for a rounded one.
        """
        value = self.raw(name)
        if value is None:
            return None
        text = str(value).strip().removeprefix("'")
        if isinstance(value, Decimal | float) or _ROUNDED_ID.fullmatch(text):
            raise Unusable("id_not_exact", self._name(name), value)
        usable = isinstance(value, str | int) and not isinstance(value, bool) and _ID.fullmatch(text)
        if not usable or _FORMULA_FAILED.fullmatch(text):
            raise Unusable("id_not_usable", self._name(name), value)
        return text

    def needed_id(self, name: str) -> str:
        """An id that must be there."""
        value = self.id(name)
        if value is None:
            raise Unusable("id_missing", self._name(name))
        return value

    def text(self, name: str) -> str | None:
        """A text, verbatim but for control characters and blanks at its ends; None where there is none.

        One longer than anybody writes is cut, and flagged.
        """
        value = self.raw(name)
        if not isinstance(value, str | int | Decimal):
            return None
        told = str(value).strip()
        kept = told if told.isprintable() else _without_controls(told)
        if kept != told:
            self.flag("control_characters", name)  # not the text: it may be personal
        if len(kept) > TEXT:
            self.flag("text_cut", name)
        return kept[:TEXT] or None

    def currency(self, name: str = "currency") -> str:
        """An ISO 4217 code."""
        value = self.raw(name)
        if not isinstance(value, str) or not _CURRENCY.fullmatch(value):
            raise Unusable("currency_not_usable", self._name(name), value)
        return value

    def amount(self, name: str, currency: str) -> int | None:
        """An amount in minor units, never negative; None where there is none.

        A fraction the currency does not have is flagged with the exact amount, and its whole part counts.
        """
        value = self.raw(name)
        if value is None:
            return None
        if not isinstance(value, str | int | Decimal) or isinstance(value, bool):
            raise Unusable("amount_not_usable", self._name(name), value)
        try:
            minor, exact = _minor(str(value), currency)
        except Unusable as error:
            raise Unusable(error.finding.code, self._name(name), value) from error
        if not exact:
            self.flag("fraction", name, str(value))
        return minor

    def needed_amount(self, name: str, currency: str) -> int:
        """An amount that must be there."""
        amount = self.amount(name, currency)
        if amount is None:
            raise Unusable("amount_missing", self._name(name))
        return amount

    def pieces(self, name: str) -> int:
        """A number of pieces, 1 where there is none."""
        value = self.raw(name)
        if value is None:
            return 1
        if isinstance(value, bool) or not _WHOLE.fullmatch(str(value)) or not 0 < int(str(value)) <= PIECES:
            raise Unusable("quantity_not_usable", self._name(name), value)
        return int(str(value))

    def needed_time(self, name: str, told: Callable[[str], int] | None = None) -> int:
        """A time in ms UTC that must be there; `told` reads the platform's way of writing it."""
        if self.raw(name) in (None, 0, "0"):
            raise Unusable("time_missing", self._name(name))
        try:
            at = (told or _since_1970)(str(self.raw(name)))
        except (ValueError, OverflowError):
            at = 0
        if not _EARLIEST <= at < _LATEST:
            raise Unusable("time_not_usable", self._name(name), self.raw(name))
        return at

    def time(self, name: str, told: Callable[[str], int] | None = None) -> int | None:
        """A time in ms UTC; None where there is none, and flagged where it is not usable."""
        if self.raw(name) in (None, 0, "0"):
            return None
        try:
            return self.needed_time(name, told)
        except Unusable as error:
            self.flags.append(error.finding)
            return None


@lru_cache(maxsize=4096)  # the prices of a shop come again and again
def _minor(told: str, currency: str) -> tuple[int, bool]:
    """An amount in minor units, and whether that is exact; raises Unusable."""
    if not _AMOUNT.fullmatch(told) or (amount := Decimal(told)) < 0:
        raise Unusable("amount_not_usable")
    whole = amount.quantize(Decimal(1).scaleb(-exponent(currency)), ROUND_DOWN)
    try:
        return to_minor(whole, currency), whole == amount
    except Invalid as error:
        raise Unusable("amount_too_large") from error


def _without_controls(text: str) -> str:
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


_SECONDS_END = 100_000_000_000


def _since_1970(text: str) -> int:
    """Seconds or milliseconds, told apart by their size: one interface mixes both in one record."""
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text) * 1000 if int(text) < _SECONDS_END else int(text)
