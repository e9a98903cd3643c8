"""Settings and privacy: everything one can set or look up, as far as it exists."""

from collections.abc import Callable

import flet as ft

from app.ui import routes
from app.ui.parts.bars import TopBar
from app.ui.parts.entry_list import EntryList
from app.ui.parts.frame import Frame, Scroll, Section
from app.ui.parts.words import Quiet
from app.ui.state import use_window
from app.ui.texts import t


@ft.component
def SettingsScreen() -> ft.View:
    """The list of the route table's settings, and where one is."""
    window = use_window()
    body = SettingsBody(window.handle, window.zone, window.page.navigate)
    return Frame(ft.use_view_path(), Scroll(body), wide=window.wide, top=TopBar(t("settings_and_privacy")))


def SettingsBody(handle: str, zone: str, on_go: Callable[[str], None]) -> ft.Control:
    """The rows, the account beside the way to another one, and what the app is."""
    entries = [entry for entry in routes.ENTRIES if entry.in_settings]
    return ft.Column(
        [
            ft.Card(EntryList(entries, on_go, {"switch-account": f"@{handle}"}), semantic_container=False),
            Section(Quiet(t("time_zone", zone=zone)), Quiet(t("about_app")), title=t("about")),
        ]
    )
