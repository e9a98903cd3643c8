"""The three-line menu: a sheet from the bottom on a phone, a drawer when wide."""

from collections.abc import Callable, Coroutine
from typing import Any

import flet as ft

from app.shop.reads.queue import waiting
from app.ui import theme
from app.ui.dialogs.modal import use_modal
from app.ui.guarded import guarded
from app.ui.hooks import use_query
from app.ui.parts.entry_list import EntryList
from app.ui.parts.words import Title
from app.ui.state import go, use_window, use_window_unwatched
from app.ui.texts import t
from app.ui.tour.coach import coach


def use_menu() -> Callable[[], Coroutine[Any, Any, None]]:
    """How to open the menu; in a wide window the view has it as its drawer."""
    window = use_window()
    shown, show = ft.use_state(False)
    page: Any = window.page  # its drawer methods have no types

    async def open_menu() -> None:
        if window.wide:
            await page.show_end_drawer()
        else:
            show(True)

    def leave(path: str) -> None:
        show(False)
        go(path)

    # One and the same while it is there: of a new one in its place, what is inside would never be told to go.
    sheet = ft.use_memo(lambda: _sheet(leave) if shown and not window.wide else None, [shown, window.wide])
    use_modal(sheet, lambda: show(False))
    return open_menu


def menu_drawer(page: Any) -> ft.NavigationDrawer:
    """The menu as the drawer of a wide view."""

    async def leave(path: str) -> None:
        await page.close_end_drawer()
        go(path)

    menu = ft.Container(guarded(Menu, compact=True)(lambda path: page.run_task(leave, path)))
    return ft.NavigationDrawer([menu, *coach()], tile_padding=0)


def _sheet(on_go: Callable[[str], None]) -> ft.BottomSheet:
    return ft.BottomSheet(
        ft.Container(guarded(Menu, compact=True)(on_go)),
        scrollable=True,
        size_constraints=ft.BoxConstraints(max_width=theme.COLUMN),
    )


@ft.component
def Menu(on_go: Callable[[str], Any]) -> ft.Control:
    """The title and one row for each screen that the route table lists."""
    window = use_window_unwatched()
    news = use_query(waiting).value
    notes = {"go-seller": t("requests_waiting", count=news)} if news else {}
    listed = window.entries
    entries = [entry for entry in listed if entry.in_menu]
    title = ft.Semantics(header=True, content=Title(t("menu")))
    return ft.Container(
        ft.Column(
            [
                ft.Container(title, padding=ft.Padding.symmetric(horizontal=theme.MARGIN)),
                EntryList(entries, notes, on_go=on_go),
            ],
            spacing=8,
            tight=True,
        ),
        padding=ft.Padding.only(top=theme.WIDE_MARGIN, bottom=theme.MARGIN),
    )
