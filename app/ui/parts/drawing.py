"""The app's own drawings: spot illustrations that stand on the light and the dark ground alike."""

from enum import StrEnum

import flet as ft


class Drawing(StrEnum):
    """A drawing by the name of its file."""

    ORDERS = "orders"
    PENDING_PAYMENT = "pending-payment"
    TO_SHIP = "to-ship"
    TO_RECEIVE = "to-receive"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    INBOX = "inbox"
    CHAT = "chat"
    NOBODY = "nobody"
    NO_RESULTS = "no-results"
    TROUBLE = "trouble"
    LOST = "lost"
    CHOOSE = "choose"
    WELCOME = "welcome"
    IMPORT = "import"
    TOUR = "tour"
    MARK = "mark"


def Spot(drawing: Drawing, width: int = 200) -> ft.Image:
    """The drawing, `width` pixels wide; its room is kept while it loads, so that nothing jumps."""
    height = width if drawing is Drawing.MARK else width * 3 // 4
    return ft.Image(f"drawings/{drawing}.svg", width=width, height=height, exclude_from_semantics=True)
