"""Data that a page does not fetch: every text is the same without it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from babel import core, localedata

from app.languages import LANGUAGES
from app.packaging.unasked import UNSAID
from app.ui.texts.amounts import money, number, percent, rating, signed, size
from app.ui.texts.places import country_name, country_of, currencies_of
from app.ui.texts.times import date_words, day, day_of, duration, left, moment, time_of_day, zone_name

NOW = 1_772_534_400_000
"""Tuesday, 3 March 2026, 10:40 UTC."""
AGO = (0, 90_000, 3_700_000, 90_000_000, 300_000_000, 4_000_000_000, 40_000_000_000)
"""Milliseconds."""
ZONES = ("Asia/Jakarta", "Asia/Ho_Chi_Minh", "America/Sao_Paulo", "Europe/London", "UTC")
CURRENCIES = ("IDR", "VND", "PHP", "USD", "KWD", "XXX")


def told() -> Iterator[str]:
    """All that Babel has a part in, in the language spoken."""
    for zone in ZONES:
        yield from (
            zone_name(zone, NOW),
            country_of(zone),
            country_name(country_of(zone)),
            *currencies_of(zone),
        )
        yield from (form(NOW - ago, zone, NOW) for form in (moment, day) for ago in AGO)
        yield time_of_day(NOW, zone)
    yield from (form(ago) for form in (duration, left, size, number) for ago in AGO)
    yield from (
        form(minor, one) for form in (money, signed) for minor in (-1_234_567, 1) for one in CURRENCIES
    )
    yield from (percent(0.125), rating(37, 8), date_words(date(2026, 4, 3)), day_of(20_000, 20_500))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_needs_what_is_left_out_of_a_page(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAKEBACK_LANGUAGE", language)
    assert core.get_global("likely_subtags")  # it is read
    world: Any = core._global_data
    here = localedata.load(language)
    assert {*world, *here} >= UNSAID
    with monkeypatch.context() as patch:
        for name in UNSAID:
            patch.delitem(world if name in world else here, name)
        without = list(told())
        with pytest.raises(KeyError):
            _ = core.Locale(language).languages
    assert list(told()) == without
