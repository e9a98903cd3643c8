"""What is under way and takes a while."""

import flet as ft

from app.ui import theme
from app.ui.parts.words import Quiet


def Progress(sentence: str, share: float, *, still: bool) -> ft.Control:
    """How far it is, 0 to 1; where it does not tell, the bar runs, or stands for who wants less motion."""
    bar = ft.ProgressBar(
        value=share or (0 if still else None),
        height=8,
        color=theme.ACCENT,
        bgcolor=theme.HAIRLINE,
        border_radius=theme.CHIP_RADIUS,
    )
    words = Quiet(sentence, text_align=ft.TextAlign.CENTER)
    return ft.Semantics(
        live_region=True,
        content=ft.Column(
            [bar, words],
            spacing=theme.GAP,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
            tight=True,
        ),
    )
