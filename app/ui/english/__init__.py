"""English: every text of the app by its code."""

from app.ui.english.commands import COMMANDS
from app.ui.english.orders import ORDERS
from app.ui.english.refusals import REFUSALS
from app.ui.english.screens import SCREENS

TEXTS: dict[str, str] = {**REFUSALS, **ORDERS, **SCREENS, **COMMANDS}
"""All of it; the codes of the parts do not meet (a test says so)."""
