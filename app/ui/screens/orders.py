"""Orders: the tabs, and below them the cards, page after page as one scrolls."""

from typing import Any

import flet as ft

from app.shop.reads.orders import PAGE, orders_of, tab_counts
from app.shop.rules.orders import Tab
from app.ui import routes
from app.ui.dialogs.cancel import use_cancel_dialog
from app.ui.hooks import use_query
from app.ui.pages import Pages, Place, Report, use_end
from app.ui.parts.bars import TopBar
from app.ui.parts.faces import Empty, Loading, Trouble
from app.ui.parts.frame import Frame
from app.ui.parts.order_card import OnNumber, OrderCard
from app.ui.parts.tab_strip import TabStrip
from app.ui.state import MINUTE, use_window, use_window_unwatched
from app.ui.texts import t

QUARTER = 15 * MINUTE
"""Time zones differ by quarters of an hour: within one, today is the same day everywhere."""


@ft.component
def OrdersScreen(tab: str | None = None) -> ft.View:
    """The orders of who looks, opened on `tab`."""
    window = use_window()
    first: Tab | None = next((one for one in Tab if one == tab), None)
    nothing: int | None = None
    chosen, choose = ft.use_state(first)
    number, cancel = ft.use_state(nothing)
    counts = use_query(tab_counts)
    use_cancel_dialog(number, lambda: cancel(None))
    open_order = ft.use_callback(lambda opened: window.page.navigate(routes.order(opened)), [])
    start_cancel = ft.use_callback(cancel, [])
    cancelling = frozenset(running.number for running in window.pending)
    content = ft.Column(
        [
            TabStrip(chosen, counts.value or {}, choose),
            Pages(OrdersPage, chosen, cancelling, open_order, start_cancel),
        ],
        spacing=0,
        expand=True,
    )
    return Frame(ft.use_view_path(), content, wide=window.wide, top=TopBar(t("orders")))


@ft.component
def _OrdersPage(
    place: Place, report: Report, cancelling: frozenset[int], on_open: OnNumber, on_cancel: OnNumber
) -> ft.Control:
    """One page of cards."""
    window = use_window_unwatched()
    tab: Any = place.of
    page = use_query(orders_of, tab, before=place.before)
    orders = page.value
    end = orders[-1].number if orders and len(orders) == PAGE else None
    use_end(place, end, report, loading=page.loading)
    if orders is None:
        return Trouble(page.error, window.draw_again) if page.error else Loading(180, 180, 180)
    if not orders and place.index == 0:
        return Empty(ft.Icons.INBOX_OUTLINED, t(f"empty.{tab or 'all'}"))
    today = window.now() // QUARTER * QUARTER
    cards: list[ft.Control] = [
        OrderCard(one, window.zone, today, one.number in cancelling, on_open, on_cancel, key=one.number)
        for one in orders
    ]
    return ft.Column(cards)


_memo: Any = ft.memo
OrdersPage = _memo(_OrdersPage)
