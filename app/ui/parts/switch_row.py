"""Something that is on or off: words, and a switch that shows which."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.ui import theme


def SwitchRow(
    identifier: str, words: ft.Control, on: bool, on_change: Callable[[], object], **box: Any
) -> ft.Control:
    """A row to tap; `words` take the width that the switch leaves."""
    # The switch only shows it: the whole row is what is tapped, and one thing for a screen reader.
    shown = ft.Semantics(
        exclude_semantics=True, content=ft.Switch(value=on, active_color=theme.BACK, on_change=on_change)
    )
    row = ft.Container(ft.Row([words, shown], spacing=theme.MARGIN), ink=True, on_click=on_change, **box)
    return ft.MergeSemantics(ft.Semantics(identifier=identifier, toggled=on, content=row))
