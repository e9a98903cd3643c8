"""A ring around a count: how much of its time is left."""

from math import pi

import flet as ft

from app.ui import theme
from app.ui.theme import Tone

RING, STROKE = 40, 4
"""Pixels across, and of the line."""


def TimeRing(share: float, count: ft.Control, tone: Tone) -> ft.Control:
    """`count` in a ring of which `share` (0 to 1) is full, from the top on, within a bar of `tone`.

    Two discs, not Flet's `ProgressRing`: its arc holds up a client without a graphics processor for 45 ms
    (Chromium 156), just when what a tap did should be seen.
    """
    filled = ft.SweepGradient(
        colors=[theme.ACCENT, theme.ACCENT, theme.SPENT, theme.SPENT],
        stops=[0, share, share, 1],
        rotation=-pi / 2,
    )
    within = ft.Container(
        count, bgcolor=tone.fill, border_radius=RING / 2 - STROKE, alignment=ft.Alignment.CENTER
    )
    return ft.Container(
        within, gradient=filled, border_radius=RING / 2, padding=STROKE, width=RING, height=RING
    )
