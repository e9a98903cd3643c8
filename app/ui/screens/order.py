"""One order: where it stands, what can be done and why not, what it holds and costs, what happened."""

import flet as ft

from app.shop.reads.order import OrderDetails, order_details
from app.shop.rules.errors import NotFound, ShopError
from app.ui import routes
from app.ui.dialogs.cancel import use_cancel_dialog
from app.ui.hooks import use_query
from app.ui.parts.bars import TopBar
from app.ui.parts.faces import Empty, Loading, Trouble
from app.ui.parts.frame import Foot, Frame, Scroll
from app.ui.parts.order_sections import Delivery, Lines, Money, State, Timeline
from app.ui.parts.tap import Outlined
from app.ui.state import use_window
from app.ui.texts import t
from app.ui.window import Window


@ft.component
def OrderScreen(number: int) -> ft.View:
    """The page of order `number`."""
    window = use_window()
    found = use_query(order_details, number)
    asked, ask = ft.use_state(False)
    use_cancel_dialog(number if asked else None, lambda: ask(False))
    content, foot = _face(window, found.error), None
    if found.value is not None:
        running = window.pending_of(number) is not None
        content = OrderBody(found.value, window.zone, window.now(), running=running)
        if found.value.order.why_not_cancel is None:
            cancel = Outlined(
                "cancel-order", t("cancel_order"), lambda: ask(True), disabled=running, expand=True
            )
            foot = Foot(cancel, wide=window.wide)
    return Frame(ft.use_view_path(), content, wide=window.wide, top=TopBar(t("order")), foot=foot)


def _face(window: Window, error: ShopError | None) -> ft.Control:
    if isinstance(error, NotFound):
        back = ("all-orders", t("all_orders"), lambda: window.page.navigate(routes.ORDERS))
        return Empty(ft.Icons.SEARCH_OFF_OUTLINED, t(error.code), how=t("missing_how"), action=back)
    return Trouble(error, window.draw_again) if error else Scroll(Loading(120, 120, 200, 120))


def OrderBody(details: OrderDetails, zone: str, now: int, *, running: bool) -> ft.Control:
    """The page once it is loaded; `running`: a cancellation of it is being counted down."""
    return Scroll(
        State(details, zone, now, running=running),
        Lines(details.order),
        Money(details, zone, now),
        *([Delivery(details)] if details.address or details.creator else []),
        Timeline(details, zone, now),
    )
