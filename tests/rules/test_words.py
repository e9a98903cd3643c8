"""What people write: kept as they meant it, or refused plainly."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.errors import Invalid
from app.shop.rules.words import REASON_TEXT, clean


def refusal(text: str, limit: int = REASON_TEXT) -> str:
    """The code with which a text is refused."""
    with pytest.raises(Invalid) as refused:
        clean(text, limit)
    return refused.value.code


@pytest.mark.parametrize(
    "text",
    [
        "I chose the wrong colour",
        "Salah warna, maaf ya",
        "Tôi đã chọn nhầm màu",
        "👩‍👩‍👧‍👦 wrong size 🇮🇩 👍🏽",
        "شكرا، أريد لونا آخر",
        "שלום (blue) תודה",
        "\u200fright-to-left mark",
        "line one\nline two\n\tindented",
        "\u2067שלום\u2069 said the seller",
        "\u202bouter \u2066inner\u2069 outer\u202c end",
        "'; DROP TABLE orders; --",
        "<b>bold</b> & \\n %s {0}",
    ],
)
def test_what_people_write_is_kept(text: str) -> None:
    assert clean(text, REASON_TEXT) == text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  blanks \n", "blanks"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("mau\u0300", "maù"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        ("\u3000wide blanks\u3000", "wide blanks"),
        ("", ""),
        (" \n\t ", ""),
        ("\u200b\u2060\ufeff", ""),
        ("\u2066\u200b\u2069", ""),
    ],
)
def test_what_does_not_show_is_put_in_order(written: str, kept: str) -> None:
    assert clean(written, REASON_TEXT) == kept


def test_a_text_may_have_exactly_its_limit() -> None:
    assert clean("x" * 500, 500) == "x" * 500
    assert refusal("x" * 501, 500) == "text_too_long"


def test_an_accent_written_apart_counts_once() -> None:
    assert len(clean("e\u0301" * 500, 500)) == 500
    assert len(clean("\u1112\u1161\u11ab" * 500, 500)) == 500


def test_an_emoji_outside_the_basic_plane_counts_once() -> None:
    assert clean("🙂" * 500, 500) == "🙂" * 500
    assert refusal("🙂" * 501) == "text_too_long"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x0b", "\ud800"])
def test_a_control_character_or_half_a_pair_is_refused(character: str) -> None:
    assert refusal(f"wrong{character}colour") == "text_has_control_characters"


@pytest.mark.parametrize(
    "text",
    [
        "\u202eruoloc",
        "\u2066open",
        "\u202a\u202bone of two\u202c",
        "ended first \u202c then turned \u202e",
        "ended by the wrong mark \u202e\u2069",
        "crossed \u202e\u2066\u202c\u2069",
        "ended only \u2069",
    ],
)
def test_a_text_that_turns_what_follows_it_is_refused(text: str) -> None:
    assert refusal(text) == "text_turns_direction"


def test_ten_thousand_lines_are_too_long_and_ten_thousand_empty_ones_are_nothing() -> None:
    assert refusal("line\n" * 10_000) == "text_too_long"
    assert clean("\n" * 10_000, REASON_TEXT) == ""


def test_a_megabyte_of_accents_is_refused_at_once() -> None:
    start = time.perf_counter()
    assert refusal("a" + "\u0301\u0323" * 500_000) == "text_too_long"
    assert time.perf_counter() - start < 1


@given(st.text(alphabet=st.characters(), max_size=80), st.integers(0, 60))
def test_every_text_is_refused_or_kept_within_its_limit_for_good(text: str, limit: int) -> None:
    with suppress(Invalid):
        kept = clean(text, limit)
        assert len(kept) <= limit
        assert kept.encode("utf-8").decode("utf-8") == kept
        assert clean(kept, limit) == kept
