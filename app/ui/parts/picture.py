"""Pictures of goods and people, and what stands for them where there is none."""

import flet as ft

from app.ui import theme

TONES = (theme.PERSIMMON, theme.AMBER, theme.PINE, theme.BLUE, theme.INDIGO, theme.VIOLET)
SIZE = 84


def ProductPicture(picture: str | None, subject: int, size: int = SIZE) -> ft.Control:
    """A square of a product; `subject` (its id) tints the bag that stands where we have none.

    A picture that lies on another host is not shown: nothing may be asked of other hosts while one looks.
    """
    if picture and "://" not in picture:
        return ft.Image(
            picture,
            width=size,
            height=size,
            fit=ft.BoxFit.COVER,
            border_radius=theme.PICTURE_RADIUS,
            exclude_from_semantics=True,
        )
    return ft.Icon(ft.Icons.SHOPPING_BAG, size=size, color=TONES[subject % len(TONES)].fill)


def Avatar(name: str, radius: int = 12) -> ft.CircleAvatar:
    """A person or a shop: the first letter, in the neutral pair that the theme keeps for it."""
    letter = next((c.upper() for c in name if c.isalnum()), "?")
    return ft.CircleAvatar(letter, radius=radius)
