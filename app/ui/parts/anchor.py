"""Where a list scrolls to: a point above the row that is marked, and at both ends of a page."""

import flet as ft

from app.ui import theme


def anchored(control: ft.Control, number: int) -> ft.Stack:
    """`control`, the topmost of a card, with the point to scroll to for `number`: a gap above the card.

    Not the card itself: what can be scrolled to is made anew at each drawing, and would lose the focus.
    """
    above = point(str(number), top=-theme.MARGIN - theme.GAP)
    return ft.Stack([control, above], clip_behavior=ft.ClipBehavior.NONE)


def point(name: str, *, top: float | None = None, bottom: float | None = None) -> ft.Control:
    """A point of this name within a stack."""
    key = ft.ScrollKey(name)  # type: ignore[call-arg]
    return ft.Container(key=key, top=top, bottom=bottom, width=1, height=1)
