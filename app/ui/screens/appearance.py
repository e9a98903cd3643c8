"""Appearance: light or dark, and how much moves."""

from collections.abc import Callable

import flet as ft

from app.ui import theme
from app.ui.choices import Looks
from app.ui.parts.frame import Pane, Scroll
from app.ui.parts.preview import Preview
from app.ui.parts.switch_row import SwitchRow
from app.ui.parts.tap import Tap
from app.ui.parts.words import Body, Label, Quiet
from app.ui.state import use_window
from app.ui.texts import t


@ft.component
def AppearanceScreen(back: str | None) -> ft.Control:
    """The appearances as small pictures of themselves; a tap wears it at once."""
    window = use_window()

    def look(looks: Looks) -> ft.Control:
        return _look(
            looks,
            lambda: window.page.run_task(window.choices.wear, looks),
            chosen=looks is window.looks,
        )

    def move() -> None:
        window.page.run_task(window.choices.move_less, not window.still)

    previews = ft.Row(
        [look(one) for one in Looks], spacing=theme.GAP, vertical_alignment=ft.CrossAxisAlignment.START
    )
    # As wide as on a phone: stretched, they would no longer be pictures of one.
    narrow = ft.Container(ft.Container(previews, width=theme.DIALOG), alignment=ft.Alignment.TOP_LEFT)
    return Pane(t("appearance"), Scroll(narrow, _less_motion(move, still=window.still)), back=back)


def _look(looks: Looks, on_choose: Callable[[], object], *, chosen: bool) -> ft.Control:
    words = Label(t(f"appearance.{looks}"), text_align=ft.TextAlign.CENTER)
    tick = ft.Icon(
        ft.Icons.CHECK_CIRCLE if chosen else ft.Icons.CIRCLE_OUTLINED,
        color=theme.BACK if chosen else theme.EDGE,
        size=20,
    )
    return Tap(
        f"appearance-{looks}",
        ft.Column(
            [Preview(looks, chosen=chosen), tick, words],
            spacing=8,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        on_choose,
        selected=chosen,
        expand=True,
        padding=ft.Padding.only(bottom=8),
        border_radius=theme.PICTURE_RADIUS,
    )


def _less_motion(on_change: Callable[[], object], *, still: bool) -> ft.Control:
    words = ft.Column([Body(t("less_motion")), Quiet(t("less_motion_how"))], spacing=0, expand=True)
    room = ft.Padding.symmetric(horizontal=theme.MARGIN, vertical=theme.GAP)
    return ft.Card(SwitchRow("less-motion", words, still, on_change, padding=room), semantic_container=False)
