"""Text in the sizes of the scale; the theme says what each looks like."""

from typing import Any

import flet as ft

from app.ui import theme

S = ft.TextThemeStyle


def Title(value: str, **options: Any) -> ft.Text:
    """20, bold: what a screen or dialog is."""
    return ft.Text(value, theme_style=S.TITLE_LARGE, **options)


def Heading(value: str, **options: Any) -> ft.Text:
    """16, semibold: what a section is."""
    return ft.Text(value, theme_style=S.TITLE_MEDIUM, **options)


def Strong(value: str, **options: Any) -> ft.Text:
    """14, semibold: a name, a price in a list."""
    return ft.Text(value, theme_style=S.TITLE_SMALL, **options)


def Body(value: str, **options: Any) -> ft.Text:
    """14: sentences. The size a text has by itself, so nothing is sent for it."""
    return ft.Text(value, **options)


def Quiet(value: str, **options: Any) -> ft.Text:
    """14, muted: what stands beside the main thing."""
    return ft.Text(value, color=theme.MUTED, **options)


def Small(value: str, **options: Any) -> ft.Text:
    """12, muted by the theme: details."""
    return ft.Text(value, theme_style=S.BODY_SMALL, **options)


def Label(value: str, **options: Any) -> ft.Text:
    """12, semibold: a state, a badge."""
    return ft.Text(value, theme_style=S.LABEL_MEDIUM, **options)
