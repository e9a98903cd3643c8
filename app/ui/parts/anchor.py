"""Where a list scrolls to: a point above the row that is marked."""

import flet as ft

from app.ui import theme


def anchored(control: ft.Control, number: int) -> ft.Stack:
    """`control`, the topmost of a card, with the point to scroll to for `number`: a gap above the card.

    Not the card itself: what can be scrolled to is made anew at each drawing, and would lose the focus.
    """
    key = ft.ScrollKey(str(number))  # type: ignore[call-arg]
    point = ft.Container(key=key, top=-theme.MARGIN - theme.GAP, width=1, height=1)
    return ft.Stack([control, point], clip_behavior=ft.ClipBehavior.NONE)
