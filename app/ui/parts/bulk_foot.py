"""The answers that can be given to several requests at once, below the list they are selected in."""

from collections.abc import Callable

import flet as ft

from app.shop.rules.requests import RequestAction
from app.ui import theme
from app.ui.parts.frame import Foot
from app.ui.parts.tap import Filled, Outlined
from app.ui.parts.words import Strong
from app.ui.texts import t


def BulkFoot(count: int, on_answer: Callable[[str], None]) -> ft.Control:
    """How many are selected, and the three answers; none while none is selected."""
    told = ft.Semantics(
        live_region=True, content=Strong(t("requests_chosen", count=count) if count else t("choose_requests"))
    )
    rows = [
        ft.Row([_button(one, count, on_answer) for one in row], spacing=theme.GAP)
        for row in ((RequestAction.DECLINE, RequestAction.LIST_OPTION), (RequestAction.APPROVE,))
    ]
    return Foot(ft.Column([told, *rows], spacing=8, expand=True), padding=theme.GAP)


def _button(answer: RequestAction, count: int, on_answer: Callable[[str], None]) -> ft.Control:
    button = Filled if answer is RequestAction.APPROVE else Outlined
    name, word = f"bulk-{answer.value.replace('_', '-')}", t(f"answer.{answer}")
    return button(name, word, lambda _: on_answer(answer.value), disabled=not count, expand=True)
