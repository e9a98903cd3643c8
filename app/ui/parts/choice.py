"""A choice among a few, as rows in a card: the one chosen has a tick."""

from collections.abc import Callable

import flet as ft

from app.ui import theme
from app.ui.parts.tap import Tap
from app.ui.parts.words import Body, Strong


def ChoiceRow(identifier: str, label: str, on_choose: Callable[[], object], *, chosen: bool) -> ft.Control:
    """One of them."""
    words = (Strong if chosen else Body)(label, expand=True)
    # The room of the tick is kept: a row must not change its height where the words are as long as it is.
    tick = ft.Icon(ft.Icons.CHECK, color=theme.BACK if chosen else theme.UNSEEN, size=22)
    return Tap(
        identifier,
        ft.Row([words, tick], spacing=theme.MARGIN),
        on_choose,
        selected=chosen,
        padding=ft.Padding.symmetric(horizontal=theme.MARGIN, vertical=18),
    )
