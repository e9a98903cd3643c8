"""Settings and privacy: everything one can set or look up."""

from collections.abc import Mapping, Sequence

import flet as ft

from app.shop.reads.queue import waiting
from app.ui.entries import Entry
from app.ui.hooks import use_query
from app.ui.parts.entry_list import EntryList
from app.ui.parts.frame import Aside, Pane, Scroll
from app.ui.state import use_window
from app.ui.texts import t, zone_name


@ft.component
def SettingsScreen(back: str | None, opened: str | None = None) -> ft.Control:
    """The settings that the route table lists, and what each is at; `opened` is the one shown beside."""
    window = use_window()
    notes = {
        "switch-account": f"@{window.handle}",
        "go-language": t("language_name"),
        "go-appearance": t(f"appearance.{window.looks}"),
    }
    news = use_query(waiting).value
    if news:
        notes["go-seller"] = t("requests_waiting", count=news)
    clock = t("time_zone", zone=zone_name(window.zone, window.now()))
    body = SettingsBody(
        window.entries,
        notes,
        clock,
        opened,
    )
    return Pane(t("settings_and_privacy"), body, back=back)


def SettingsBody(
    entries: Sequence[Entry], notes: Mapping[str, str], clock: str, opened: str | None
) -> ft.Control:
    """The rows in cards of what belongs together, and on whose clock times are."""
    listed = [entry for entry in entries if entry.in_settings]
    groups = dict.fromkeys(entry.group for entry in listed)
    return Scroll(
        *(
            ft.Card(
                EntryList([one for one in listed if one.group == group], notes, opened),
                semantic_container=False,
            )
            for group in groups
        ),
        Aside(clock),
    )
