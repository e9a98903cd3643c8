"""Letters of the world, cut as the web client asks for them: `python -m app.art.letters FOLDER [FAMILY]...`.

FOLDER holds the packages below as `@fontsource` publishes them, each unpacked in a folder of its name. Not
part of `python -m app.art`: it takes minutes, and only another client, or other drawings of Noto's, change
anything.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from flet_web import get_package_web_dir  # type: ignore[import-untyped]
from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from app.home import ASSETS
from app.server.client import ASKED, LETTERS, letters

FAMILIES = {
    "notocoloremoji": "noto-color-emoji",
    "notosans": "noto-sans",
    "notosansarabic": "noto-sans-arabic",
    "notosanshk": "noto-sans-hk",
    "notosansjp": "noto-sans-jp",
    "notosanskr": "noto-sans-kr",
    "notosansmath": "noto-sans-math",
    "notosanssc": "noto-sans-sc",
    "notosanssymbols": "noto-sans-symbols",
    "notosanssymbols2": "noto-sans-symbols-2",
    "notosanstc": "noto-sans-tc",
    "notosansthai": "noto-sans-thai",
}
"""By the client's name for each family that we carry, the package that has it."""
HAN = {"notosanssc", "notosanstc", "notosanshk", "notosansjp", "notosanskr"}
UNITS = 256
"""Of a sign's height, for Noto's 1000: a quarter of the bytes less, and 0.2 px off in the largest title."""
_NEVER = {"halt", "palt", "vhal", "vpal", "vert", "vrt2", "vkrn", "valt"}
"""Features of text that runs down, or is packed closer: there is none in the app."""
_TABLES = ["BASE", "STAT", "SVG", "VORG", "gasp", "prep", "vhea", "vmtx"]


class Cut(NamedTuple):
    """A file to make: from which others, and with which signs."""

    sources: list[Path]
    signs: set[int]
    out: Path


@cache
def covers() -> dict[str, set[int]]:
    """By the address of each fallback font, the signs that the client takes it to have. Raises ValueError.

    The client has sets of fonts, each the distances between them, and ranges of signs, each its size and the
    number of its set. A number is digits in base 10 and a last one in base 26.
    """
    client = Path(get_package_web_dir(), "main.dart.js").read_text(encoding="utf-8")
    fonts = [found[1] for found in re.finditer(r'A\.\w+\("Noto [^"]+","([^"]+\.woff2)"\)', client)]
    sets = re.search(r'"(,[0-9a-z,]{9999,})"', client)
    ranges = re.search(r'"([0-9a-zA-Z]{9999,})"', client)
    if not fonts or sets is None or ranges is None:
        raise ValueError("the client's table of fonts is not as we know it")
    of_set = [[fonts[n] for n in _places(one)] for one in sets[1].split(",")]
    found: dict[str, set[int]] = defaultdict(set)
    start, size = 0, 1
    for number, last in _numbers(ranges[1]):
        if last.islower():
            size = number + 2
            continue
        for font in of_set[number]:
            found[font].update(range(start, start + size))
        start, size = start + size, 1
    if start != sys.maxunicode + 1:
        raise ValueError("the client's table of fonts does not end where the signs do")
    return found


def _places(packed: str) -> Iterator[int]:
    at = -1
    for number, _ in _numbers(packed):
        at += number + 1
        yield at


def _numbers(packed: str) -> Iterator[tuple[int, str]]:
    for first, last in re.findall(r"(\d*)([a-zA-Z])", packed):
        yield int(first or 0) * 26 + int(last, 36) - 10, last


@cache
def wanted() -> dict[Path, set[int]]:
    """By its place below the letters, each file that the client asks for, and the signs to be in it."""
    found: dict[Path, set[int]] = defaultdict(set)
    for address, signs in covers().items():
        asked = ASKED.search(f'"{address}"')
        if asked and asked["family"] in FAMILIES:
            found[letters(asked)] |= signs
    elsewhere = set().union(*(signs for file, signs in found.items() if file.parent.name != "notosansjp"))
    for file, signs in found.items():
        if file.parent.name == "notosansjp":
            found[file] = {one for one in signs if one in elsewhere or _in_japan(one)}
    return {file: signs for file, signs in found.items() if signs}


def _in_japan(sign: int) -> bool:
    return bool(chr(sign).encode("cp932", "ignore"))


def cut(packages: Path, families: Iterable[str], out: Path) -> None:
    """Make the files of these families from the packages in a folder."""
    jobs: list[Cut] = []
    for family in families:
        files = (packages / FAMILIES[family] / "files").glob("*-400-normal.woff2")
        fonts = {file: TTFont(file) for file in sorted(files, key=_size)}
        has = {file: set(font.getBestCmap()) for file, font in fonts.items() if _drawn(font)}
        for file, signs in wanted().items():
            if file.parent.name == family:
                whole = [source for source, there in has.items() if signs <= there]
                some = sorted(has, key=lambda source: len(has[source] & signs), reverse=True)
                jobs.append(Cut(whole[:1] or some, signs, out / file))
    with ProcessPoolExecutor() as pool:
        list(pool.map(_make, jobs))


def _size(file: Path) -> int:
    return file.stat().st_size


def _drawn(font: TTFont) -> bool:
    """Whether the client can draw it: it draws no SVG, which is all that the slices of emoji have."""
    return "SVG " not in font or "COLR" in font


def _make(job: Cut) -> None:
    left, parts = set(job.signs), []
    for source in job.sources:
        font = TTFont(source)
        here = left & set(font.getBestCmap())
        if here:
            _subset(font, here)
            parts.append(font)
            left -= here
    job.out.parent.mkdir(parents=True, exist_ok=True)
    whole = parts[0] if len(parts) == 1 else _merged(parts)
    if job.out.parent.name in HAN:
        scale_upem(whole, UNITS)
    whole.flavor = "woff2"
    whole.save(job.out)


def _subset(font: TTFont, signs: set[int]) -> None:
    options = Options(hinting=False, name_IDs=[0, 1, 2, 13, 14])
    options.layout_features = [one for one in options.layout_features if one not in _NEVER]
    options.drop_tables += _TABLES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)


def _merged(parts: list[TTFont]) -> TTFont:
    with TemporaryDirectory() as folder:
        names = []
        for n, part in enumerate(parts):
            part.flavor = None
            part.save(name := f"{folder}/{n}.ttf")
            names.append(name)
        return Merger().merge(names)


if __name__ == "__main__":
    cut(Path(sys.argv[1]), sys.argv[2:] or FAMILIES, ASSETS / LETTERS)
