"""An address that leads nowhere."""

from collections.abc import Callable

import flet as ft

from app.ui import routes
from app.ui.parts.bars import TopBar
from app.ui.parts.faces import Empty
from app.ui.parts.frame import Frame
from app.ui.state import use_window
from app.ui.texts import t


@ft.component
def MissingScreen() -> ft.View:
    """Says so, and leads home."""
    window = use_window()
    return Frame(
        ft.use_view_path(),
        MissingBody(lambda: window.page.navigate(routes.PROFILE)),
        wide=window.wide,
        top=TopBar(""),
    )


def MissingBody(on_home: Callable[[], None]) -> ft.Control:
    """One sentence, why that may be, and the way home."""
    return Empty(
        ft.Icons.EXPLORE_OFF_OUTLINED,
        t("missing"),
        how=t("missing_how"),
        action=("go-profile", t("back_to_profile"), on_home),
    )
