"""Root: what stands on the page until the shop is open, and the app from then on."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.ui import theme
from app.ui.parts.faces import Loading, Trouble
from app.ui.state import provide, stop
from app.ui.window import Window


@ft.component
def Root(window: Window, app: Callable[..., ft.Control] | None) -> Any:
    """The loading face while the store opens; then `app` (None: the whole one), or why it cannot be opened.

    Nothing that is imported for the first picture may import the shop's tables: that takes longer than
    all the rest.
    """
    # With each return: a connection lost at the very start takes the first try with it.
    ft.use_effect(window.open, [window.returns], cleanup=stop)
    if window.trouble is not None:
        return _face(window, Trouble(window.trouble, lambda: _again(window)))
    if not window.opened:
        return _face(window, Loading(96, 160, 160))
    from app.ui.app import App  # noqa: PLC0415  (imported with the shop)

    shown: Callable[..., Any] = app or App
    # Another person or language is another app: nothing of the one before may stay on the screen.
    provide(window)
    who = 0 if window.shut or window.actor is None else window.actor.id
    return shown(key=f"{who} {window.language} {window.practising}")


def _again(window: Window) -> None:
    window.page.run_task(window.open)


def _face(window: Window, content: ft.Control) -> ft.View:
    # The address of the screen that will follow: the client then changes it in place.
    return ft.View(
        route=window.page.route, controls=[ft.SafeArea(content)], bgcolor=theme.GROUND, padding=theme.MARGIN
    )
