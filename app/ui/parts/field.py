"""A field to write in: its text belongs to who draws it, so that a drawing never undoes what was typed."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.ui import theme
from app.ui.parts.typed import TypedField


def Field(identifier: str, text: str, on_text: Callable[[str], None], **options: Any) -> ft.Semantics:
    """A text field with a name for programs; `on_text` gets what stands in it after each key."""
    field = TypedField(
        value=text,
        border=ft.OutlineInputBorder(border_radius=theme.BUTTON_RADIUS),
        filled=True,
        fill_color=theme.CARD,
        on_change=lambda e: on_text(e.data),
        **options,
    )
    return ft.Semantics(identifier=identifier, content=field)
