"""The app in a window of its own."""

import asyncio
import logging
import tarfile
import zipfile

import flet as ft
from flet.utils import is_linux_server

from app.main import ASSETS, Process

log = logging.getLogger("takeback")

NOT_TO_BE_HAD = (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile)
"""What comes of fetching Flet's window program where it is not installed: it is downloaded at first use."""


def has_display() -> bool:
    """Whether a window can be opened here."""
    return not is_linux_server()  # type: ignore[no-untyped-call]


def open_desktop(process: Process) -> bool:
    """Show the app in a window until it is closed; an undo count that still runs is not sent then.

    False where the program that shows windows is neither installed nor to be had.
    """
    try:
        asyncio.run(_open(process))
    except NOT_TO_BE_HAD as error:
        log.warning("no window can be opened: %s", error)
        return False
    return True


async def _open(process: Process) -> None:
    try:
        await ft.run_async(process.open_window, assets_dir=str(ASSETS))
    finally:
        await process.close()
