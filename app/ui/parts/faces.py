"""The faces of what is loaded: loading, trouble, empty; content is the screen's own."""

from collections.abc import Callable

import flet as ft

from app.shop.rules.errors import ShopError
from app.ui import theme
from app.ui.parts.tap import Filled, Outlined
from app.ui.parts.words import Heading, Quiet
from app.ui.texts import problem, t


def Trouble(error: ShopError, on_retry: Callable[[], None]) -> ft.Control:
    """What went wrong in one sentence, and the way to try again."""
    return _middle(
        ft.Icons.CLOUD_OFF_OUTLINED,
        theme.AMBER,
        [Quiet(problem(error), text_align=ft.TextAlign.CENTER)],
        Outlined("try-again", t("try_again"), on_retry),
    )


def Empty(
    icon: ft.IconData,
    sentence: str,
    *,
    how: str | None = None,
    action: tuple[str, str, Callable[[], None]] | None = None,
) -> ft.Control:
    """Nothing to show: one sentence, and at most one thing to do (identifier, label, what it does)."""
    words: list[ft.Control] = [Heading(sentence, text_align=ft.TextAlign.CENTER)]
    if how:
        words.append(Quiet(how, text_align=ft.TextAlign.CENTER))
    return _middle(icon, theme.PINE, words, Filled(*action) if action else None)


def _middle(
    icon: ft.IconData, tone: theme.Tone, words: list[ft.Control], action: ft.Control | None
) -> ft.Control:
    drawing = ft.Container(
        ft.Icon(icon, size=40, color=tone.ink),
        width=96,
        height=96,
        bgcolor=tone.fill,
        border_radius=theme.CHIP_RADIUS,
        alignment=ft.Alignment.CENTER,
    )
    return ft.Container(
        ft.Column(
            [drawing, *words, *([action] if action else [])],
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            spacing=16,
        ),
        padding=ft.Padding.symmetric(horizontal=theme.WIDE_MARGIN, vertical=48),
        alignment=ft.Alignment.TOP_CENTER,
    )


def Loading(*heights: int) -> ft.Control:
    """The shape of what comes: cards of these heights."""
    cards: list[ft.Control] = [
        ft.Container(height=height, bgcolor=theme.CARD, border_radius=theme.CARD_RADIUS) for height in heights
    ]
    shape = ft.Shimmer(
        ft.Column(cards, spacing=theme.GAP, tight=True), base_color=theme.CARD, highlight_color=theme.HAIRLINE
    )
    return ft.Semantics(label=t("loading"), content=shape)
