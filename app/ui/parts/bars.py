"""What frames a screen: the bar on top with its title, the bar below with the ways to go."""

from collections.abc import Callable

import flet as ft

from app.ui import routes, theme
from app.ui.parts.badge import CountBadge
from app.ui.parts.frame import Foot
from app.ui.parts.tap import Tap
from app.ui.parts.words import Label, Title
from app.ui.texts import t

WAYS = (
    ("inbox", routes.INBOX, "inbox", ft.Icons.NOTIFICATIONS_OUTLINED, ft.Icons.NOTIFICATIONS),
    ("go-profile", routes.PROFILE, "profile", ft.Icons.PERSON_OUTLINE, ft.Icons.PERSON),
)
"""Identifier, address, text and icons of each way; one appears here when its screen exists."""


def TopBar(title: str, *actions: ft.Control) -> ft.AppBar:
    """The title of a screen; the way back stands before it by itself where there is one."""
    return ft.AppBar(title=Title(title), actions=list(actions), center_title=False)


def BottomBar(here: str, unread: int, on_go: Callable[[str], None], *, wide: bool) -> ft.Control:
    """The ways to go; `here` is the address one is at."""
    ways: list[ft.Control] = [
        _way(identifier, path, text, chosen if path == here else icon, path == here, unread, on_go)
        for identifier, path, text, icon, chosen in WAYS
    ]
    return Foot(*ways, wide=wide, padding=0)


def _way(
    identifier: str,
    path: str,
    text: str,
    icon: ft.IconData,
    here: bool,
    unread: int,
    on_go: Callable[[str], None],
) -> ft.Control:
    ink = theme.INK if here else theme.MUTED
    badge = CountBadge(unread if identifier == "inbox" else 0)
    return Tap(
        identifier,
        ft.Column(
            [ft.Icon(icon, color=ink, badge=badge), Label(t(text), color=ink)],
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            spacing=0,
            tight=True,
        ),
        lambda: on_go(path),
        selected=here,
        expand=True,
        height=64,
        alignment=ft.Alignment.CENTER,
    )
