"""The ways to go, as rows: the menu's and the settings' both are this list over the route table."""

from collections.abc import Callable, Sequence

import flet as ft

from app.ui import theme
from app.ui.parts.tap import Tap
from app.ui.parts.words import Body, Quiet
from app.ui.routes import Entry
from app.ui.texts import t

ICONS = {
    "go-settings": ft.Icons.SETTINGS_OUTLINED,
    "go-orders": ft.Icons.RECEIPT_LONG_OUTLINED,
    "inbox": ft.Icons.NOTIFICATIONS_OUTLINED,
    "switch-account": ft.Icons.SWITCH_ACCOUNT_OUTLINED,
}


def EntryList(
    entries: Sequence[Entry], on_go: Callable[[str], None], notes: dict[str, str] | None = None
) -> ft.Control:
    """One row for each entry; `notes` say something beside it, by its identifier."""
    rows: list[ft.Control] = [_row(entry, on_go, (notes or {}).get(entry.identifier)) for entry in entries]
    return ft.Column(rows, spacing=0, tight=True)


def _row(entry: Entry, on_go: Callable[[str], None], note: str | None) -> ft.Control:
    return Tap(
        entry.identifier,
        ft.Row(
            [
                ft.Icon(ICONS.get(entry.identifier, ft.Icons.CIRCLE_OUTLINED)),
                Body(t(entry.label), expand=True),
                *([Quiet(note)] if note else []),
                ft.Icon(ft.Icons.CHEVRON_RIGHT, color=theme.MUTED),
            ],
            spacing=theme.GAP,
        ),
        lambda: on_go(entry.path),
        height=56,
        padding=ft.Padding.symmetric(horizontal=theme.MARGIN),
        border_radius=theme.BUTTON_RADIUS,
    )
