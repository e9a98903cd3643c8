"""The way to put an order right instead of cancelling it."""

import flet as ft

from app.shop.reads.order import OrderDetails
from app.shop.rules.orders import Role, Status
from app.ui.parts.tap import OnTap, Outlined
from app.ui.texts import t


def way_to_fix(details: OrderDetails, on_fix: OnTap) -> list[ft.Control]:
    """A button where its buyer can change it or ask for a change; its dialog says what, or why not."""
    order = details.order
    if details.role != Role.BUYER or order.source != "takeback":
        return []
    if order.status == Status.UNPAID:
        return [Outlined("fix", t("change_order"), on_fix)]
    asks = order.status == Status.AWAITING_SHIPMENT and not order.requested
    return [Outlined("fix", t("ask_for_change"), on_fix)] if asks else []
