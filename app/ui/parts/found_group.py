"""What was found in files for one reason: the sentence once, how often, and each place, some at a time."""

from collections.abc import Sequence
from typing import Any

import flet as ft

from app.ui import theme
from app.ui.parts.frame import Section
from app.ui.parts.tap import Outlined
from app.ui.parts.words import Label, Small, Strong
from app.ui.texts import number, t

FIRST, MORE = 5, 50
"""Places that are shown at first, and that are added at a time."""


@ft.component
def _FoundGroup(code: str, sentence: str, count: int, places: Sequence[str]) -> ft.Control:
    """The group of one `code`; of what is only counted there are no `places`."""
    shown, show = ft.use_state(FIRST)
    rest = len(places) - shown
    rows: list[ft.Control] = [_head(sentence, count)]
    if places:
        # Line by line, not each a control of its own: there may be thousands.
        rows.append(Small("\n".join(places[:shown]), selectable=True))
    if rest > 0:
        more = t("import_more", count=min(rest, MORE))
        rows.append(ft.Row([Outlined(f"more-{code}", more, lambda: show(lambda n: n + MORE))]))
    return ft.Semantics(identifier=f"found-{code}", container=True, content=Section(*rows))


def _head(sentence: str, count: int) -> ft.Control:
    pill = ft.Container(
        Label(number(count), color=theme.AMBER.ink),
        bgcolor=theme.AMBER.fill,
        border_radius=theme.CHIP_RADIUS,
        padding=ft.Padding.symmetric(horizontal=theme.GAP, vertical=theme.SPACE),
    )
    words = Strong(sentence, expand=True)
    return ft.Row([words, pill], spacing=theme.GAP, vertical_alignment=ft.CrossAxisAlignment.START)


_memo: Any = ft.memo
FoundGroup: Any = _memo(_FoundGroup)
