"""Pictures on the screens: a product's own, a parcel where it has none, an initial for a person or a shop."""

from typing import Any

import flet as ft
import pytest

from app.home import ASSETS
from app.ui.palette import DARK_COLOURS, LIGHT_COLOURS
from app.ui.parts.picture import LARGE, PARCELS, TONES, Avatar, ProductPicture


def shown(picture: str | None, subject: int = 1) -> str:
    """The address of the picture that is shown."""
    control = ProductPicture(picture, subject)
    assert isinstance(control, ft.Image)
    return str(control.src)


def test_a_product_shows_its_own_picture() -> None:
    assert shown("goods/mug-4.svg") == "goods/mug-4.svg"


@pytest.mark.parametrize(
    "picture", [None, "", "https://pictures.example.com/cat.jpeg", "//example.com/cat.jpeg"]
)
def test_a_product_without_a_picture_of_ours_shows_a_parcel(picture: str | None) -> None:
    parcels = {shown(picture, subject) for subject in range(20)}
    assert len(parcels) == PARCELS
    assert all((ASSETS / one).is_file() for one in parcels)


def test_a_product_keeps_its_parcel() -> None:
    assert shown(None, 7) == shown(None, 7)


@pytest.mark.parametrize(
    ("name", "initial"),
    [("Mai", "M"), ("đặng thu", "Đ"), ("  @kopi", "K"), ("7 Days", "7"), ("🙏", "?"), ("", "?")],
)
def test_an_avatar_shows_the_first_letter_of_the_name(name: str, initial: str) -> None:
    avatar: Any = Avatar(name)
    assert avatar.content == initial
    large: Any = Avatar(name, LARGE)
    assert large.content.value == initial


def test_names_have_different_tones_and_each_keeps_its_own() -> None:
    def tone(name: str) -> Any:
        avatar: Any = Avatar(name)
        return avatar.bgcolor

    names = ["Kopi House", "Linen Lab", "Sari Dewi", "Mai", "Budi", "Tuan", "Rumah Kayu", "Góc Phố"]
    assert len({tone(name) for name in names}) > 3
    assert all(tone(name) == tone(name) for name in names)


def luminance(colour: str) -> float:
    """How light a colour is, as WCAG counts it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [LIGHT_COLOURS, DARK_COLOURS], ids=["light", "dark"])
def test_an_initial_is_readable_over_both_tones_of_its_avatar(colours: ft.ColorScheme) -> None:
    values = {
        role.name: getattr(colours, role.name.lower()) for tone in TONES for role in (tone.fill, tone.ink)
    }
    for n, tone in enumerate(TONES):
        for fill in (tone.fill, TONES[n - 1].fill):
            light, dark = sorted(
                (luminance(values[fill.name]), luminance(values[tone.ink.name])), reverse=True
            )
            assert (light + 0.05) / (dark + 0.05) >= 4.5
