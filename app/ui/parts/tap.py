"""Things to tap: each has a name for programs, a name for people, and room for a finger."""

from typing import Any

import flet as ft

from app.ui import theme
from app.ui.parts import ring
from app.ui.parts.ring import ringed

OnTap = ring.OnTap

ROW = 12
"""All the columns of a grid that a control is in; in no grid it says nothing."""
# With a line of text of 20 between, a chip is 48 high.
_CHIP_PADDING = ft.Padding.symmetric(horizontal=theme.MARGIN, vertical=14)


def Tap(
    identifier: str,
    content: ft.Control,
    on_click: OnTap | None,
    *,
    label: str | None = None,
    link: bool = False,
    selected: bool | None = None,
    expand: bool | None = None,
    key: ft.KeyValue | None = None,
    col: int = ROW,
    **box: Any,
) -> ft.Semantics:
    """Any content as one button; `label` names it where the content has no words.

    A `link` may hold further things to tap: of what is inside a button, screen readers need not tell.
    Ink and name melt into one node for screen readers; an IconButton inside would stay a nameless second.
    Without `on_click` it is told as what cannot be tapped now.
    """
    return ft.Semantics(
        identifier=identifier,
        label=label,
        disabled=on_click is None,
        button=not link or None,
        link=link or None,
        selected=selected,
        expand=expand,
        key=key,
        col=col,
        content=ringed(
            identifier, on_click, lambda tapped: ft.Container(content, ink=True, on_click=tapped, **box)
        ),
    )


def IconTap(
    identifier: str, label: str, icon: ft.IconData, on_click: OnTap | None, *, ink: Any = None, **box: Any
) -> ft.Semantics:
    """An icon to tap, in the colour `ink` where it is not the usual one."""
    return Tap(
        identifier,
        ft.Icon(icon, color=ink),
        on_click,
        label=label,
        width=theme.TOUCH,
        height=theme.TOUCH,
        border_radius=theme.CHIP_RADIUS,
        **box,
    )


def Filled(
    identifier: str, label: str, on_click: OnTap | None, *, disabled: bool = False, **options: Any
) -> ft.Semantics:
    """The one thing to do."""
    return _button(ft.FilledButton, identifier, label, on_click, disabled=disabled, **options)


def Outlined(
    identifier: str, label: str, on_click: OnTap | None, *, disabled: bool = False, **options: Any
) -> ft.Semantics:
    """What else can be done."""
    return _button(ft.OutlinedButton, identifier, label, on_click, disabled=disabled, **options)


def Plain(identifier: str, label: str, on_click: OnTap | None, *, of: str = "") -> ft.Semantics:
    """A word to tap; `of` is what it is about, read aloud where several such words look the same."""
    # Beside a name of its own the button would stay a second one for screen readers.
    words = ft.Text(label, semantics_label=f"{label}: {of}") if of else label
    return _button(ft.TextButton, identifier, words, on_click)


def _button(
    kind: Any,
    identifier: str,
    label: str | ft.Text,
    on_click: OnTap | None,
    *,
    disabled: bool = False,
    **options: Any,
) -> ft.Semantics:
    content = ringed(identifier, on_click, lambda tapped: kind(label, on_click=tapped, disabled=disabled))
    return ft.Semantics(identifier=identifier, content=content, **options)


def Chip(identifier: str, label: str, on_click: OnTap | None, *, selected: bool) -> ft.Semantics:
    """A choice among several, as high as a finger; a tick says it is chosen, not the colour alone."""
    ink = theme.CHOSEN.ink if selected else theme.MUTED if on_click is None else None
    words: ft.Control = ft.Text(label, theme_style=ft.TextThemeStyle.LABEL_LARGE, color=ink)
    if selected:
        tick = ft.Icon(ft.Icons.CHECK, size=16, color=ink)
        words = ft.Row([tick, words], tight=True, spacing=theme.SPACE)
    return Tap(
        identifier,
        words,
        on_click,
        selected=selected,
        padding=_CHIP_PADDING,
        border_radius=theme.CHIP_RADIUS,
        bgcolor=(theme.CHOSEN if selected else theme.GREY).fill,
    )
