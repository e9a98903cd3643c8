"""What is told once and nowhere kept: a link or a password, and the way to take it along."""

import flet as ft

from app.ui import theme
from app.ui.parts.tap import IconTap
from app.ui.parts.words import Quiet, Strong
from app.ui.state import use_window
from app.ui.texts import t


@ft.component
def ToldOnce(identifier: str, name: str, value: str, how: str) -> ft.Control:
    """`value` to be copied, what it is called, and in one sentence what it is good for."""
    window = use_window()

    async def copy() -> None:
        await ft.Clipboard().set(value)
        window.say(t("copied"))

    words = ft.Semantics(identifier=identifier, content=Strong(value, selectable=True), expand=True)
    way = IconTap(
        f"copy-{identifier}", t("copy", what=name), ft.Icons.COPY, lambda: window.page.run_task(copy)
    )
    return ft.Container(
        ft.Column([ft.Row([words, way], spacing=theme.GAP), Quiet(how)], spacing=theme.SPACE),
        bgcolor=theme.GREY.fill,
        border_radius=theme.BUTTON_RADIUS,
        padding=theme.MARGIN,
    )
