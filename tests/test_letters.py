"""Letters that our fonts lack: each file that the client asks for is there, with what it takes it to have."""

from collections import defaultdict
from pathlib import Path

from fontTools.ttLib import TTFont

from app.art.letters import FAMILIES, covers, wanted
from app.home import ASSETS
from app.server.client import ASKED, LETTERS, Client

HERE = ASSETS / LETTERS
VIETNAMESE = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA))) + "àáãèéìíĩòóõùúũýÀÁÃÈÉÌÍĨÒÓÕÙÚŨÝ₫"
COMBINING = {*range(0x300, 0x350), 0x2D8, 0x2D9, 0x2DB}
NOWHERE = COMBINING | {0x8E2, 0x200F, 0x2010, 0x202F}
"""Signs that the client takes Thai or Arabic to have, and Noto has not there: no letters of theirs."""
LARGEST = 12_000_000
"""Bytes of all of them together."""


def _signs(file: Path) -> set[int]:
    return set(TTFont(file).getBestCmap())


def test_every_file_that_the_client_asks_for_of_a_family_that_is_here_is_there() -> None:
    named = [found for address in covers() if (found := ASKED.search(f'"{address}"'))]
    asked = {f"assets/fonts/{one[0][1:-1]}" for one in named if one["family"] in FAMILIES}
    assert len(asked) > 570
    assert asked <= Client().files.keys()


def test_no_file_is_there_that_is_never_asked_for() -> None:
    there = {file.relative_to(HERE) for file in HERE.glob("*/*.woff2")}
    assert there == wanted().keys()
    assert sum((HERE / file).stat().st_size for file in there) < LARGEST


def test_a_file_has_the_signs_that_the_client_takes_it_to_have(full: bool) -> None:
    of_family = defaultdict(list)
    for file in sorted(wanted()):
        if file.parent.name != "notosans":  # of its phonetic signs the package has none
            of_family[file.parent.name].append(file)
    for files in of_family.values():
        for file in files if full else files[:: max(1, len(files) // 3)]:
            missing = wanted()[file] - _signs(HERE / file)
            assert missing <= NOWHERE, (file, "".join(map(chr, sorted(missing - NOWHERE))))


def test_what_people_write_most_is_in_some_file() -> None:
    anywhere = set().union(*wanted().values())
    every = [chr(sign) for sign in (*range(0x3041, 0x9FFF), *range(0xAC00, 0xD7A4))]
    for encoding in ("shift_jis", "euc_kr"):
        assert {ord(one) for one in every if one.encode(encoding, "ignore")} <= anywhere
    simplified = {ord(one) for one in every if one.encode("gb2312", "ignore")}
    traditional = {ord(one) for one in every if b"\xa4\x40" <= one.encode("big5", "ignore") <= b"\xc6\x7e"}
    for letters in (simplified, traditional):
        assert len(letters) > 5000
        assert len(letters - anywhere) < 20  # the client knows no font for these


def test_emoji_are_in_the_colours_that_the_client_draws() -> None:
    files = [file for file in wanted() if file.parent.name == "notocoloremoji"]
    assert len(files) == 12
    for file in files:
        assert "COLR" in TTFont(HERE / file)  # an SVG would leave a gap where the emoji stands


def test_vietnamese_needs_no_other_font() -> None:
    for file in (ASSETS / "fonts").glob("*.ttf"):
        assert {*map(ord, VIETNAMESE)} <= _signs(file)
