"""The practice stores of a process: each in a folder of its own, open while somebody practises."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Coroutine
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.shop.folder import STORE
from app.ui.live import Windows

if TYPE_CHECKING:
    from app.shop.demo.practice import Cast
    from app.shop.shop import Clock, Shop
    from app.ui.desk import Desk

log = logging.getLogger("takeback")

Attend = Callable[["Shop", Callable[..., None]], Coroutine[Any, Any, None]]
"""What goes on behind a store while it is open: deadlines, and money on its way back."""
_NAME = re.compile(r"[A-Za-z0-9_-]{16}")
FORGOTTEN = 7 * 86_400
"""Seconds after which a practice is taken away that nobody came back to."""


@dataclass(eq=False)
class Practice:
    """A practice that is open: its name, its desk and who is in its store."""

    name: str
    shop: Shop
    desk: Desk
    cast: Cast
    over: bool = False
    """Whether it is to be taken away once nobody is at it."""
    guests: int = 0
    """How many windows are at it, or on their way in or out."""
    _attending: asyncio.Task[None] | None = field(default=None, repr=False)

    async def close(self) -> None:
        """Let go of its store."""
        if self._attending is not None:
            self._attending.cancel()
            await asyncio.wait([self._attending])
        self.desk.close()


class Practices:
    """Opens, shares and takes away. A name is all that a device has to remember."""

    def __init__(self, folder: Path, now: Clock, attend: Attend) -> None:
        self._folder = folder
        self._now = now
        self._attend = attend
        self._open: dict[str, Practice] = {}
        self._turn = asyncio.Lock()

    async def open(self, name: str | None, language: str) -> Practice:
        """The practice called `name`, for all windows the same; a new one where there is none to go on with.

        Whoever opens it releases it, once. Raises ShopError where no store can be made.
        """
        async with self._turn:
            practice = self._open.get(name or "")
            if practice is None or practice.over:
                known = name if name and _NAME.fullmatch(name) and practice is None else None
                practice = await self._begin(known, language)
            practice.guests += 1
            return practice

    async def _begin(self, name: str | None, language: str) -> Practice:
        practice: Practice = await _away(lambda: self._opened(name, language))
        practice._attending = asyncio.create_task(self._attend(practice.shop, practice.desk.windows.tell))
        self._open[practice.name] = practice
        return practice

    async def release(self, practice: Practice) -> None:
        """Close it if nobody is at it any more; take it away where it is over."""
        async with self._turn:
            practice.guests -= 1
            if practice.guests or self._open.get(practice.name) is not practice:
                return
            del self._open[practice.name]
            await practice.close()
            if practice.over:
                await _away(lambda: self._remove(practice.name))

    async def remove(self, name: str) -> None:
        """Take the practice of that name away; where somebody is at it, once they are gone."""
        async with self._turn:
            if name in self._open:
                self._open[name].over = True
            elif _NAME.fullmatch(name):
                await _away(lambda: self._remove(name))

    async def close(self) -> None:
        """Let go of every store."""
        async with self._turn:
            for practice in self._open.values():
                await practice.close()
            self._open.clear()

    def _opened(self, name: str | None, language: str) -> Practice:
        from app.shop.demo.practice import begin_practice, practice_in  # noqa: PLC0415  (few ever need it)

        self._sweep()
        if name is not None:
            try:
                return self._practice(name, practice_in)
            except Exception:
                # Lapsed, half made, of a later version, or damaged in whatever way: a new one is begun.
                log.info("the practice cannot be gone on with", exc_info=True)
        return self._practice(secrets.token_urlsafe(12), lambda shop: begin_practice(shop, language))

    def _practice(self, name: str, cast_in: Callable[[Shop], Cast]) -> Practice:
        """That in the store called `name`, of whom `cast_in` finds there; where that fails the store goes."""
        from app.shop.store import open_shop  # noqa: PLC0415  (imported with the shop)
        from app.ui.desk import Desk  # noqa: PLC0415
        from app.ui.unsent import Unsent  # noqa: PLC0415

        with ExitStack() as failed:
            failed.callback(self._remove, name)
            shop = open_shop(f"sqlite:///{self._folder / name / STORE}", self._now)
            failed.callback(shop.close)
            cast = cast_in(shop)
            failed.pop_all()
        desk = Desk(shop, Windows(), Unsent(self._folder / name), practice=True)
        return Practice(name, shop, desk, cast)

    def _remove(self, name: str) -> None:
        shutil.rmtree(self._folder / name, ignore_errors=True)

    def _sweep(self) -> None:
        for left in self._folder.glob("*"):
            with suppress(OSError):
                if left.name not in self._open and time.time() - left.stat().st_mtime > FORGOTTEN:
                    shutil.rmtree(left, ignore_errors=True)


async def _away(work: Callable[[], Any]) -> Any:
    """Do it in a worker thread, where there are threads."""
    return work() if sys.platform == "emscripten" else await asyncio.to_thread(work)
