"""How many, on an icon."""

import flet as ft

from app.ui import theme
from app.ui.parts.words import Label
from app.ui.texts import count


def CountBadge(number: int) -> ft.Badge | None:
    """A badge with a number; none for none."""
    if not number:
        return None
    # A bare string would break between its digits where the font arrives after the first drawing.
    words = Label(count(number), color=theme.ON_ACCENT, no_wrap=True)
    return ft.Badge(words, alignment=ft.Alignment.TOP_RIGHT, offset=ft.Offset(4, -4), large_size=16)
