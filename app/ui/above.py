"""Above: what the dialog above the screens is about; one per window, watched by what shows it."""

from __future__ import annotations

from dataclasses import dataclass

import flet as ft

from app.ui.hooks import new_key
from app.ui.state import Answering, Draft


@ft.observable
@dataclass(eq=False)
class Above:
    """Nothing is open where there is no `draft`; `sending` is the answer that is on its way."""

    draft: Draft | Answering | None = None
    """The cancellation or request, or the answer to requests, that the dialog is about."""
    sending: Answering | None = None

    def ask(self, number: int) -> None:
        """Open the cancel dialog of order `number`."""
        self.draft = Draft(number, new_key())

    def close(self, draft: Draft | Answering) -> None:
        """Close the dialog if it is about `draft`."""
        if self.draft is draft:
            self.draft = None
