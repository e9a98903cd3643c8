"""The way to another order in place of one."""

from app.ui.hooks import new_key
from app.ui.state import Rebuying
from app.ui.window import Window


def open_rebuy(window: Window, number: int, reason: str = "") -> None:
    """Open the dialog that makes another order in place of order `number`; `reason` is chosen at first."""
    window.above.draft = Rebuying(number, new_key(), reason)
