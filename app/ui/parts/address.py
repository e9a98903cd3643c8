"""An address in words, as its owner reads it."""

import flet as ft

from app.shop.reads.addresses import Entry
from app.ui import theme
from app.ui.parts.words import Body, Label, Quiet, Strong
from app.ui.texts import t
from app.ui.texts.places import called, where


def AddressWords(entry: Entry) -> ft.Control:
    """Whose it is, how they are reached, and where it is; the preferred one says so."""
    parts = entry.parts
    title: list[ft.Control] = [Strong(called(parts))]
    if entry.preferred:
        title.append(Preferred())
    who = " · ".join(part for part in (parts.recipient, parts.phone) if part)
    return ft.Column(
        [
            ft.Row(title, spacing=8, wrap=True, run_spacing=theme.SPACE),
            *([Body(who)] if who else []),
            Quiet(where(parts)),
        ],
        spacing=theme.SPACE,
        tight=True,
        expand=True,
    )


def Preferred() -> ft.Control:
    """The mark of the preferred address."""
    return ft.Container(
        Label(t("address.preferred"), color=theme.PINE.ink),
        bgcolor=theme.PINE.fill,
        border_radius=theme.CHIP_RADIUS,
        padding=ft.Padding.symmetric(horizontal=8, vertical=2),
    )
