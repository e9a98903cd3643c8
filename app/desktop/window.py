"""The window: the app is shown in it until it is closed, and stands at the next start where it stood."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import flet as ft
from flet.utils import is_linux_server

import app.ui.lean  # noqa: F401  (before what names a control)
from app.desktop.geometry import LEAST, Geometry
from app.desktop.screen import Screen, screen
from app.home import ASSETS
from app.settings import Settings

if TYPE_CHECKING:
    from app.main import Process

log = logging.getLogger("takeback")

NOT_TO_BE_HAD = (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile)
"""What comes of fetching Flet's window program where it is not installed: it is downloaded at first use."""
FILE = "window.json"
SETTLED = 0.5
"""Seconds after which a window that was moved or sized is taken to stay like that."""
_KIND = ft.WindowEventType
_CHANGES = {_KIND.RESIZED, _KIND.MOVED, _KIND.MAXIMIZE, _KIND.UNMAXIMIZE}


def has_display() -> bool:
    """Whether a window can be opened here."""
    return not is_linux_server()  # type: ignore[no-untyped-call]


def open_desktop(settings: Settings) -> bool:
    """Show the app in a window until it is closed; an undo count that still runs is not sent then.

    False where the program that shows windows is neither installed nor to be had.
    """
    try:
        asyncio.run(_open(settings))
    except NOT_TO_BE_HAD as error:
        log.warning("no window can be opened: %s", error)
        return False
    return True


async def _open(settings: Settings) -> None:
    frame = Frame(settings.data / FILE)
    coming = asyncio.create_task(_process(settings))

    async def show(page: ft.Page) -> None:
        process = await coming
        frame.place(page.window, screen(page.media.device_pixel_ratio))
        process.open_window(page)
        _when_told_to_end(lambda: page.run_task(frame.close))

    # The name by which a Linux desktop groups its windows and finds its icon; else it is Flet's.
    os.environ.setdefault("FLET_APP_ID", "takeback")
    try:
        # Hidden until it stands where it belongs: it would be seen to jump.
        await ft.run_async(show, view=ft.AppView.FLET_APP_HIDDEN, assets_dir=str(ASSETS))
    finally:
        frame.settle()
        await (await coming).close()


async def _process(settings: Settings) -> Process:
    """The app, imported and with its store opened while the client starts: each takes about as long."""

    def made() -> Process:
        from app.main import Process  # noqa: PLC0415

        return Process(settings)

    process = await asyncio.to_thread(made)
    process.begin()
    return process


class Frame:
    """Size and place of the window: set when it opens, kept whenever they have changed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._window = ft.Window()
        self._stood = Geometry()
        self._settling: asyncio.TimerHandle | None = None

    def place(self, window: ft.Window, screen: Screen | None) -> None:
        """Show `window` as it was kept, and keep it from now on."""
        self._window, self._stood = window, Geometry.restored(self._file, screen)
        window.min_width, window.min_height = LEAST
        window.width, window.height = self._stood.width, self._stood.height
        window.left, window.top = self._stood.left, self._stood.top
        window.maximized = self._stood.maximized
        if self._stood.left is None and not self._stood.maximized:
            window.alignment = ft.Alignment.CENTER
        window.visible = window.focused = True
        window.prevent_close = _MOVES_UNTOLD
        window.on_event = self.changed

    async def changed(self, e: ft.WindowEvent[ft.Window]) -> None:
        """Something happened to the window."""
        if e.type in _CHANGES:
            if self._settling is not None:
                self._settling.cancel()
            self._settling = asyncio.get_running_loop().call_later(SETTLED, self.settle)
        elif e.type is _KIND.CLOSE and self._window.prevent_close:
            await self.close()
        elif e.type is _KIND.CLOSE:
            self._keep()

    async def close(self) -> None:
        """Keep how the window stands, and let it go."""
        self._keep()
        with suppress(RuntimeError):  # it is gone before it can answer
            await self._window.destroy()  # type: ignore[no-untyped-call]

    def settle(self) -> None:
        """Keep what has changed and is not kept yet."""
        if self._settling is not None:
            self._keep()

    def _keep(self) -> None:
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None
        window = self._window
        if window.minimized or window.full_screen or not (window.width and window.height):
            return
        if window.maximized:  # where it stands otherwise is kept along
            self._stood = replace(self._stood, maximized=True)
        else:
            self._stood = Geometry(window.width, window.height, window.left, window.top)
        self._stood.keep(self._file)


_MOVES_UNTOLD = sys.platform == "linux" and "WAYLAND_DISPLAY" not in os.environ
"""Whether where the window stands is told only at its end, and only if closing it waits for us.

So it is on X11: Flet's client passes no move on. Wayland has no places; on other systems moves are told.
"""


def _when_told_to_end(end: Callable[[], object]) -> None:
    # Flet lets the first signal pass without ending anything. The second one ends the process as it is.
    loop = asyncio.get_running_loop()

    def told(number: int) -> None:
        loop.remove_signal_handler(number)
        end()

    with suppress(NotImplementedError):  # Windows tells the window as well
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, told, number)
