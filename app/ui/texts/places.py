"""Addresses and their countries as the language spoken names them."""

from dataclasses import replace

from app.shop.rules.addresses import PLACE, Parts
from app.ui.language import locale


def country_name(code: str) -> str:
    """A country by its two letters (ISO 3166); one nobody knows stays as it is written."""
    return str(locale().territories.get(code, code))


def country_of(zone: str) -> str:
    """The country that keeps the clock of `zone`; nothing where it is nobody's own."""
    from babel.core import get_global  # noqa: PLC0415

    code = str(get_global("zone_territories").get(zone, ""))
    return code if len(code) == 2 and code != "ZZ" and code.isalpha() else ""


def currencies_of(zone: str) -> tuple[str, ...]:
    """The money of the country that keeps the clock of `zone`, what is used most first (ISO 4217)."""
    from babel.numbers import get_territory_currencies  # noqa: PLC0415

    country = country_of(zone)
    return tuple(get_territory_currencies(country)) if country else ()


def called(parts: Parts) -> str:
    """What an address is called: as its owner does, else by its city."""
    return parts.label or parts.city or parts.lines


def where(parts: Parts) -> str:
    """An address on one line."""
    named = replace(parts, country=country_name(parts.country))
    return ", ".join(part for name in PLACE if (part := getattr(named, name)))
