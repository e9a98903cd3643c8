"""The icons: drawn by the command, each whole where its place cuts it, and small."""

from collections.abc import Iterator
from io import BytesIO
from math import hypot
from tomllib import loads

import pytest
from PIL import Image, ImageChops
from PIL.IcoImagePlugin import IcoImageFile

from app.art.icons import icons
from app.home import ASSETS
from app.ui.palette import DARK_COLOURS, LIGHT_COLOURS
from tests.test_shape import ROOT

LARGEST = 90_000
"""Bytes of one; the largest is 1,024 pixels wide."""
DRAWN = dict(icons())
TOLD = loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["flet"]


def frames(content: bytes) -> Iterator[Image.Image]:
    """The pictures in a file."""
    image = Image.open(BytesIO(content))
    if isinstance(image, IcoImageFile):
        yield from (image.ico.getimage(size).convert("RGBA") for size in sorted(image.info["sizes"]))
    else:
        yield image.convert("RGBA")


@pytest.mark.parametrize("name", DRAWN)
def test_an_icon_is_what_the_command_draws_and_small(name: str) -> None:
    kept = (ASSETS / name).read_bytes()
    assert len(kept) <= LARGEST
    for one, other in zip(frames(DRAWN[name]), frames(kept), strict=True):
        assert ImageChops.difference(one, other).getbbox() is None


@pytest.mark.parametrize(
    ("name", "circle"),
    [("icon-monochrome.png", 0.8), ("icon_android.png", 66 / 108), ("splash_android.png", 2 / 3)],
)
def test_nothing_of_the_mark_is_cut_where_a_phone_cuts_icons_to_a_circle(name: str, circle: float) -> None:
    (image,) = frames(DRAWN[name])
    seen = image.getchannel("A").point(lambda value: 255 * (value > 128))
    width, height = image.size
    for y in range(0, height, 4):
        for x in range(0, width, 4):
            if seen.getpixel((x, y)):
                assert hypot(x - width / 2, y - height / 2) <= circle * width / 2


def test_a_maskable_icon_has_no_corner_of_its_own() -> None:
    (image,) = frames(DRAWN["icon-maskable.png"])
    assert image.getchannel("A").getextrema() == (255, 255)


def test_a_phone_shows_the_colours_of_the_app_before_it_has_started() -> None:
    light, dark = str(LIGHT_COLOURS.surface).lower(), str(DARK_COLOURS.surface).lower()
    accents = str(LIGHT_COLOURS.primary).lower(), str(DARK_COLOURS.primary).lower()
    boot = TOLD["boot_screen"]["flet"]
    assert (TOLD["splash"]["color"], TOLD["splash"]["dark_color"]) == (light, dark)
    assert (boot["bgcolor_light"], boot["bgcolor_dark"]) == (light, dark)
    assert (boot["spinner_color_light"], boot["spinner_color_dark"]) == accents
    assert TOLD["android"]["adaptive_icon_background"] == accents[0]
