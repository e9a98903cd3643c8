"""A small picture of the app in one of its appearances, in the colours it then has."""

import flet as ft

from app.ui import theme
from app.ui.choices import Looks
from app.ui.palette import DARK_COLOURS, LIGHT_COLOURS

HEIGHT, LINE, PICTURE, ROUND = 144, 6, 24, 6
_WORN = {
    Looks.SYSTEM: (LIGHT_COLOURS, DARK_COLOURS),
    Looks.LIGHT: (LIGHT_COLOURS,),
    Looks.DARK: (DARK_COLOURS,),
}


def Preview(looks: Looks, *, chosen: bool) -> ft.Control:
    """A list of orders as it looks then; for the choice of the system a half of each."""
    return ft.Container(
        ft.Row([_screen(colours) for colours in _WORN[looks]], spacing=0),
        height=HEIGHT,
        border=ft.Border.all(2, theme.BACK if chosen else theme.HAIRLINE),
        border_radius=theme.PICTURE_RADIUS,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )


def _screen(colours: ft.ColorScheme) -> ft.Control:
    pictures = (colours.tertiary_container, colours.secondary_container)
    return ft.Container(
        ft.Column(
            [
                _bar(colours.on_surface, width=32),
                *(_order(colours, picture) for picture in pictures),
                _bar(colours.primary, height=16),
            ],
            spacing=8,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        bgcolor=colours.surface,
        padding=8,
        height=HEIGHT,
        expand=True,
    )


def _order(colours: ft.ColorScheme, picture: ft.ColorValue | None) -> ft.Control:
    lines = [_bar(colours.on_surface), _bar(colours.on_surface_variant)]
    return ft.Container(
        ft.Row(
            [
                ft.Container(width=PICTURE, height=PICTURE, bgcolor=picture, border_radius=ROUND),
                ft.Column(
                    lines,
                    spacing=ROUND,
                    expand=True,
                    tight=True,
                    horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
                ),
            ],
            spacing=ROUND,
        ),
        bgcolor=colours.surface_container_lowest,
        border=ft.Border.all(1, colours.outline_variant),
        border_radius=ROUND,
        padding=4,
    )


def _bar(colour: ft.ColorValue | None, *, width: int | None = None, height: int = LINE) -> ft.Control:
    line = ft.Container(height=height, width=width, bgcolor=colour, border_radius=theme.CHIP_RADIUS)
    # In a stretched column a width counts only within a row.
    return ft.Row([line]) if width else line
