"""A sentence that has to be known before one goes on."""

import flet as ft

from app.ui import theme
from app.ui.parts.words import Body


def Caution(sentence: str, *, name: str | None = None) -> ft.Control:
    """What is not as it was, stands in the way or speaks against it; read aloud when it appears.

    `name` is what programs call it, where they may look for it.
    """
    icon = ft.Icon(ft.Icons.INFO_OUTLINE, color=theme.AMBER.ink, size=20)
    words = ft.Row([icon, Body(sentence, expand=True, color=theme.AMBER.ink)], spacing=8)
    box = ft.Container(words, bgcolor=theme.AMBER.fill, border_radius=theme.BUTTON_RADIUS, padding=theme.GAP)
    return ft.Semantics(identifier=name, live_region=True, container=bool(name), content=box)
