"""One of several things to take instead: a picture or icon, what it is, what comes of it, and a tick."""

import flet as ft

from app.ui import theme
from app.ui.parts.tap import OnTap, Tap
from app.ui.parts.words import Small, Strong


def OptionRow(
    identifier: str, picture: ft.Control, name: str, details: list[str], on_tap: OnTap | None, *, chosen: bool
) -> ft.Control:
    """A row to tap; without `on_tap` it is pale, and `details` say why it is not to be had."""
    words = ft.Column(
        [Strong(name), *(Small(line) for line in details if line)], spacing=2, tight=True, expand=True
    )
    # The room of the tick is kept, so that nothing moves where it appears.
    tick = ft.Icon(ft.Icons.CHECK_CIRCLE, color=theme.BACK if chosen else theme.UNSEEN)
    return Tap(
        identifier,
        ft.Row([picture, words, tick], spacing=theme.GAP),
        on_tap,
        selected=chosen,
        bgcolor=theme.CARD,
        padding=8,
        border_radius=theme.BUTTON_RADIUS,
        border=ft.Border.all(1, theme.BACK if chosen else theme.HAIRLINE),
        opacity=1 if on_tap else 0.6,
    )


def IconBox(icon: ft.IconData) -> ft.Control:
    """An icon as large as the picture of a row."""
    return ft.Container(
        ft.Icon(icon, size=24, color=theme.MUTED),
        width=theme.TOUCH,
        height=theme.TOUCH,
        bgcolor=theme.GROUND,
        border_radius=theme.BUTTON_RADIUS,
        alignment=ft.Alignment.CENTER,
    )
