"""A card with one plot of a shop, the same numbers as a table, and the way to have them as a file."""

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from app.shop.reads.insights import Insights
from app.shop.reads.insights_file import Plot
from app.ui import theme
from app.ui.parts.frame import Section
from app.ui.parts.insight import Bar, Shown, shown
from app.ui.parts.number_table import NumberTable
from app.ui.parts.tap import Chip, Plain
from app.ui.parts.words import Body, Heading, Label, Quiet
from app.ui.texts import t

Draw = Callable[..., ft.Control]
OnFile = Callable[[Insights, Plot], None]


@ft.component
def _InsightCard(found: Insights, plot: Plot, draw: Draw, still: bool, on_file: OnFile) -> ft.Control:
    """One of them; `draw` makes a picture of bars."""
    tabled, table = ft.use_state(False)
    title, seen = t(f"insights.{plot}"), shown(found, plot)
    head: list[ft.Control] = [ft.Semantics(header=True, content=Heading(title), expand=True)]
    if seen.empty:
        return Section(*head, Quiet(t("insights.none")))
    head += [
        Chip(f"table-{plot}", t("insights.table"), lambda: table(not tabled), selected=tabled),
        Plain(f"csv-{plot}", t("insights.csv"), lambda: on_file(found, plot)),
    ]
    body = [NumberTable(seen.columns, seen.rows)] if tabled else _picture(seen, title, draw, still=still)
    return Section(ft.Row(head, spacing=theme.SPACE), *body)


def _picture(seen: Shown, title: str, draw: Draw, *, still: bool) -> list[ft.Control]:
    picture = [draw(seen.bars, seen.summary(title), still=still)]
    if seen.keyed:
        picture.append(_key(seen.bars))
    if seen.note:
        picture.append(Quiet(seen.note))
    return picture


def _key(bars: Sequence[Bar]) -> ft.Control:
    """Which bar is what: numbers, not colours, tell them apart."""
    rows: list[ft.Control] = [
        ft.Row(
            [
                ft.Container(Label(bar.mark, color=theme.GREY.ink), width=theme.MARGIN),
                Body(bar.name, expand=True),
                Quiet(bar.told),
            ],
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
        for bar in bars
    ]
    return ft.Column(rows, spacing=theme.SPACE)


_memo: Any = ft.memo
InsightCard = _memo(_InsightCard)
"""Drawn again only where its numbers differ."""
