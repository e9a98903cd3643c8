"""How a stack of screens is laid out: one upon the other on a phone, side by side from 900 px on."""

from typing import Any

import flet as ft

from app.ui import routes, theme
from app.ui.dialogs.menu import menu_drawer
from app.ui.guarded import guarded
from app.ui.parts.notice_bar import NoticeBar
from app.ui.screens.choose import Choose
from app.ui.stack import Stop
from app.ui.state import use_window_unwatched
from app.ui.tour.coach import coach
from app.ui.ways import BottomBar, Rail

_memo: Any = ft.memo
_ROOTS = (routes.SHOP, routes.PROFILE, routes.INBOX, routes.SELLER)
"""Where the bar at the bottom leads to, and so is in view."""


def _shown(stop: Stop, back: str | None, *beside: object) -> ft.Control:
    screen: ft.Control = _memo(guarded(stop.route.screen))(back, *stop.given, *beside, key=stop.path)
    return screen


def _view(path: str, content: ft.Control, **options: Any) -> ft.View:
    return ft.View(
        route=path,
        controls=[ft.SafeArea(content, expand=True, avoid_intrusions_bottom=False)],
        bgcolor=theme.GROUND,
        padding=0,
        spacing=0,
        **options,
    )


@ft.component
def _PhoneView(stops: tuple[Stop, ...], top: bool) -> ft.View:
    """The last of these screens, over the full width; the way back leads to the one below.

    What happens meanwhile is told on the `top` one, which is all that is seen.
    """
    stop, back = stops[-1], stops[-2].address if len(stops) > 1 else None
    shown: list[ft.Control] = [NoticeBar(told=top), _shown(stop, back)]
    if top:
        shown += coach(stop.address)
    if use_window_unwatched().actor and stop.path in _ROOTS:
        shown.append(BottomBar(stop.path))
    return _view(stop.path, ft.Column(shown, spacing=0, expand=True))


PhoneView = _memo(_PhoneView)


@ft.component
def WideView(stops: tuple[Stop, ...]) -> ft.View:
    """The rail, the last list of the stack, and what was opened from it; or one screen alone.

    One view whatever the address: what stays on the screen stays as it is, nothing slides.
    """
    depth = next((at for at, stop in enumerate(stops) if stop.route.lists), None)
    if any(stop.route.stays for stop in stops):
        panes = [_apart(_covered(stops), expand=True)]
    elif depth is None or stops[-1].route.alone:
        panes = [_apart(_pane(stops, len(stops) - 1, max(len(stops) - 1, 0)), expand=True)]
    else:
        chosen = len(stops) - 1
        opened = stops[depth + 1].key if chosen > depth else None
        beside = _pane(stops, chosen, chosen - depth - 1) if chosen > depth else Choose(stops[depth].path)
        panes = [
            _apart(ft.Container(_shown(stops[depth], None, opened), width=theme.LIST)),
            ft.VerticalDivider(width=1, color=theme.HAIRLINE),
            _apart(beside, expand=True),
        ]
    drawer = menu_drawer(use_window_unwatched().page)
    row = ft.Row(
        [
            _apart(Rail(stops[min(1, len(stops) - 1)].path)),
            ft.VerticalDivider(width=1, color=theme.HAIRLINE),
            *panes,
        ],
        spacing=0,
        expand=True,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return _view(
        "/",
        ft.Column([NoticeBar(), row, *coach(stops[-1].address)], spacing=0, expand=True),
        end_drawer=drawer,
    )


def _covered(stops: tuple[Stop, ...]) -> ft.Control:
    """The screens that stay, and above them what was opened last: going back, one is where one was."""
    window, last = use_window_unwatched(), len(stops) - 1

    def layer(at: int) -> ft.Control:
        covered = at < last
        return ft.Container(
            _pane(stops, at, at - 1),  # the rail leads to the first
            bgcolor=theme.GROUND,
            opacity=0 if covered else 1,  # what cannot be seen is not read out either
            animate_opacity=ft.Animation(0) if window.still else theme.MOVE,
            disabled=covered,
            expand=True,
            key=stops[at].path,
        )

    layers = [layer(at) for at, stop in enumerate(stops) if stop.route.stays or at == last]
    return ft.Stack(layers, fit=ft.StackFit.EXPAND)


def _pane(stops: tuple[Stop, ...], at: int, above: int) -> ft.Control:
    back = stops[at - 1].address if above > 0 else None
    return _shown(stops[at], back)


def _apart(pane: ft.Control, **options: Any) -> ft.Control:
    # Screen readers go by where things stand: without this, from a title to what is beside it elsewhere.
    return ft.Semantics(container=True, content=pane, **options)
