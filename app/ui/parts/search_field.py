"""A field to search with: it asks once the person pauses, and keeps what was typed to itself."""

import asyncio
from collections.abc import Callable

import flet as ft

from app.ui import theme
from app.ui.parts.tap import IconTap
from app.ui.parts.typed import TypedField
from app.ui.texts import t

PAUSE = 0.25
"""Seconds without a key after which is asked."""


@ft.component
def SearchField(
    identifier: str,
    hint: str,
    search: str,
    on_search: Callable[[str], None],
    on_close: Callable[[], None] | None = None,
) -> ft.Control:
    """The field; with `on_close` it has been opened for this search and can be left again."""
    text, set_text = ft.use_state(search)
    nothing: asyncio.TimerHandle | None = None
    timer = ft.use_ref(nothing)
    asked = ft.use_ref(search)

    def end() -> None:
        if timer.current is not None:
            timer.current.cancel()

    def typed(e: ft.Event[ft.TextField]) -> None:
        end()
        set_text(str(e.data))
        timer.current = asyncio.get_running_loop().call_later(PAUSE, ask, str(e.data))

    def ask(words: str) -> None:
        asked.current = words
        on_search(words)

    def follow() -> None:
        if search != asked.current:  # somebody else searches now, an address for example
            asked.current = search
            set_text(search)

    ft.use_effect(follow, [search])
    ft.use_effect(lambda: None, [], cleanup=end)
    field = TypedField(
        value=text,
        hint_text=hint,
        prefix_icon=ft.Icons.SEARCH,
        border=ft.OutlineInputBorder(border_radius=theme.CHIP_RADIUS),
        filled=True,
        fill_color=theme.CARD,
        content_padding=ft.Padding.symmetric(horizontal=theme.MARGIN),
        autofocus=on_close is not None,
        on_change=typed,
    )
    named = ft.Semantics(identifier=identifier, content=field, expand=True)
    close = [IconTap("close-search", t("close_search"), ft.Icons.CLOSE, on_close)] if on_close else []
    return ft.Row([named, *close], spacing=theme.SPACE, expand=on_close is not None or None)
