"""Moving a store: all of it out as one file, and such a file in, once a person has read what is in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import flet as ft

from app.shop.backup.moving import look_into, packed
from app.shop.backup.packed import ENDING, person_in
from app.shop.backup.restore import Restored
from app.shop.rules.errors import ShopError
from app.ui import routes
from app.ui.files import Files
from app.ui.outcome import unexpected
from app.ui.saving import save_whole
from app.ui.state import use_window_unwatched
from app.ui.texts import t
from app.ui.window import Window

SHOWN = 0.1
"""Seconds in which a page draws what is under way: a place without threads does nothing beside it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was picked and looked over: its name, where it lies, and what is in it."""

    name: str
    file: Path
    holds: Restored
    folder: TemporaryDirectory[str]


@ft.observable
@dataclass(eq=False)
class Moving:
    """A store on its way out of a window, or into it, one thing at a time."""

    _window: Window
    busy: str | None = None
    """The words (by their code) of what is under way."""
    found: Found | None = None
    trouble: ShopError | None = None

    def __post_init__(self) -> None:
        self._files = Files(self._window.page)

    async def take_out(self) -> None:
        """Save all of it as one file."""
        with self._under_way("moving_out"):
            await asyncio.sleep(SHOWN)
            at = datetime.fromtimestamp(self._window.now() / 1000, UTC)
            who = self._window.who().id
            await save_whole(self._window, f"takeback-{at:%Y-%m-%d}{ENDING}", lambda shop: packed(shop, who))

    async def choose(self) -> None:
        """Have a file picked, and look into it."""
        with self._under_way("moving_look"):
            for file in (await self._files.pick())[:1]:
                self.found = await _found(self._window, self._files, file)

    async def put_in(self) -> None:
        """Put what was found in the place of everything here, and begin anew with it."""
        found = self.found
        if found is None:
            return
        with self._under_way("moving_in"):
            await asyncio.sleep(SHOWN)
            person = person_in(found.file)
            done = await self._window.desk.replace(found.file)
            self.leave()
            await _begin_anew(self._window, done, person)

    def leave(self) -> None:
        """Forget what was found."""
        if self.found is not None:
            self.found.folder.cleanup()
            self.found = None

    @contextmanager
    def _under_way(self, what: str) -> Iterator[None]:
        self.busy, self.trouble = what, None
        try:
            yield
        except ShopError as error:
            self.trouble = error
        except Exception:
            self.trouble = unexpected("a store could not be moved")
        finally:
            self.busy = None


def use_moving() -> Moving:
    """Moving the store of this window; what was found in a file is forgotten with the screen."""
    window = use_window_unwatched()
    moving, _ = ft.use_state(ft.use_memo(lambda: Moving(window), []))
    ft.use_effect(lambda: None, [], cleanup=moving.leave)
    return moving


async def _found(window: Window, files: Files, file: ft.FilePickerFile) -> Found:
    folder = TemporaryDirectory(prefix="takeback-")
    try:
        path = await files.fetch(file, Path(folder.name), lambda _share: None)
        await asyncio.sleep(SHOWN)
        return Found(file.name, path, await window.desk.look(lambda shop: look_into(shop, path)), folder)
    except BaseException as error:
        folder.cleanup()
        if isinstance(error, ShopError):
            error.rename(f"{folder.name}/", "")
        raise


async def _begin_anew(window: Window, done: Restored, person: int | None) -> None:
    """Everything on the screen is of the store before: look as one did where the new one was packed."""
    window.intake.outcomes = ()
    await window.become(person)
    window.draw_again()
    window.navigation.go(routes.PROFILE)
    window.say(t("moved_in", count=done.orders))
