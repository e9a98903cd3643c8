"""Bars: numbers side by side, drawn by flet-charts.

Whoever imports this imports flet-charts, which takes as long as the screens: so it is done late.
"""

from collections.abc import Sequence

import flet as ft
import flet_charts as fc

from app.ui import theme
from app.ui.parts.insight import Bar
from app.ui.parts.words import Small
from app.ui.texts import number

HEIGHT = 200
_STEPS = (1, 2, 5)
_SIDE, _FOOT = 44, 28
_ENDS = ft.BorderRadius.only(top_left=theme.SPACE, top_right=theme.SPACE)
_ROOM = 360
"""The least width of a phone: so wide are all bars together with the room between them."""


def Bars(bars: Sequence[Bar], summary: str, *, still: bool) -> ft.Control:
    """The bars, each told by its tip; `summary` is what a screen reader says in their place."""
    top = _top(max(bar.n for bar in bars))
    width = max(3, min(28, (_ROOM - _SIDE) * 2 // 3 // len(bars)))
    chart = fc.BarChart(
        groups=[_group(x, bar, width) for x, bar in enumerate(bars)],
        group_alignment=ft.MainAxisAlignment.SPACE_AROUND,
        max_y=top,
        min_y=0,
        left_axis=_axis({value: number(value) for value in _heights(top)}, _SIDE, top / 2),
        bottom_axis=_axis({x: bar.mark for x, bar in enumerate(bars) if bar.mark}, _FOOT, 1),
        horizontal_grid_lines=fc.ChartGridLines(interval=top / 2, color=theme.HAIRLINE, width=1),
        tooltip=fc.BarChartTooltip(  # its words have the colour of the bar
            bgcolor=theme.CARD,
            border_side=ft.BorderSide(1, theme.EDGE),
            fit_inside_horizontally=True,
            fit_inside_vertically=True,
        ),
        animation=ft.Animation(0 if still else 200, ft.AnimationCurve.EASE_OUT),
        height=HEIGHT,
    )
    return ft.Semantics(label=summary, image=True, exclude_semantics=True, container=True, content=chart)


def _group(x: int, bar: Bar, width: int) -> fc.BarChartGroup:
    tip = f"{bar.name}\n{bar.told}"
    rod = fc.BarChartRod(to_y=bar.n, width=width, color=theme.ACCENT, border_radius=_ENDS, tooltip=tip)
    return fc.BarChartGroup(x=x, rods=[rod])


def _axis(words: dict[int, str], room: int, apart: float) -> fc.ChartAxis:
    labels = [
        fc.ChartAxisLabel(value=value, label=Small(word, no_wrap=True)) for value, word in words.items()
    ]
    return fc.ChartAxis(labels=labels, label_size=room, label_spacing=apart)


def _heights(top: int) -> tuple[int, ...]:
    return (0, top // 2, top)


def _top(most: int) -> int:
    """A round even number that is at least `most`."""
    size = 2
    while most > size * _STEPS[-1]:
        size *= 10
    return next(size * step for step in _STEPS if most <= size * step)
