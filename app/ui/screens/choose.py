"""What stands beside a list of which nothing is opened yet."""

import flet as ft

from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty
from app.ui.texts import t


def Choose(path: str) -> ft.Control:
    """One sentence for the list at `path`."""
    return Empty(Drawing.CHOOSE, t(f"choose.{path.strip('/')}"))
