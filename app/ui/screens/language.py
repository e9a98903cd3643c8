"""Language: what the app speaks, and on whose clock its times are."""

import flet as ft

from app.languages import LANGUAGES
from app.ui.parts.choice import ChoiceRow
from app.ui.parts.frame import Aside, Pane, Scroll
from app.ui.state import use_window
from app.ui.texts import t, zone_name


@ft.component
def LanguageScreen(back: str | None) -> ft.Control:
    """The languages, each by its own name; a tap speaks it at once."""
    window = use_window()

    def row(language: str) -> ft.Control:
        return ChoiceRow(
            f"language-{language}",
            LANGUAGES[language],
            lambda: window.page.run_task(window.choices.speak, language),
            chosen=language == window.language,
        )

    card = ft.Card(ft.Column([row(one) for one in LANGUAGES], spacing=0), semantic_container=False)
    clock = Aside(t("time_zone", zone=zone_name(window.zone, window.now())))
    return Pane(t("language"), Scroll(card, clock), back=back)
