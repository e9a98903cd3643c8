"""What a search takes for the same."""

import time

import pytest

from app.shop.reads.folding import folded, words_of


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ao so mi", "Áo sơ mi"),
        ("AO SO MI", "áo sơ mi"),
        ("dang ngoc anh", "Đặng Ngọc Ánh"),
        ("duong", "Đường"),
        ("strasse", "Straße"),
        ("istanbul", "İSTANBUL"),
        ("ısparta", "Isparta"),
        ("lodz", "Łódź"),
        ("smorrebrod", "Smørrebrød"),
        ("coeur", "Cœur"),
        ("fiancee", "ﬁancée"),
        ("μηλα", "ΜΉΛΑ"),
        ("μηλος", "ΜΗΛΟΣ"),
        ("елка", "Ёлка"),
        ("שלום", "שָׁלוֹם"),
        ("سلام", "سَلَام"),
        ("が", "か\u3099"),
        ("かき", "がき"),
        ("ﾐﾙｸ", "ミルク"),
        ("１２３", "123"),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("hà nội", "ha\u0300 no\u0323\u0302i"),
        ("❤", "❤️"),
        ("👩‍👧", "👩👧"),
        ("soft", "so\u00adft"),
        ("right", "\u202bri\u200fght\u202c"),
    ],
)
def test_what_a_phone_leaves_out_makes_no_difference(typed: str, written: str) -> None:
    assert folded(typed) == folded(written)


@pytest.mark.parametrize(
    ("one", "other"), [("ที่", "ทุ่"), ("कि", "का"), ("a b", "ab"), ("ao", "a0"), ("👩", "👨"), ("日", "月")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_half_a_syllable_is_a_part_of_it() -> None:
    assert folded("하") in folded("한국")


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("", ()),
        (" \t\n\u3000\u00a0", ()),
        ("#", ()),
        ("\u200f\u0000\ud83d\u0301", ()),
        ("  Áo\u00a0 sơ\nmi ", ("ao", "so", "mi")),
        (" #123# ", ("123",)),
        ("@mai", ("mai",)),
        ("ma\u0000i", ("mai",)),
        ("C# 50%", ("c", "50%")),
    ],
)
def test_a_search_is_its_words(search: str, words: tuple[str, ...]) -> None:
    assert words_of(search) == words


def test_an_absurd_search_takes_no_time() -> None:
    start = time.perf_counter()
    for search in ("a" + "\u0301\u0323" * 500_000, "ﷺ" * 1_000_000, "a " * 1_000_000):
        assert len("".join(words_of(search))) < 10_000
    assert time.perf_counter() - start < 1
