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
    searching, set_searching = ft.use_state(bool(search))
    asked = ft.use_ref(search)

    def follow() -> None:
        if search != asked.current:  # the address was changed from elsewhere
            asked.current = search
            set_searching(bool(search))

    def look_for(words: str) -> None:
        asked.current = words
        go(address(words))

    def leave() -> None:
        set_searching(False)
        look_for("")

    ft.use_effect(follow, [search])
    use_topmost(window.navigation.searches, leave if searching else None, [searching, address("")])
    find = IconTap(f"find-{of}", t("search"), ft.Icons.SEARCH, lambda: set_searching(True))
    field = SearchField(f"{of}-search", hint, search, look_for, leave)
    return field if searching else None, find
