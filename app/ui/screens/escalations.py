"""Requests to decide: refusals that buyers brought before the platform, the longest waiting first."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.shop.reads.escalations import escalations
from app.shop.rules.errors import NotFound
from app.ui import routes
from app.ui.arrows import Rows, use_arrows, use_rows
from app.ui.pages import Pages, Place, Report, use_end, use_page
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, LoadingMore, LoadingOrders, Missing, Trouble
from app.ui.parts.frame import Pane
from app.ui.parts.task_card import TaskCard
from app.ui.state import go, quarter, use_window_unwatched
from app.ui.texts import t


@ft.component
def EscalationsScreen(back: str | None) -> ft.Control:
    """What waits for a decision; a tap opens it."""
    open_one = ft.use_callback(lambda one: go(routes.escalations(number=one)), [])
    rows, marked = use_arrows("escalations", open_one, None)
    return Pane(
        t("platform_requests"), Pages(EscalationsPage, "escalations", rows, marked, open_one), back=back
    )


@ft.component
def _EscalationsPage(
    place: Place, report: Report, rows: Rows, marked: int | None, on_open: Callable[[int], None]
) -> ft.Control:
    """One page of cards."""
    window = use_window_unwatched()
    page = use_page(place, escalations, after=place.before)
    found = page.value
    use_end(place, found.end if found else None, report, loading=page.loading)
    use_rows(rows, place.index, tuple(task.number for task in found.tasks) if found else ())
    if isinstance(page.error, NotFound):
        return Missing()
    if found is None:
        loading = LoadingMore() if place.index else LoadingOrders(still=window.still)
        return Trouble(page.error, window.draw_again) if page.error else loading
    if not found.tasks and place.index == 0:
        how = t("no_request_to_decide_how")
        return Empty(Drawing.COMPLETED, t("no_request_to_decide"), how=how)
    today = quarter(window.now())
    cards: list[ft.Control] = [
        TaskCard(task, window.zone, today, task.number == marked, None, on_open, shop=True, key=task.id)
        for task in found.tasks
    ]
    return ft.Column(cards)


_memo: Any = ft.memo
EscalationsPage = _memo(_EscalationsPage)
