"""Several requests answered at once: which they are, and what became of them."""

from collections.abc import Callable, Mapping

import flet as ft

from app.ui import theme
from app.ui.parts.tap import Outlined
from app.ui.parts.words import Quiet, Small, Strong, Title
from app.ui.texts import t

NAMED = 3
"""Titles that stand there; the rest is counted."""


def Several(titles: Mapping[int, str]) -> ft.Control:
    """Which requests are answered at once."""
    names = list(titles.values())
    more = len(names) - NAMED
    rows: list[ft.Control] = [Strong(t("requests_chosen", count=len(names)))]
    rows += [Small(name, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS) for name in names[:NAMED]]
    rows += [Small(t("more_requests", count=more))] if more > 0 else []
    return ft.Column(rows, spacing=2, tight=True)


def Summary(
    titles: Mapping[int, str], refused: Mapping[int, str], on_close: Callable[[], None]
) -> ft.Control:
    """What was done, and what was refused and why."""
    done = len(titles) - len(refused)
    rows: list[ft.Control] = []
    if done:
        tick = ft.Icon(ft.Icons.CHECK_CIRCLE, color=theme.BACK)
        rows.append(ft.Row([tick, Strong(t("requests_done", count=done), expand=True)], spacing=theme.GAP))
    if refused:
        info = ft.Icon(ft.Icons.INFO_OUTLINE, color=theme.AMBER.ink)
        word = Strong(t("requests_refused", count=len(refused)), expand=True)
        rows.append(ft.Row([info, word], spacing=theme.GAP))
    rows += [
        ft.Column([Strong(titles[number]), Quiet(why)], spacing=2, tight=True)
        for number, why in refused.items()
    ]
    told = ft.Semantics(live_region=True, container=True, content=ft.Column(rows, spacing=theme.GAP))
    title = ft.Semantics(header=True, content=Title(t("bulk_title")))
    close = Outlined("close-summary", t("close"), on_close)
    return ft.Container(
        ft.Column([title, told, close], spacing=theme.MARGIN, tight=True), padding=theme.WIDE_MARGIN
    )
