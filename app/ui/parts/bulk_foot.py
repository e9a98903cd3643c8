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
    answers = (
        (Filled, "bulk-cancel-and-refund", RequestAction.APPROVE),
        (Outlined, "bulk-list-option", RequestAction.LIST_OPTION),
        (Outlined, "bulk-decline", RequestAction.DECLINE),
    )
    buttons: list[ft.Control] = [
        button(name, t(f"answer.{answer}"), lambda _, answer=answer: on_answer(answer), disabled=not count)
        for button, name, answer in answers
    ]
    told = ft.Semantics(
        live_region=True, content=Strong(t("requests_chosen", count=count) if count else t("choose_requests"))
    )
    return Foot(
        ft.Column([told, ft.Row(buttons, wrap=True, spacing=8, run_spacing=8)], spacing=8, expand=True),
        padding=theme.GAP,
    )
