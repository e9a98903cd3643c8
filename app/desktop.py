"""The app in a window of its own."""

import asyncio

import flet as ft
from flet.utils import is_linux_server

from app.main import ASSETS, Process


def has_display() -> bool:
    """Whether a window can be opened here."""
    return not is_linux_server()  # type: ignore[no-untyped-call]


def open_desktop(process: Process) -> None:
    """Show the app in a window until it is closed; an undo count that still runs is not sent then."""
    asyncio.run(_open(process))


async def _open(process: Process) -> None:
    try:
        await ft.run_async(process.open_window, assets_dir=str(ASSETS))
    finally:
        await process.close()
