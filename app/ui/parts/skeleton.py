"""Skeletons: the shape of what comes, while it loads; `still` for people who asked for less motion."""

import flet as ft
import flet.canvas as cv

from app.ui import theme
from app.ui.parts.grid import CELL, Grid
from app.ui.parts.picture import SIZE
from app.ui.texts import t

_ENTRY = 64
"""Up to this height there is room for an entry of a list, no more."""

Bone = cv.Path.PathElement


def Skeleton(*heights: int, still: bool = False) -> ft.Control:
    """Cards of these heights."""
    rooms = [height - 2 * theme.MARGIN for height in heights]
    return _loading([_card(_bones(room), room, still) for room in rooms])


def OrdersSkeleton(*, still: bool = False) -> ft.Control:
    """A list of orders."""
    return _loading([_order_card(still) for _ in range(3)])


def ProductsSkeleton(*, still: bool = False) -> ft.Control:
    """A grid of products: pictures, each with two lines."""
    bones = [_line(0, 4, 120), _line(0, 28, 72, 16)]
    lines: list[cv.Shape] = [cv.Path(bones, ft.Paint(color=theme.HAIRLINE))]
    cells: list[ft.Control] = [
        ft.Column(
            [
                ft.Container(aspect_ratio=1, bgcolor=theme.HAIRLINE, border_radius=theme.PICTURE_RADIUS),
                cv.Canvas(lines, height=48),
            ],
            col=CELL,
        )
        for _ in range(4)
    ]
    grid = Grid(cells)
    if not still:
        grid = ft.Shimmer(grid, base_color=theme.HAIRLINE, highlight_color=theme.GREY.fill)
    return ft.Semantics(label=t("loading"), content=grid)


def _order_card(still: bool) -> ft.Control:
    """Shop, picture, two lines, price, clock."""
    words = _line(96, 46, 200), _line(96, 70, 136), _line(96, 104, 88, 16)
    shop = cv.Path.Oval(0, 0, 24, 24), _line(36, 6, 120)
    picture = cv.Path.Rect(0, 40, SIZE, SIZE, theme.PICTURE_RADIUS)
    return _card([*shop, picture, *words, _line(0, 140, 160)], 152, still)


def _loading(cards: list[ft.Control]) -> ft.Control:
    return ft.Semantics(
        label=t("loading"),
        content=ft.Column(
            cards, spacing=theme.GAP, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
        ),
    )


def _bones(height: int) -> list[Bone]:
    """Somebody and what is said of it, where that is all there is room for; else a heading and lines."""
    if height <= _ENTRY:
        dot = min(height, 40)
        above = height // 2
        return [
            cv.Path.Oval(0, above - dot // 2, dot, dot),
            _line(52, above - 16, 120),
            _line(52, above + 4, 184),
        ]
    lines = [_line(0, top, 232 if top // 28 % 2 else 184) for top in range(28, height - 12, 28)]
    return [_line(0, 0, 96, 16), *lines]


def _line(left: int, top: int, width: int, height: int = 12) -> Bone:
    return cv.Path.Rect(left, top, width, height, theme.SPACE)


def _card(bones: list[Bone], height: int, still: bool) -> ft.Control:
    """A card with `bones` within its margins; one shape, so that it is sent at once and weighs little."""
    shape: ft.Control = cv.Canvas([cv.Path(bones, ft.Paint(color=theme.HAIRLINE))], height=height)
    # The card stands outside of the Shimmer, which paints all that is in it in its own two colours.
    if not still:
        shape = ft.Shimmer(shape, base_color=theme.HAIRLINE, highlight_color=theme.GREY.fill)
    return ft.Card(ft.Container(shape, padding=theme.MARGIN))
