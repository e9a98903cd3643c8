"""Money, dates, counts and clocks as each language writes them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.languages import LANGUAGES
from app.shop.rules.errors import Invalid
from app.shop.rules.money import LARGEST_MINOR, exponent
from app.ui.texts import duration, left, moment, money, number, problem, t, zone_name

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
TUESDAY = 1_772_534_400_000
"""Tuesday, 3 March 2026, 10:40 UTC."""


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The language spoken meanwhile, each in turn."""
    monkeypatch.setenv("TAKEBACK_LANGUAGE", request.param)
    return str(request.param)


MONEY = {
    "en": ("IDR\u00a01,850,000", "₫390,000", "$123.45", "-KWD\u00a00.005", "€0.00"),
    "id": ("Rp1.850.000", "₫390.000", "US$123,45", "-KWD\u00a00,005", "€0,00"),
    "vi": ("1.850.000\u00a0IDR", "390.000\u00a0₫", "123,45\u00a0US$", "-0,005\u00a0KWD", "0,00\u00a0€"),
}
AMOUNTS = ((1_850_000, "IDR"), (390_000, "VND"), (12_345, "USD"), (-5, "KWD"), (0, "EUR"))


def test_money_has_the_sign_and_separators_of_the_language(language: str) -> None:
    assert tuple(money(minor, currency) for minor, currency in AMOUNTS) == MONEY[language]


@pytest.mark.parametrize("currency", ["JPY", "IDR", "VND", "USD", "PHP", "KWD", "BHD"])
@given(minor=st.integers(-LARGEST_MINOR, LARGEST_MINOR), language=st.sampled_from(sorted(LANGUAGES)))
def test_money_shows_every_unit_and_as_many_decimals_as_its_currency_has(
    currency: str, minor: int, language: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TAKEBACK_LANGUAGE", language)
        written = money(minor, currency)
    digits = re.sub(r"\D", "", written)
    assert digits == str(abs(minor)).zfill(exponent(currency) + 1)
    decimals = re.search(r"[.,](\d+)\D*$", written) if exponent(currency) else None
    assert (len(decimals[1]) if decimals else 0) == exponent(currency)
    assert ("-" in written) == (minor < 0)


def test_numbers_have_the_separators_of_the_language(language: str) -> None:
    assert number(12_345) == ("12,345" if language == "en" else "12.345")


MOMENTS = {
    "en": ("18:40", "Wed 10:40", "Mar 23", "Jan 27, 2025"),
    "id": ("18.40", "Rab 10.40", "23 Mar", "27 Jan 2025"),
    "vi": ("18:40", "10:40 Th 4", "23 thg 3", "27 thg 1, 2025"),
}
DISTANCES = (8 * HOUR, DAY, 20 * DAY, -400 * DAY)


def test_moments_have_the_order_and_words_of_the_language(language: str) -> None:
    assert tuple(moment(TUESDAY + ms, "UTC", TUESDAY) for ms in DISTANCES) == MOMENTS[language]


ZONES = {
    "en": ("Western Indonesia Time", "Vietnam Time", "Coordinated Universal Time"),
    "id": ("Waktu Indonesia Barat", "Waktu Vietnam", "Waktu Universal Terkoordinasi"),
    "vi": ("Giờ Miền Tây Indonesia", "Giờ Việt Nam", "Giờ Phối hợp Quốc tế"),
}


def test_zones_have_names_in_the_language(language: str) -> None:
    zones = ("Asia/Jakarta", "Asia/Ho_Chi_Minh", "Nowhere/At_All")
    assert tuple(zone_name(zone, TUESDAY) for zone in zones) == ZONES[language]


def test_a_zone_with_summer_time_is_named_as_it_goes_now() -> None:
    assert zone_name("Europe/Berlin", TUESDAY) == "Central European Standard Time"
    assert zone_name("Europe/Berlin", TUESDAY + 120 * DAY) == "Central European Summer Time"


PLURALS = {
    "en": ("and 1 more item", "and 2 more items", "1 day 0 h", "2 days 0 h"),
    "id": ("dan 1 barang lainnya", "dan 2 barang lainnya", "1 hari 0 jam", "2 hari 0 jam"),
    "vi": ("và 1 sản phẩm khác", "và 2 sản phẩm khác", "1 ngày 0 giờ", "2 ngày 0 giờ"),
}


def test_counts_take_the_plural_forms_of_the_language(language: str) -> None:
    items = tuple(t("more_items", count=count) for count in (1, 2))
    assert (*items, left(DAY), left(2 * DAY)) == PLURALS[language]


LEFT = {
    "en": ("2 h 10 min", "12 min", "1 min 21 s", "5 s"),
    "id": ("2 jam 10 mnt", "12 menit", "1 mnt 21 dtk", "5 detik"),
    "vi": ("2 giờ 10 phút", "12 phút", "1 phút 21 giây", "5 giây"),
}


def test_clocks_count_in_the_units_of_the_language(language: str) -> None:
    assert (left(2 * HOUR + 10 * MINUTE), left(12 * MINUTE), left(81_000), left(5_000)) == LEFT[language]


DURATIONS = {
    "en": ("2 days", "1 hour 30 minutes", "5 seconds", "90 days"),
    "id": ("2 hari", "1 jam 30 menit", "5 detik", "90 hari"),
    "vi": ("2 ngày", "1 giờ 30 phút", "5 giây", "90 ngày"),
}
LENGTHS = (2 * DAY, HOUR + 30 * MINUTE, 5_000, 90 * DAY)


def test_lengths_of_time_are_told_in_words(language: str) -> None:
    assert tuple(duration(ms) for ms in LENGTHS) == DURATIONS[language]


def test_a_refusal_is_told_in_the_language(language: str) -> None:
    said = problem(Invalid("text_too_long", {"length": 612, "limit": 500}))
    assert (
        said
        == {
            "en": "That is 612 characters; at most 500 fit.",
            "id": "Itu 612 karakter; paling banyak 500.",
            "vi": "Bạn đã viết 612 ký tự; tối đa là 500.",
        }[language]
    )


def test_a_language_nobody_knows_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAKEBACK_LANGUAGE", "tlh")
    assert t("cancel_order") == "Cancel order"
