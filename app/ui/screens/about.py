"""About: what this is, which version, under which licences, and where its data is."""

from importlib.metadata import PackageNotFoundError, version

import flet as ft

from app.ui import theme
from app.ui.parts.drawing import Drawing, Spot
from app.ui.parts.frame import Pane, Scroll, Section
from app.ui.parts.words import Body, Quiet, Title
from app.ui.texts import t


@ft.component
def AboutScreen(back: str | None) -> ft.Control:
    """The app in a few sentences."""
    centred = ft.TextAlign.CENTER
    words: list[ft.Control] = [
        Title("Takeback", text_align=centred),
        Quiet(t("about_version", version=_version()), text_align=centred),
    ]
    head = ft.Column(
        [
            Spot(Drawing.MARK, 72),
            ft.Column(words, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.CENTER),
            Body(t("about_app"), text_align=centred),
        ],
        spacing=theme.MARGIN,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return Pane(
        t("about"),
        Scroll(
            ft.Container(head, padding=ft.Padding.symmetric(vertical=theme.WIDE_MARGIN)),
            Section(Body(t("about_data_how")), title=t("about_data")),
            Section(Body(t("about_licence_how")), title=t("about_licence")),
            Section(Body(t("about_font_how")), title=t("about_font")),
        ),
        back=back,
    )


def _version() -> str:
    try:
        return version("takeback")
    except PackageNotFoundError:  # run from its files alone
        return "…"
