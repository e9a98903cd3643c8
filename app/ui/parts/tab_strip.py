"""The tabs of a list, with how many entries each has."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import flet as ft

from app.ui import theme
from app.ui.parts.ring import Pointed, pointer
from app.ui.parts.tap import Tap
from app.ui.state import stop, use_window_unwatched
from app.ui.texts import count, t

Tab = TypeVar("Tab", bound=StrEnum)


@ft.component
def TabStrip(
    tabs: Sequence[Tab | None],
    chosen: Tab | None,
    counts: Mapping[Tab, int],
    on_choose: Callable[[Any], None],
) -> ft.Control:
    """The tabs, None being all; where they do not fit, the chosen one and an end of that before are in view.

    While the guided tour points at another one, that is the one in view.
    """
    pointing = pointer()
    strip: ft.Ref[ft.Row] = ft.use_memo(ft.Ref, [])
    scrolled = ft.use_ref(False)

    async def show_chosen(_resized: Any = None) -> None:
        here = use_window_unwatched().navigation
        at = pointing.at if pointing else ()
        wanted = next((tab for tab in tabs if _identifier(tab) in at), chosen)
        moves = scrolled.current or wanted is not tabs[0]  # the first one is in view by itself
        # Below another screen nothing can scroll.
        if strip.current and moves and (here.on_list or here.beside_list):
            scrolled.current = True
            await strip.current.scroll_to(scroll_key=_name(wanted), duration=theme.QUICK)

    ft.use_effect(show_chosen, [chosen], cleanup=stop)
    shown: list[ft.Control] = [
        _Tab(tab, counts.get(tab, 0) if tab else 0, tab is chosen, on_choose, key=_name(tab)) for tab in tabs
    ]
    if pointing:
        shown.append(Pointed(pointing, show_chosen))
    # Counts, and the font, come later: what is in view is known when the client has laid them out.
    laid = ft.Row(shown, spacing=0, tight=True, on_size_change=show_chosen)
    return ft.Row([laid], scroll=ft.ScrollMode.HIDDEN, ref=strip)


_PADDING = ft.Padding.symmetric(horizontal=theme.MARGIN)
_CHOSEN = ft.Border.only(bottom=ft.BorderSide(2, theme.ACCENT))


def _name(tab: Tab | None) -> str:
    return "all" if tab is None else tab.value


def _identifier(tab: Tab | None) -> str:
    return f"tab-{_name(tab)}"


@ft.component
def _tab(tab: Any, number: int, chosen: bool, on_choose: Callable[[Any], None]) -> ft.Control:
    """One of them; apart, so that of many taps each draws the two tabs that change."""
    name = _name(tab)
    word = t(f"tab.{name}")
    tapped = Tap(
        _identifier(tab),
        ft.Text(
            t("tab_count", tab=word, count=count(number)) if number else word,
            theme_style=ft.TextThemeStyle.LABEL_LARGE,
            color=theme.INK if chosen else theme.MUTED,
        ),
        lambda: on_choose(tab),
        selected=chosen,
        height=theme.TOUCH,
        alignment=ft.Alignment.CENTER,
        padding=_PADDING,
        border=_CHOSEN if chosen else None,
    )
    # What is scrolled to comes to the very edge, and leaves as much of the tab before it as a finger needs.
    mark = ft.Container(left=-theme.TOUCH, key=ft.ScrollKey(name))  # type: ignore[call-arg]
    return ft.Stack([tapped, mark])


_memo: Any = ft.memo
_Tab = _memo(_tab)
