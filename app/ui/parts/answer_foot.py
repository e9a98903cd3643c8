"""The answers to a request, at the foot of its page."""

from collections.abc import Callable, Collection

import flet as ft

from app.shop.rules.requests import RequestAction
from app.ui import theme
from app.ui.parts.tap import Filled, Outlined
from app.ui.texts import t

A = RequestAction
Pairs = tuple[tuple[A, A], ...]
SELLER: Pairs = ((A.OFFER, A.LIST_OPTION), (A.DECLINE, A.APPROVE))
OF_A_CHANGE: Pairs = ((A.DECLINE, A.ACCEPT_CHANGE),)
PLATFORM: Pairs = ((A.UPHOLD, A.OVERRULE),)
HOPED_FOR = frozenset({A.APPROVE, A.ACCEPT_CHANGE, A.OVERRULE})
"""What most buyers hope for."""


def AnswerFoot(pairs: Pairs, possible: Collection[str], on_answer: Callable[[str], None]) -> ft.Control:
    """Two in a row, the one that is hoped for filled; what cannot be done now is pale."""
    rows: list[ft.Control] = [
        ft.Row([_button(one, possible, on_answer) for one in pair], spacing=theme.GAP) for pair in pairs
    ]
    return ft.Column(rows, spacing=8, tight=True, expand=True)


def _button(answer: A, possible: Collection[str], on_answer: Callable[[str], None]) -> ft.Control:
    button = Filled if answer in HOPED_FOR else Outlined
    return button(
        answer.value.replace("_", "-"),
        t(f"answer.{answer}"),
        lambda _: on_answer(answer.value),
        disabled=answer not in possible,
        expand=True,
    )
