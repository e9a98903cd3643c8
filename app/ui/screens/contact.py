"""The seller contact page: the order pinned above, what was said about it, and the field to write in."""

from collections.abc import Callable

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from app.shop.actions.talk import mark_thread_read
from app.shop.reads.talk import PAGE, Conversation, Entry, MessageRow, conversation
from app.ui import routes, theme
from app.ui.asking import RequestSection
from app.ui.composer import Composer
from app.ui.dialogs.photo import NO_PHOTO, ShownPhoto, use_photo_dialog
from app.ui.hooks import use_action, use_query
from app.ui.pages import AHEAD
from app.ui.parts.faces import OrderFace
from app.ui.parts.frame import Pane, Scroll
from app.ui.parts.heard import Heard
from app.ui.parts.picture import Avatar
from app.ui.parts.pinned_order import PinnedOrder
from app.ui.parts.request_step import leads_to
from app.ui.parts.tap import Plain
from app.ui.parts.thread import Greeting, entries, the_other
from app.ui.parts.words import Heading, Small
from app.ui.state import go, stop, use_window
from app.ui.texts import t
from app.ui.window import Window


@ft.component
def ContactScreen(back: str | None, number: int) -> ft.Control:
    """The chat about order `number`, for its buyer, its shop, and the platform."""
    window = use_window()
    limit, reach = ft.use_state(PAGE)
    found = use_query(conversation, number, limit=limit)
    reading = use_action(mark_thread_read)
    photo, show = ft.use_state(NO_PHOTO)
    thread = found.value
    unread = thread.last if thread is not None and thread.unread else 0

    async def mark() -> None:
        if not window.closed:
            await reading.run(number, unread)

    def read() -> None:
        # What is on the screen is read. Not by the effect itself: that ends with the screen, half done.
        if unread:
            window.page.run_task(mark)

    ft.use_effect(read, [unread, window.returns])
    use_photo_dialog(photo.shown, lambda: show(NO_PHOTO))
    further = ft.use_callback(lambda: reach(lambda now: now + PAGE), [])
    on_photo = ft.use_callback(lambda row, sender: show(ShownPhoto((row, sender))), [])
    leave = ft.use_callback(lambda: go(back or routes.order(number)), [back, number])
    if thread is None:
        return Pane(
            t("chat"),
            OrderFace(found.error, window.draw_again, 76, 64, 64, 64, still=window.still),
            back=back,
        )
    content = ft.Column(
        [PinnedOrder(thread.order, leave), Thread(thread, window, further, on_photo), Heard(thread)],
        spacing=0,
        expand=True,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return Pane("", content, back=back, bar=_who(thread), foot=Composer(number, thread.role))


def _who(thread: Conversation) -> ft.Control:
    """Whom one talks to."""
    name = the_other(thread)
    title = Heading(name, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS)
    words = ft.Column(
        [ft.Semantics(header=True, content=title), Small(t(f"contact.{thread.role}"))],
        spacing=0,
        tight=True,
        expand=True,
    )
    return ft.Row([Avatar(name, 18), words], spacing=theme.GAP, expand=True)


@ft.component
def Thread(
    thread: Conversation, window: Window, on_further: Callable[[], None], on_photo: Callable[..., None]
) -> ft.Control:
    """The entries, from the newest at the bottom up; older ones are read where one scrolls to them.

    Below them stands where the request is: what to do next is where one reads last.
    """
    listed, moved = _use_newest(thread)

    def scrolled(e: ft.OnScrollEvent) -> None:
        moved.current = e.pixels > 0
        if thread.more and e.pixels > e.max_scroll_extent - AHEAD:
            on_further()

    request = ft.Container(
        RequestSection(thread.order.number), padding=ft.Padding.only(top=theme.MARGIN), key="request"
    )
    shown = [request, *entries(thread, window.zone, on_photo)]
    if not thread.more and not any(_said(entry) for entry in thread.entries):
        # In a column of their own: something put into a list while what is behind changes is no patch.
        happened = ft.Column(shown[:0:-1], spacing=0)
        return Scroll(happened, Greeting(thread), request, spacing=0, key="nothing said")
    if thread.more:
        shown.append(Plain("load-older", t("load_older"), on_further))
    return Scroll(*shown, reverse=True, on_scroll=scrolled, ref=listed, spacing=0, key="said")


def _said(entry: Entry) -> bool:
    """Whether somebody turned to somebody with it."""
    return isinstance(entry, MessageRow) or leads_to(entry) is not None


def _use_newest(thread: Conversation) -> tuple[ft.Ref[ft.ListView], MutableRef[bool]]:
    """A reference to give the list, and one to tell that it moved: what one sends oneself is always seen."""
    listed: ft.Ref[ft.ListView] = ft.use_memo(ft.Ref, [])
    moved = ft.use_ref(False)
    mine = max(
        (entry.n for entry in thread.entries if isinstance(entry, MessageRow) and entry.mine), default=0
    )

    async def go_down() -> None:
        if moved.current and listed.current:
            moved.current = False
            await listed.current.scroll_to(offset=0, duration=theme.QUICK)

    ft.use_effect(go_down, [mine], cleanup=stop)
    return listed, moved
