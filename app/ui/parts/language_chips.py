"""The languages to choose from, before anybody is there to have settings."""

import flet as ft

from app.languages import LANGUAGES
from app.ui import theme
from app.ui.parts.tap import Chip
from app.ui.window import Window


def LanguageChips(window: Window) -> ft.Control:
    """One chip per language, that of the window ticked."""

    def chip(language: str) -> ft.Control:
        return Chip(
            f"language-{language}",
            LANGUAGES[language],
            lambda: window.page.run_task(window.choices.speak, language),
            selected=language == window.language,
        )

    return ft.Row(
        [chip(one) for one in LANGUAGES],
        wrap=True,
        alignment=ft.MainAxisAlignment.CENTER,
        spacing=theme.SPACE,
        run_spacing=8,
    )
