"""Pictures of goods, people and shops, and what stands for them where there is none."""

from zlib import crc32

import flet as ft

from app.ui import theme

TONES = (theme.PERSIMMON, theme.PINE, theme.AMBER, theme.BLUE, theme.VIOLET, theme.INDIGO)
"""Any ink is readable on any fill of them."""
SIZE = 84
LARGE = 32
"""From this radius on an avatar has two tones and a larger letter; a list's is kept small on the wire."""
PARCELS = 4
"""How many parcels there are to stand for goods without a picture."""


def ProductPicture(picture: str | None, subject: int, size: int = SIZE) -> ft.Control:
    """A square of a product; where we have none, a parcel of a tone that stays with `subject` (its id).

    A picture that lies on another host is not shown: nothing may be asked of other hosts while one looks.
    """
    return ft.Image(
        _ours(picture, subject),
        width=size,
        height=size,
        border_radius=theme.PICTURE_RADIUS,
        exclude_from_semantics=True,
    )


def SquarePicture(picture: str | None, subject: int) -> ft.Control:
    """The same as large as there is room for."""
    return ft.Image(
        _ours(picture, subject),
        aspect_ratio=1,
        border_radius=theme.PICTURE_RADIUS,
        exclude_from_semantics=True,
    )


def _ours(picture: str | None, subject: int) -> str:
    return f"goods/parcel-{subject % PARCELS}.svg" if not picture or "//" in picture else picture


def Avatar(name: str, radius: int = 12) -> ft.Control:
    """A person or a shop: the initial, on a tone that stays with the name."""
    initial = next((c.upper() for c in name if c.isalnum()), "?")
    first = crc32(name.encode()) % len(TONES)
    tone = TONES[first]
    if radius < LARGE:
        return ft.CircleAvatar(initial, radius=radius, color=tone.ink, bgcolor=tone.fill)
    return ft.Container(
        ft.Text(initial, size=28, font_family=theme.Font.BOLD, color=tone.ink),
        width=2 * radius,
        height=2 * radius,
        border_radius=radius,
        alignment=ft.Alignment.CENTER,
        gradient=ft.LinearGradient(
            [tone.fill, TONES[first - 1].fill],
            begin=ft.Alignment.TOP_LEFT,
            end=ft.Alignment.BOTTOM_RIGHT,
        ),
    )
