"""Where an order stands: an icon, a word and a colour, so that it is never told by colour alone."""

import flet as ft

from app.shop.rules.orders import Status
from app.shop.rules.request_guards import RequestKind
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
ASKED: dict[str, str] = {RequestKind.CANCEL: "requested", RequestKind.CHANGE: "change_requested"}
REQUESTED = (ft.Icons.HOURGLASS_TOP, theme.VIOLET)


def look(status: str, *, asked: str | None = None) -> tuple[ft.IconData, Tone]:
    """Icon and tone of a status; an open request goes before it."""
    return REQUESTED if asked else LOOKS[status]


def status_word(status: str, *, asked: str | None = None) -> str:
    """What people read for a status."""
    return t(f"status.{ASKED.get(asked or '', status)}")


def StatusBadge(status: str, *, asked: str | None = None) -> list[ft.Control]:
    """The state of an order, to stand at the end of a row; its colour is the icon's, the word is read."""
    icon, tone = look(status, asked=asked)
    return [ft.Icon(icon, size=16, color=tone.ink), Label(status_word(status, asked=asked))]
