"""An address that leads nowhere."""

import flet as ft

from app.ui import routes
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty
from app.ui.parts.frame import Pane
from app.ui.state import go
from app.ui.texts import t


@ft.component
def MissingScreen(back: str | None) -> ft.Control:
    """Says so, why that may be, and leads home."""
    home = ("back-to-profile", t("back_to_profile"), lambda: go(routes.PROFILE))
    return Pane("", Empty(Drawing.LOST, t("missing"), how=t("missing_how"), action=home), back=back)
