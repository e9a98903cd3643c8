"""Orders on their way in: example ones, or those of files that a person picks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import flet as ft

from app.shop.rules.errors import ShopError
from app.ui.files import Files

if TYPE_CHECKING:
    from app.shop.files.report import Report
    from app.shop.shop import Shop
    from app.ui.desk import Desk

log = logging.getLogger("takeback")

EXAMPLES = 200
"""Example orders to look around with."""
STEP = 0.01
"""The share by which a bar moves at least: a worker tells more often than anybody could see."""

Progress = Callable[[int, int], None]


class Stage(StrEnum):
    """What is under way."""

    EXAMPLES = "examples"
    FETCHING = "fetching"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that could not even be read, and why."""

    name: str
    why: ShopError


@ft.observable
@dataclass(eq=False)
class Intake:
    """What comes in through one window, one thing at a time; what became of it stays until the next."""

    _page: ft.Page
    _desk: Callable[[], Desk]
    _came: Callable[[], Awaitable[None]]
    """Called once orders came in, while that is still under way."""
    stage: Stage | None = None
    share: float = 0.0
    report: Report | None = None
    left_out: tuple[LeftOut, ...] = ()
    trouble: ShopError | None = None
    _files: Files | None = None

    async def fill(self) -> None:
        """Bring the example orders in."""
        with self._under_way(Stage.EXAMPLES) as free:
            if free:
                progress = self._progress()
                await self._desk().stock(lambda shop: _fill(shop, progress))
                await self._came()

    async def bring_in(self) -> None:
        """Have files picked, and bring their orders in; each file wholly or not."""
        files = self._files = self._files or Files(self._page)
        try:
            # Not under way yet: a dialog that was left does not always say so.
            picked, self.trouble = await files.pick(), None
        except ShopError as error:
            self.trouble = error
            return
        with self._under_way(Stage.FETCHING) as free:
            if free and picked:
                await self._take_in(files, picked)

    async def _take_in(self, files: Files, picked: list[ft.FilePickerFile]) -> None:
        self.report, self.left_out = None, ()
        with TemporaryDirectory(prefix="takeback-") as folder:
            paths = await self._fetched(files, picked, Path(folder))
            self.stage, self.share = Stage.READING, 0.0
            progress = self._progress()
            if paths:
                self.report = await self._desk().stock(lambda shop: _take_in(shop, paths, progress))
                await self._came()

    async def _fetched(self, files: Files, picked: list[ft.FilePickerFile], folder: Path) -> list[Path]:
        paths = []
        for n, file in enumerate(picked):
            show = lambda share, n=n: self._show((n + share) / len(picked))  # noqa: E731
            try:
                paths.append(await files.fetch(file, folder, show))
            except ShopError as error:
                self.left_out = (*self.left_out, LeftOut(file.name, error))
        return paths

    @contextmanager
    def _under_way(self, stage: Stage) -> Iterator[bool]:
        """Whether nothing else is under way; then that is, within, and what goes wrong is told."""
        if self.stage is not None:
            yield False
            return
        self.stage, self.share, self.trouble = stage, 0.0, None
        try:
            yield True
        except ShopError as error:
            self.trouble = error
        except Exception:
            log.exception("orders could not come in")
            self.trouble = ShopError("unexpected")
        finally:
            self.stage = None

    def _progress(self) -> Progress:
        """What a worker tells how far it is, out of its thread."""
        loop, context, shown = asyncio.get_running_loop(), copy_context(), 0.0

        def tell(done: int, total: int) -> None:
            nonlocal shown
            share = done / total if total else 0.0
            if share >= shown + STEP:
                shown = share
                loop.call_soon_threadsafe(self._show, share, context=context)

        return tell

    def _show(self, share: float) -> None:
        self.share = share


# Only here, in the worker's thread, is what does the work imported: few windows ever need it.


def _fill(shop: Shop, progress: Progress) -> None:
    from app.shop.demo import fill  # noqa: PLC0415

    fill(shop, orders=EXAMPLES, progress=progress)


def _take_in(shop: Shop, paths: list[Path], progress: Progress) -> Report:
    from app.shop.files.take_in import take_in  # noqa: PLC0415

    return take_in(shop, paths, progress=progress)
