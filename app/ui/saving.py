"""Saving what is exported to a file on the person's device."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import flet as ft

from app.shop.rules.errors import ShopError
from app.shop.shop import Actor, Shop
from app.ui.state import use_window_unwatched
from app.ui.texts import problem, t
from app.ui.window import Window

Lines = Callable[[Shop, Actor], Iterator[str]]
"""Makes the header of a file and a row after the other, each with its line end, read piece by piece."""
MOST = 10_000
"""Rows below their header that a browser or a phone gets at once: it has to keep them all."""


async def save_whole(window: Window, name: str, make: Callable[[Shop], bytes]) -> None:
    """Save a file that `make` makes as a whole, wherever the person wants it. Raises ShopError."""
    picker, page = ft.FilePicker(), window.page
    content = await window.desk.look(make)
    try:
        path = await picker.save_file(file_name=name, src_bytes=content)
        if path and not _brings(page):
            await window.desk.look(lambda _shop: Path(path).write_bytes(content))
    except (OSError, RuntimeError, TimeoutError) as error:
        raise ShopError("not_saved") from error
    if path or page.web:  # a browser does not tell where
        window.say(t("saved"))


def _brings(page: ft.Page) -> bool:
    """Whether the device takes the content itself, and writes it where the person says."""
    return page.web or (page.platform is not None and page.platform.is_mobile())


def use_save() -> Callable[[str, Lines], None]:
    """How to save lines to a file of this name, wherever the person wants it."""
    window = use_window_unwatched()

    async def save(name: str, lines: Lines) -> None:
        picker, page = ft.FilePicker(), window.page
        try:
            if _brings(page):
                rows = await window.look(lambda shop, actor: list(islice(lines(shop, actor), 1 + MOST + 1)))
                content = "".join(rows[: 1 + MOST]).encode(_encoding(name))
                path = await picker.save_file(file_name=name, src_bytes=content)
                if path or page.web:  # a browser does not tell where
                    window.say(t("saved_in_part", most=MOST) if len(rows) > 1 + MOST else t("saved"))
            elif path := await picker.save_file(file_name=name):
                await window.look(lambda shop, actor: _write(Path(path), name, lines(shop, actor)))
                window.say(t("saved"))
        except ShopError as error:
            window.say(problem(error))
        except (OSError, RuntimeError, TimeoutError):
            window.say(t("not_saved"))

    def begin(name: str, lines: Lines) -> None:
        window.page.run_task(save, name, lines)

    return begin


def _write(path: Path, name: str, lines: Iterator[str]) -> None:
    with path.open("w", encoding=_encoding(name), newline="") as file:
        file.writelines(lines)


def _encoding(name: str) -> str:
    # A spreadsheet takes a file without this mark for one of its own system's letters.
    return "utf-8-sig" if name.endswith(".csv") else "utf-8"
