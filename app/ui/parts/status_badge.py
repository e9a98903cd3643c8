"""Where an order stands: an icon, a word and a colour, so that it is never told by colour alone."""

import flet as ft

from app.shop.rules.orders import Status
from app.ui import theme
from app.ui.parts.words import Label
from app.ui.texts import t
from app.ui.theme import Tone

LOOKS: dict[str, tuple[ft.IconData, Tone]] = {
    Status.UNPAID: (ft.Icons.SCHEDULE, theme.AMBER),
    Status.ON_HOLD: (ft.Icons.PAUSE_CIRCLE_OUTLINE, theme.BLUE),
    Status.AWAITING_SHIPMENT: (ft.Icons.INVENTORY_2_OUTLINED, theme.BLUE),
    Status.AWAITING_COLLECTION: (ft.Icons.INVENTORY_2_OUTLINED, theme.BLUE),
    Status.PARTIALLY_SHIPPED: (ft.Icons.LOCAL_SHIPPING_OUTLINED, theme.INDIGO),
    Status.IN_TRANSIT: (ft.Icons.LOCAL_SHIPPING_OUTLINED, theme.INDIGO),
    Status.DELIVERED: (ft.Icons.HOME_OUTLINED, theme.INDIGO),
    Status.COMPLETED: (ft.Icons.CHECK_CIRCLE_OUTLINE, theme.PINE),
    Status.CANCELLED: (ft.Icons.CANCEL_OUTLINED, theme.GREY),
}
REQUESTED = (ft.Icons.HOURGLASS_TOP, theme.VIOLET)


def look(status: str, *, requested: bool = False) -> tuple[ft.IconData, Tone]:
    """Icon and tone of a status; an open request goes before it."""
    return REQUESTED if requested else LOOKS[status]


def status_word(status: str, *, requested: bool = False) -> str:
    """What people read for a status."""
    return t("status.requested" if requested else f"status.{status}")


def StatusBadge(status: str, *, requested: bool = False) -> list[ft.Control]:
    """The state of an order, to stand at the end of a row; its colour is the icon's, the word is read."""
    icon, tone = look(status, requested=requested)
    word = status_word(status, requested=requested)
    return [ft.Icon(icon, size=16, color=tone.ink), Label(word)]
