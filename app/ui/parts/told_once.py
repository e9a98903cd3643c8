"""What is told once and nowhere kept: a link or a password, and the way to take it along."""

import flet as ft

from app.ui import theme
from app.ui.parts.tap import Filled
from app.ui.parts.words import Quiet, Strong
from app.ui.state import use_window
from app.ui.texts import t


@ft.component
def ToldOnce(identifier: str, value: str, how: str) -> ft.Control:
    """`value` to be copied, and in one sentence what it is good for."""
    window = use_window()

    async def copy() -> None:
        await ft.Clipboard().set(value)
        window.say(t("copied"))

    return ft.Container(
        ft.Column(
            [
                ft.Semantics(identifier=identifier, content=Strong(value, selectable=True)),
                Quiet(how),
                ft.Row([Filled(f"copy-{identifier}", t("copy"), lambda: window.page.run_task(copy))]),
            ],
            spacing=theme.SPACE,
        ),
        bgcolor=theme.CHOSEN.fill,
        border_radius=theme.BUTTON_RADIUS,
        padding=theme.MARGIN,
    )
