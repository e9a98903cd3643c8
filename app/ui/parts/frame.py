"""The frame of a screen: a bar with its title, one column, and what can be done at the foot."""

from collections.abc import Sequence
from typing import Any

import flet as ft

from app.ui import theme
from app.ui.parts.tap import IconTap
from app.ui.parts.words import Heading, Quiet, Title
from app.ui.state import go
from app.ui.texts import t


def Pane(
    title: str,
    content: ft.Control,
    *,
    back: str | None = None,
    actions: Sequence[ft.Control] = (),
    bar: ft.Control | None = None,
    foot: ft.Control | None = None,
    column: int = theme.COLUMN,
) -> ft.Control:
    """A screen; `back` leads to the one below it, `bar` stands in place of title and actions.

    `column` is the widest that the content gets.
    """
    return ft.Column(
        [
            _bar(back, [bar] if bar else [_title(title), *actions]),
            ft.SafeArea(Middle(content, column), expand=True, avoid_intrusions_bottom=foot is None),
            *([foot] if foot else []),
        ],
        spacing=0,
        expand=True,
    )


def _title(title: str) -> ft.Control:
    if not title:
        return ft.Container(expand=True)  # an empty heading would be read out as one
    return ft.Semantics(header=True, content=Title(title, max_lines=2), expand=True)


def _bar(back: str | None, content: Sequence[ft.Control]) -> ft.Control:
    way = [IconTap("back", t("back"), ft.Icons.ARROW_BACK, lambda: go(back))] if back else []
    margin = ft.Padding.only(
        left=theme.SPACE if back else theme.MARGIN, right=theme.SPACE, top=theme.SPACE, bottom=theme.SPACE
    )
    # As high as a finger needs even without anything to tap, and higher where letters are large.
    least = ft.Container(height=theme.TOUCH)
    return ft.Container(ft.Row([*way, *content, least], spacing=theme.SPACE), padding=margin)


def Middle(content: ft.Control, column: int = theme.COLUMN) -> ft.Control:
    """`content` as a column in the middle of a wide pane: lines that are too long cannot be read."""
    return ft.Container(ft.Container(content, width=column), alignment=ft.Alignment.TOP_CENTER)


def Scroll(*controls: ft.Control, **options: Any) -> ft.ListView:
    """Cards below each other; drawn by the client as far as they are in view."""
    options = {"spacing": theme.GAP, "padding": theme.MARGIN} | options
    return ft.ListView(list(controls), expand=True, scroll_interval=200, **options)


_HAIRLINE = ft.Border.only(top=ft.BorderSide(1, theme.HAIRLINE))


def Foot(*controls: ft.Control, padding: int = theme.MARGIN, column: int = theme.COLUMN) -> ft.Control:
    """What can be done here, always in view at the bottom, above what the system draws there."""
    row = ft.SafeArea(ft.Row(list(controls), spacing=theme.GAP), avoid_intrusions_top=False)
    return ft.Container(Middle(row, column), bgcolor=theme.CARD, padding=padding, border=_HAIRLINE)


def Section(*controls: ft.Control, title: str | None = None) -> ft.Control:
    """A card of a page: what belongs together."""
    heading = [ft.Semantics(header=True, content=Heading(title))] if title else []
    return ft.Card(
        ft.Container(ft.Column([*heading, *controls], spacing=theme.GAP), padding=theme.MARGIN),
        semantic_container=False,
    )


def Aside(sentence: str) -> ft.Control:
    """A sentence above or below cards, in line with what is in them."""
    return ft.Container(Quiet(sentence), padding=ft.Padding.symmetric(horizontal=theme.MARGIN))


def Pair(label: str, value: ft.Control) -> ft.Row:
    """A name on the left, its value on the right."""
    return ft.Row([Quiet(label, expand=True), value])
