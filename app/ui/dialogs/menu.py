"""The three-line menu: a sheet from the bottom on a phone, a drawer when wide."""

from collections.abc import Callable, Coroutine
from typing import Any

import flet as ft

from app.ui import routes, theme
from app.ui.parts.entry_list import EntryList
from app.ui.parts.words import Title
from app.ui.state import use_window
from app.ui.texts import t

Open = Callable[[], Coroutine[Any, Any, None]]


def use_menu() -> tuple[Open, ft.NavigationDrawer | None]:
    """How to open the menu, and the drawer to give the screen's View (None on a phone)."""
    window = use_window()
    shown, show = ft.use_state(False)
    page: Any = window.page  # its drawer methods have no types

    async def open_menu() -> None:
        if window.wide:
            await page.show_end_drawer()
        else:
            show(True)

    async def go(path: str) -> None:
        if window.wide:
            await page.close_end_drawer()
        show(False)
        page.navigate(path)

    menu = MenuBody(lambda path: page.run_task(go, path))
    ft.use_dialog(_sheet(menu, lambda: show(False)) if shown and not window.wide else None)
    return open_menu, ft.NavigationDrawer([menu], tile_padding=0) if window.wide else None


def MenuBody(on_go: Callable[[str], Any]) -> ft.Control:
    """The title and one row for each screen that the route table lists."""
    entries = [entry for entry in routes.ENTRIES if entry.in_menu]
    title = ft.Container(Title(t("menu")), padding=ft.Padding.symmetric(horizontal=theme.MARGIN))
    return ft.Container(
        ft.Column([title, EntryList(entries, on_go)], spacing=8, tight=True),
        padding=ft.Padding.only(top=theme.WIDE_MARGIN, bottom=theme.MARGIN),
    )


def _sheet(menu: ft.Control, on_dismiss: Callable[[], None]) -> ft.BottomSheet:
    return ft.BottomSheet(
        menu, on_dismiss=on_dismiss, size_constraints=ft.BoxConstraints(max_width=theme.COLUMN)
    )
