"""Inbox: what happened to one's orders, the newest first; a tap opens the order and marks it read."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.shop.actions.inbox import mark_read
from app.shop.reads.inbox import Notice, notices, unread
from app.shop.reads.orders import PAGE
from app.ui import routes
from app.ui.hooks import new_key, use_action, use_query
from app.ui.pages import Pages, Place, Report, use_end
from app.ui.parts.bars import BottomBar, TopBar
from app.ui.parts.faces import Empty, Loading, Trouble
from app.ui.parts.frame import Frame
from app.ui.parts.notice_row import NoticeRow
from app.ui.parts.tap import Plain
from app.ui.state import use_window, use_window_unwatched
from app.ui.texts import t

OnNotice = Callable[[Notice], None]


@ft.component
def InboxScreen() -> ft.View:
    """The inbox of who looks."""
    window = use_window()
    news = use_query(unread)
    reading = use_action(mark_read)

    async def read_one(notice: Notice) -> None:
        window.page.navigate(routes.order(notice.order_number))
        if not notice.read:
            await reading.run(notice.order_number, key=new_key())

    async def read_all() -> None:
        await reading.run(key=new_key())

    open_notice = ft.use_callback(lambda notice: window.page.run_task(read_one, notice), [])
    count = news.value or 0
    all_read = [Plain("mark-all-read", t("mark_all_read"), read_all)] if count else []
    return Frame(
        ft.use_view_path(),
        Pages(InboxPage, "inbox", open_notice),
        wide=window.wide,
        top=TopBar(t("inbox"), *all_read),
        foot=BottomBar(routes.INBOX, count, window.page.navigate, wide=window.wide),
    )


@ft.component
def _InboxPage(place: Place, report: Report, on_open: OnNotice) -> ft.Control:
    """One page of entries."""
    window = use_window_unwatched()
    page = use_query(notices, before=place.before)
    found = page.value
    end = found[-1].key if found and len(found) == PAGE else None
    use_end(place, end, report, loading=page.loading)
    if found is None:
        return Trouble(page.error, window.draw_again) if page.error else Loading(72, 72, 72)
    if not found and place.index == 0:
        return Empty(ft.Icons.NOTIFICATIONS_NONE, t("inbox_empty"))
    now = window.now()
    rows: list[ft.Control] = [NoticeRow(one, window.zone, now, on_open) for one in found]
    return ft.Column(rows, spacing=8)


_memo: Any = ft.memo
InboxPage = _memo(_InboxPage)
