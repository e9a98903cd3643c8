"""An address: its parts, which of them are needed, and what each may be."""

from dataclasses import dataclass, field, fields, replace
from typing import Any

from app.shop.rules.errors import Invalid
from app.shop.rules.words import clean

MOST = 50
"""How many addresses one person can have at a time."""
_PHONE_MARKS = frozenset(" +-.()/")
PHONE_DIGITS = (6, 15)
"""How many figures a phone number has at least and at most (E.164)."""


def _of(least: int, most: int) -> Any:
    return field(default="", metadata={"limits": (least, most)})


@dataclass(frozen=True, slots=True)
class Parts:
    """What an address says; `label` is what its owner calls it, `country` two letters (ISO 3166).

    With each how many characters it has at least and at most; none at least: it may be left out.
    """

    label: str = _of(0, 40)
    recipient: str = _of(1, 80)
    phone: str = _of(1, 30)
    lines: str = _of(1, 200)
    city: str = _of(1, 80)
    region: str = _of(0, 80)
    postal_code: str = _of(0, 12)
    country: str = _of(2, 2)


PARTS = tuple(one.name for one in fields(Parts))
"""The names of the parts, in their order."""
PLACE = PARTS[PARTS.index("lines") :]
"""Those that say where it is, and neither whose nor what it is called."""
_LIMITS: dict[str, tuple[int, int]] = {one.name: one.metadata["limits"] for one in fields(Parts)}


def checked_parts(parts: Parts) -> Parts:
    """`parts` as they are kept.

    Raises Invalid with the name of the `part`: `address_part_missing`, `address_part_too_long`,
    `phone_unusable`, `country_unusable`, or what `clean` raises.
    """
    found = replace(parts, **{name: _part(name, getattr(parts, name)) for name in PARTS})
    digits = sum(c.isdecimal() for c in found.phone)
    if not PHONE_DIGITS[0] <= digits <= PHONE_DIGITS[1] or not all(
        c.isdecimal() or c in _PHONE_MARKS for c in found.phone
    ):
        raise Invalid("phone_unusable", {"part": "phone"})
    country = found.country.upper()
    if not (country.isascii() and country.isalpha()):
        raise Invalid("country_unusable", {"part": "country"})
    return replace(found, country=country)


def _part(name: str, written: str) -> str:
    least, most = _LIMITS[name]
    try:
        kept = " ".join(clean(written, most).split())
    except Invalid as error:
        code = "address_part_too_long" if error.code == "text_too_long" else error.code
        raise Invalid(code, error.facts | {"part": name}) from error
    if len(kept) < least:
        raise Invalid("address_part_missing", {"part": name})
    return kept
