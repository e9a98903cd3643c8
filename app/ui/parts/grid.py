"""Cards side by side: the client puts as many in a row as there is room for."""

from collections.abc import Sequence
from typing import Any

import flet as ft

from app.ui import theme

COLUMNS: dict[Any, Any] = {"xs": 2, "md": 4, "lg": 5}
BREAKPOINTS: dict[Any, Any] = {"xs": 0, "md": 720, "lg": 1080}
"""Cards in a row, and from which width of the window on: a page of twenty fills its rows in each."""
CELL = 1
"""The columns one card takes: its `col`."""


def columns(width: float) -> int:
    """How many cards stand in a row of a window of this width."""
    fitting = {least: name for name, least in BREAKPOINTS.items() if least <= width}
    return int(COLUMNS[fitting[max(fitting)]])


def Grid(cards: Sequence[ft.Control]) -> ft.Control:
    """The cards, each with `col=CELL`."""
    return ft.ResponsiveRow(
        list(cards),
        columns=COLUMNS,
        breakpoints=BREAKPOINTS,
        spacing=theme.GAP,
        run_spacing=theme.WIDE_MARGIN,
    )
