"""Rows that come into a list: a drawing after the others have changed, where both happen at once."""

from collections.abc import Sequence

import flet as ft

from app.ui.leaving import Row


def use_coming(rows: Sequence[Row]) -> tuple[Row, ...]:
    """`rows` as they are drawn now: while others change, those that are new wait for the next drawing.

    Flet's patch of a list into which a row comes, while one behind it changes, cannot be applied (1.0.5).
    """
    nothing: tuple[Row, ...] = ()
    last = ft.use_ref(nothing)
    _, draw = ft.use_state(0)
    before = {row.number: row for row in last.current or nothing}
    stay = tuple(row for row in rows if row.number in before)
    waits = len(stay) < len(rows) and any(before[row.number] != row for row in stay)
    shown = stay if waits else tuple(rows)
    last.current = shown
    ft.use_effect(lambda: draw(lambda drawn: drawn + 1) if waits else None, [rows, waits])
    return shown
