"""A table of numbers: for screen readers, and for whoever wants to know exactly."""

from collections.abc import Sequence

import flet as ft

from app.ui import theme
from app.ui.parts.words import Body, Label

NAME = 132
"""The widest a name gets before it goes on in the next line."""


def NumberTable(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> ft.Control:
    """The first column holds words, the others numbers; it moves sideways where they do not fit."""
    table = ft.DataTable(
        columns=[ft.DataColumn(label=Label(name), numeric=at > 0) for at, name in enumerate(columns)],
        rows=[ft.DataRow([ft.DataCell(_cell(at, cell)) for at, cell in enumerate(row)]) for row in rows],
        column_spacing=theme.GAP,
        horizontal_margin=0,
        heading_row_height=theme.TOUCH,
        data_row_min_height=40,
        data_row_max_height=float("inf"),
        divider_thickness=1,
    )
    return ft.Row([table], scroll=ft.ScrollMode.AUTO)


def _cell(at: int, words: str) -> ft.Control:
    if at:
        return Body(words)
    return ft.Container(Body(words), width=NAME, padding=ft.Padding.symmetric(vertical=theme.SPACE))
