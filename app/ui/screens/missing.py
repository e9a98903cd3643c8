"""An address that leads nowhere."""

import flet as ft

from app.ui.parts.faces import Missing
from app.ui.parts.frame import Pane


@ft.component
def MissingScreen(back: str | None) -> ft.Control:
    """Says so, and leads home."""
    return Pane("", Missing(), back=back)
