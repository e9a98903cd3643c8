"""A search within a list: the way to it stands in the bar, and once opened the field takes the bar over."""

from collections.abc import Callable

import flet as ft

from app.ui.parts.search_field import SearchField
from app.ui.parts.tap import IconTap
from app.ui.state import go, use_window_unwatched
from app.ui.texts import t
from app.ui.topmost import use_topmost


def use_search(
    of: str, hint: str, search: str, address: Callable[[str], str]
) -> tuple[ft.Control | None, ft.Control]:
    """The field to search the list `of` with, None until it is opened, and what opens it.

    `address` is that of the list narrowed to some words.
    """
    window = use_window_unwatched()
    (asked, searching), search_now = ft.use_state((search, bool(search)))
    if search != asked:  # the address was changed from elsewhere
        searching = bool(search)

    def look_for(words: str) -> None:
        search_now((words, True))
        go(address(words))

    def leave() -> None:
        search_now(("", False))
        go(address(""))

    use_topmost(window.navigation.searches, leave if searching else None, [searching, address("")])
    find = IconTap(f"find-{of}", t("search"), ft.Icons.SEARCH, lambda: search_now((search, True)))
    field = SearchField(f"{of}-search", hint, search, look_for, leave)
    return field if searching else None, find
