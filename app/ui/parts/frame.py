"""The frame of a screen: its place in the stack, the bars, and one column between them."""

from typing import Any

import flet as ft

from app.ui import theme
from app.ui.parts.words import Heading, Quiet


def Frame(
    path: str,
    content: ft.Control,
    *,
    wide: bool,
    top: ft.AppBar | None = None,
    foot: ft.Control | None = None,
    drawer: ft.NavigationDrawer | None = None,
) -> ft.View:
    """A screen at `path`; `foot` stays in view below the content."""
    return ft.View(
        route=path,
        appbar=top,
        end_drawer=drawer,
        controls=[
            ft.SafeArea(Middle(content, wide), expand=True, avoid_intrusions_bottom=foot is None),
            *([foot] if foot else []),
        ],
        bgcolor=theme.GROUND,
        padding=0,
        spacing=0,
    )


def Middle(content: ft.Control, wide: bool) -> ft.Control:
    """`content`; in a wide window a column in its middle, as lines that are too long cannot be read."""
    if not wide:
        return content
    return ft.Container(ft.Container(content, width=theme.COLUMN), alignment=ft.Alignment.TOP_CENTER)


def Scroll(*controls: ft.Control, **options: Any) -> ft.ListView:
    """Cards below each other; drawn by the client as far as they are in view."""
    return ft.ListView(
        list(controls),
        expand=True,
        spacing=theme.GAP,
        padding=theme.MARGIN,
        scroll_interval=200,
        **options,
    )


_HAIRLINE = ft.Border.only(top=ft.BorderSide(1, theme.HAIRLINE))


def Foot(*controls: ft.Control, wide: bool, padding: int = theme.MARGIN) -> ft.Control:
    """What can be done here, always in view at the bottom, above what the system draws there."""
    row = ft.SafeArea(ft.Row(list(controls), spacing=theme.GAP), avoid_intrusions_top=False)
    return ft.Container(
        Middle(row, wide),
        bgcolor=theme.CARD,
        padding=padding,
        border=_HAIRLINE,
    )


def Section(*controls: ft.Control, title: str | None = None) -> ft.Control:
    """A card of a page: what belongs together."""
    heading = [ft.Semantics(header=True, content=Heading(title))] if title else []
    return ft.Card(
        ft.Container(ft.Column([*heading, *controls], spacing=theme.GAP), padding=theme.MARGIN),
        semantic_container=False,
    )


def Pair(label: str, value: ft.Control) -> ft.Row:
    """A name on the left, its value on the right."""
    return ft.Row([Quiet(label, expand=True), value])
