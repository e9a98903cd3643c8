"""The ways to go, as rows: the menu's and the settings' both are this list over the route table."""

from collections.abc import Callable, Mapping, Sequence

import flet as ft

from app.ui import theme
from app.ui.entries import Entry
from app.ui.parts.tap import Tap
from app.ui.parts.words import Body, Quiet
from app.ui.state import go
from app.ui.texts import t

ICONS = {
    "go-settings": ft.Icons.SETTINGS_OUTLINED,
    "go-orders": ft.Icons.RECEIPT_LONG_OUTLINED,
    "go-shop": ft.Icons.STOREFRONT_OUTLINED,
    "inbox": ft.Icons.NOTIFICATIONS_OUTLINED,
    "go-seller": ft.Icons.MARK_CHAT_UNREAD_OUTLINED,
    "go-insights": ft.Icons.INSIGHTS,
    "switch-account": ft.Icons.SWITCH_ACCOUNT_OUTLINED,
    "go-addresses": ft.Icons.PLACE_OUTLINED,
    "go-language": ft.Icons.LANGUAGE,
    "go-appearance": ft.Icons.CONTRAST,
    "go-policy": ft.Icons.GAVEL_OUTLINED,
    "go-import": ft.Icons.FILE_DOWNLOAD_OUTLINED,
    "go-my-data": ft.Icons.FOLDER_SHARED_OUTLINED,
    "go-move": ft.Icons.IMPORT_EXPORT,
    "go-tour": ft.Icons.SCHOOL_OUTLINED,
    "go-about": ft.Icons.INFO_OUTLINE,
    "go-sign-ins": ft.Icons.DEVICES_OUTLINED,
    "go-members": ft.Icons.GROUP_OUTLINED,
    "go-delete": ft.Icons.PERSON_REMOVE_OUTLINED,
    "go-platform": ft.Icons.ADMIN_PANEL_SETTINGS_OUTLINED,
    "go-platform-requests": ft.Icons.BALANCE,
    "go-platform-policy": ft.Icons.GAVEL_OUTLINED,
    "go-platform-shops": ft.Icons.STOREFRONT_OUTLINED,
    "go-platform-reasons": ft.Icons.BAR_CHART,
    "go-platform-audit": ft.Icons.HISTORY,
    "go-platform-people": ft.Icons.KEY_OUTLINED,
}


def EntryList(
    entries: Sequence[Entry],
    notes: Mapping[str, str] | None = None,
    opened: str | None = None,
    on_go: Callable[[str], object] = go,
) -> ft.Control:
    """One row for each entry; `notes` say something beside it, by its identifier; `opened` is marked."""
    rows = [
        _row(entry, (notes or {}).get(entry.identifier), entry.path == opened, on_go) for entry in entries
    ]
    return ft.Column(rows, spacing=0, tight=True)


def _row(entry: Entry, note: str | None, here: bool, on_go: Callable[[str], object]) -> ft.Control:
    words: list[ft.Control] = [Body(t(entry.label))]
    if note:
        words.append(Quiet(note))
    return Tap(
        entry.identifier,
        ft.Row(
            [
                ft.Icon(ICONS[entry.identifier], size=22),
                # Side by side while they fit, else the note below: words are long in some languages.
                ft.Row(
                    words, wrap=True, expand=True, alignment=ft.MainAxisAlignment.SPACE_BETWEEN, run_spacing=0
                ),
                ft.Icon(ft.Icons.CHEVRON_RIGHT, color=theme.MUTED, size=20),
            ],
            spacing=theme.MARGIN,
        ),
        lambda: on_go(entry.path),
        selected=here or None,
        bgcolor=theme.MARKED if here else None,
        padding=ft.Padding.symmetric(horizontal=theme.MARGIN, vertical=18),
    )
