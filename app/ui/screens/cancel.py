"""The cancel dialog as a page of its own, for links."""

import flet as ft

from app.ui import routes
from app.ui.dialogs.cancel import CancelForm
from app.ui.hooks import new_key
from app.ui.parts.frame import Pane
from app.ui.state import Draft, go
from app.ui.texts import t


@ft.component
def CancelScreen(back: str | None, number: int) -> ft.Control:
    """Cancel order `number`; keeping it or submitting leads to the order."""
    draft = ft.use_memo(lambda: Draft(number, new_key()), [number])
    form = CancelForm(draft, lambda: go(routes.order(number)), page=True)
    return Pane(t("cancel_order"), form, back=back)
