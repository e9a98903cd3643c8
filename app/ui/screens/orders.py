"""Orders: the tabs, a search, and below them the cards, page after page as one scrolls."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.shop.reads.orders import tab_counts
from app.shop.reads.search import Found, search_orders
from app.shop.rules.orders import Tab
from app.ui import routes
from app.ui.arrows import Rows, use_arrows, use_rows
from app.ui.coming import use_coming
from app.ui.handlers import use_handler
from app.ui.hooks import use_query
from app.ui.leaving import use_leaving
from app.ui.pages import Pages, Place, Report, use_end, use_page
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, LoadingMore, LoadingOrders, Trouble
from app.ui.parts.frame import Pane
from app.ui.parts.order_card import OnNumber, OrderCard
from app.ui.parts.tab_strip import TabStrip
from app.ui.searching import use_search
from app.ui.state import go, quarter, use_underway, use_window, use_window_unwatched
from app.ui.texts import t

FIRST, PAGE = 7, 20
"""Cards on the first page, more than a screen shows so that it is there at once, and on each further one."""


@ft.component
def OrdersScreen(back: str | None, tab: str | None, search: str, opened: int | None = None) -> ft.Control:
    """The orders of who looks, on `tab`, narrowed to what is searched; `opened` is the one shown beside."""
    window = use_window()
    chosen: Tab | None = next((one for one in Tab if one == tab), None)
    open_order = use_handler(lambda one: go(routes.orders(chosen, search, number=one)))
    of = (chosen, search.strip())
    rows, marked = use_arrows(of, open_order, opened)
    field, find = use_search(
        "orders", t("search_orders"), search, lambda words: routes.orders(chosen, words, number=opened)
    )
    strip = Tabs(chosen, use_handler(lambda one: go(routes.orders(one, search))))
    pay = use_handler(lambda one: go(routes.pay(one, routes.orders(chosen, search, number=one))))
    today = quarter(window.now())
    listed = Pages(OrdersPage, of, rows, marked, today, open_order, window.above.ask, pay)
    return Pane(
        t("orders"),
        ft.Column([strip, listed], spacing=0, expand=True),
        back=back,
        bar=field,
        actions=[find],
    )


@ft.component
def _Tabs(chosen: Tab | None, on_choose: Callable[[Tab | None], None]) -> ft.Control:
    """The tabs with their counts; apart, so that another count draws no card again."""
    return TabStrip((None, *Tab), chosen, use_query(tab_counts).value or {}, on_choose)


@ft.component
def _OrdersPage(
    place: Place,
    report: Report,
    rows: Rows,
    marked: int | None,
    today: int,
    on_open: OnNumber,
    on_cancel: OnNumber,
    on_pay: OnNumber,
) -> ft.Control:
    """One page of cards."""
    window, underway = use_window_unwatched(), use_underway()
    of: tuple[Tab | None, str] = place.of
    tab, words = of
    limit = PAGE if place.index else FIRST
    page = use_page(place, search_orders, words, tab, before=place.before, limit=limit)
    found = page.value or Found((), None)
    orders, end = found.orders, found.end
    use_end(place, end, report, loading=page.loading, short=len(orders) < limit)
    # While it loads, what stands there is still another list's.
    kept = None if page.loading else of
    listed = use_leaving(use_coming(orders), kept, more=end is not None, moves=not window.still)
    use_rows(rows, place.index, tuple(one.number for one in orders))
    if page.value is None or (page.loading and not listed):
        loading = LoadingMore() if place.index else LoadingOrders(still=window.still)
        return Trouble(page.error, window.draw_again) if page.error else loading
    if not listed and end is None and place.index == 0:
        return _none(tab, words)
    today = max(today, quarter(window.now()))
    cards: list[ft.Control] = [
        OrderCard(
            one,
            window.zone,
            today,
            underway.of(one.number) is not None,
            one.number == marked,
            window.flies and not place.index,  # further down there is much, and little of it flies
            phase,
            on_open,
            on_cancel,
            on_pay,
            key=one.number,
        )
        for one, phase in listed
    ]
    return ft.Column(cards)


def _none(tab: Tab | None, words: str) -> ft.Control:
    if words:
        return Empty(Drawing.NO_RESULTS, t("no_order_found", search=words), how=t("search_how"))
    if tab is None and use_window_unwatched().practising:
        return Empty(Drawing.ORDERS, t("empty.all"))
    # Who has no order yet can try on others how it is with orders.
    way = ("show-all", t("all_orders"), routes.ORDERS) if tab else ("take-tour", t("take_tour"), routes.TOUR)
    return Empty(Drawing(tab or "orders"), t(f"empty.{tab or 'all'}"), action=(*way[:2], lambda: go(way[2])))


_memo: Any = ft.memo
OrdersPage, Tabs = _memo(_OrdersPage), _memo(_Tabs)
