"""Picking one of many: a sheet, or in the middle when wide."""

from collections.abc import Callable, Sequence

import flet as ft

from app.ui import theme
from app.ui.dialogs.modal import use_panel
from app.ui.parts.choice import ChoiceRow
from app.ui.parts.words import Title
from app.ui.texts import t


def use_pick(
    name: str,
    title: str,
    choices: Sequence[tuple[str, str]],
    chosen: str,
    on_choose: Callable[[str], None],
) -> Callable[[], None]:
    """How to open it; `choices` are (code, words), the empty code stands for any of them."""
    shown, show = ft.use_state(False)

    def row(code: str, words: str) -> ft.Control:
        def choose() -> None:
            show(False)
            on_choose(code)

        return ChoiceRow(f"{name}-{code.lower() or 'any'}", words, choose, chosen=code == chosen)

    content: ft.Control | None = None
    if shown:
        rows = [row(*one) for one in (("", t("any")), *choices)]
        head = ft.Container(ft.Semantics(header=True, content=Title(title)), padding=theme.MARGIN)
        content = ft.Column([head, *rows], spacing=0, scroll=ft.ScrollMode.AUTO)
    use_panel(content, lambda: show(False))
    return lambda: show(True)
