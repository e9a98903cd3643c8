"""Inbox: what happened to one's orders, the newest first; a tap opens the order and marks it read."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.shop.actions.inbox import mark_read
from app.shop.actions.talk import TOLD
from app.shop.reads.inbox import Notice, notices, unread
from app.shop.reads.orders import PAGE
from app.ui import routes
from app.ui.arrows import Rows, use_arrows, use_rows
from app.ui.hooks import new_key, use_action, use_query
from app.ui.pages import Pages, Place, Report, use_end, use_page
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, Loading, LoadingMore, Trouble
from app.ui.parts.frame import Pane
from app.ui.parts.notice_row import AT_PAYMENT, AT_REQUEST, NoticeRow
from app.ui.parts.tap import Plain
from app.ui.state import go, stop, use_window, use_window_unwatched
from app.ui.texts import t

OnNotice = Callable[[Notice], None]


@ft.component
def InboxScreen(back: str | None, opened: int | None = None) -> ft.Control:
    """The inbox of who looks; `opened` is the order shown beside it."""
    window = use_window()
    news = use_query(unread)
    reading = use_action(mark_read)

    async def read_one(number: int) -> None:
        await reading.run(number, key=new_key())

    async def read_all() -> None:
        await reading.run(key=new_key())

    def open_order(number: int) -> None:
        go(routes.inbox(number))

    def open_notice(notice: Notice) -> None:
        go(_address(notice))
        if notice.code != TOLD and not (notice.read or window.wide):
            window.page.run_task(read_one, notice.order_number)

    async def read_opened() -> None:
        if opened is not None:
            await read_one(opened)

    # Side by side, what stands there is read, however it came there.
    ft.use_effect(read_opened, [opened], cleanup=stop)
    rows, marked = use_arrows("inbox", ft.use_callback(open_order, []), opened)
    listed = Pages(InboxPage, "inbox", rows, marked, ft.use_callback(open_notice, []))
    all_read = [Plain("mark-all-read", t("mark_all_read"), read_all)] if news.value else []
    return Pane(t("inbox"), listed, back=back, actions=all_read)


def _address(notice: Notice) -> str:
    """Where an entry leads: to the chat, the request, where it is paid, or the order."""
    number, order = notice.order_number, routes.inbox(notice.order_number)
    if notice.code == TOLD:
        return routes.contact(number, order)
    if notice.code in AT_REQUEST and not notice.bought:
        return routes.inbox_request(number)
    return routes.pay(number, order) if notice.code in AT_PAYMENT and notice.bought else order


@ft.component
def _InboxPage(place: Place, report: Report, rows: Rows, marked: int | None, on_open: OnNotice) -> ft.Control:
    """One page of entries."""
    window = use_window_unwatched()
    page = use_page(place, notices, before=place.before)
    found = page.value
    end = found[-1].key if found and len(found) == PAGE else None
    use_end(place, end, report, loading=page.loading)
    use_rows(rows, place.index, tuple(one.order_number for one in found or ()))
    if found is None:
        loading = LoadingMore() if place.index else Loading(88, 88, 88, 88, still=window.still)
        return Trouble(page.error, window.draw_again) if page.error else loading
    if not found and place.index == 0:
        return Empty(Drawing.INBOX, t("inbox_empty"), how=t("inbox_how"))
    now = window.now()
    alike = [one for one in found if one.order_number == marked]
    first = alike[0] if alike and rows.first_on(place.index, marked) else None
    listed: list[ft.Control] = [
        NoticeRow(one, window.zone, now, one in alike, one is first, on_open) for one in found
    ]
    return ft.Column(listed, spacing=8)


_memo: Any = ft.memo
InboxPage = _memo(_InboxPage)
