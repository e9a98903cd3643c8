"""The cancel dialog as a page of its own, for links."""

import flet as ft

from app.ui import routes
from app.ui.dialogs.cancel import CancelForm
from app.ui.parts.bars import TopBar
from app.ui.parts.frame import Frame
from app.ui.state import use_window
from app.ui.texts import t


@ft.component
def CancelScreen(number: int) -> ft.View:
    """Cancel order `number`; keeping it or submitting leads to the order."""
    window = use_window()
    form = CancelForm(number, lambda: window.page.navigate(routes.order(number)), page=True)
    return Frame(ft.use_view_path(), form, wide=window.wide, top=TopBar(t("cancel_order")))
