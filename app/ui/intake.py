"""Orders on their way in: example ones, or those of files that a person picks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import flet as ft

from app.shop.rules.errors import ShopError
from app.ui import routes
from app.ui.files import Files
from app.ui.imports import LeftOut, Outcome, Picked, Stage, Wishes
from app.ui.outcome import unexpected
from app.ui.texts import t
from app.ui.unanswered import waiting

if TYPE_CHECKING:
    from app.shop.files.report import Report
    from app.shop.shop import Shop
    from app.ui.desk import Desk
    from app.ui.window import Window

EXAMPLES = 200
"""Example orders to look around with."""
STEP = 0.01
"""The share by which a bar moves at least: a worker tells more often than anybody could see."""
KEPT = 20
"""Reports that a window keeps."""

Progress = Callable[[int, int], None]


@ft.observable
@dataclass(eq=False)
class Intake:
    """What comes in through one window, one thing at a time; what became of it stays as long as that."""

    _window: Window
    _desk: Callable[[], Desk]
    stage: Stage | None = None
    done: int = 0
    total: int = 0
    """How many bytes, or orders, of how many."""
    picked: tuple[Picked, ...] = ()
    """What can be checked or brought in now."""
    left_out: tuple[LeftOut, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    outcomes: tuple[Outcome, ...] = ()
    reported: int | None = None
    """The outcome that tells of just the files picked, read just that way."""
    trouble: ShopError | None = None
    stopping: bool = False
    _files: Files | None = None
    _folder: TemporaryDirectory[str] | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def share(self) -> float:
        """How far it is, 0 to 1."""
        return self.done / self.total if self.total else 0.0

    async def fill(self) -> None:
        """Bring the example orders in."""
        with self._under_way(Stage.EXAMPLES) as free:
            if free:
                progress = self._progress()
                await self._desk().stock(lambda shop: _fill(shop, progress))
                await self._window.come_in()

    async def pick(self) -> None:
        """Have files picked, and brought to where they can be read, in place of those picked before."""
        files = self._files = self._files or Files(self._window.page)
        try:
            # Not under way yet: a dialog that was left does not always say so.
            chosen, self.trouble = await files.pick(), None
        except ShopError as error:
            self.trouble = error
            return
        with self._under_way(Stage.FETCHING) as free:
            if free and chosen:
                self.put_away()
                self._folder = TemporaryDirectory(prefix="takeback-")
                await self._fetch(files, chosen, Path(self._folder.name))
                self._window.navigation.follow(routes.IMPORT, routes.IMPORT)

    async def check(self) -> None:
        """See what would become of the files picked; nothing is written."""
        await self._take_in(Stage.CHECKING)

    async def bring_in(self) -> None:
        """Bring the orders of the files picked in, each file wholly or not.

        Of those that leave something open it is asked for, and they stay picked.
        """
        await self._take_in(Stage.READING)

    async def answer(self, *, check: bool, **answered: object) -> None:
        """Go on with the check, or with bringing in, as a person answered; where that fails, as before."""
        before = self.wishes, self.reported
        self.wish(**answered)
        await (self.check() if check else self.bring_in())
        if self.picked and self.reported is None:
            self.wishes, self.reported = before

    def wish(self, **changed: object) -> None:
        """From now on read files that way."""
        self.wishes, self.reported = replace(self.wishes, **changed), None  # type: ignore[arg-type]

    def stop(self) -> None:
        """End what is under way as soon as that can be; what has come in by then stays."""
        self.stopping = True
        self._stop.set()

    def close(self) -> None:
        """The window has ended, and with it what is under way in it."""
        self.stop()
        if self.stage is None:
            self.put_away()

    def put_away(self) -> None:
        """Forget the files picked, and what was said of them."""
        self.picked, self.left_out, self.wishes = (), (), Wishes()
        self.trouble = self.reported = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def outcome(self, n: int) -> Outcome | None:
        """The outcome with this number, None where it is not kept."""
        return next((one for one in self.outcomes if one.n == n), None)

    async def _fetch(self, files: Files, chosen: list[ft.FilePickerFile], folder: Path) -> None:
        self.total = sum(file.size for file in chosen)
        before = 0
        for file in chosen:
            if self.stopping:
                self.put_away()
                return
            show = lambda share, size=file.size, before=before: self._tell(  # noqa: E731
                before + round(share * size), self.total
            )
            try:
                path = await files.fetch(file, folder, show)
                self.picked = (*self.picked, Picked(file.name, file.size, path))
            except ShopError as error:
                self.left_out = (*self.left_out, LeftOut(file.name, error))
            before += file.size

    async def _take_in(self, stage: Stage) -> None:
        with self._under_way(stage) as free:
            if not free or not self.picked:
                return
            actor = self._window.actor or self._desk().nobody
            how = (actor, self.picked, self.left_out, self.wishes, self._progress(), self._stop.is_set)
            dry_run = stage is Stage.CHECKING
            desk = self._desk()
            do = desk.look if dry_run else desk.stock
            report = await do(lambda shop: _take(shop, *how, dry_run=dry_run))
            if report.stopped and (dry_run or report.empty):
                self._window.say(t("import_stopped_before"))
                return
            outcome = self._keep(report)
            if not report.dry_run:
                self._leave(report)
                await self._window.come_in()
            self.reported = outcome.n if self.picked else None
            # Who is elsewhere by now stays there.
            if not self._window.navigation.follow(routes.import_report(outcome.n), routes.IMPORT):
                self._window.say(t("import_ready"))

    def _keep(self, report: Report) -> Outcome:
        last = self.outcomes[-1].n if self.outcomes else 0
        outcome = Outcome(last + 1, self._desk().now(), report, self.wishes.personal)
        self.outcomes = (*self.outcomes[1 - KEPT :], outcome)
        return outcome

    def _leave(self, report: Report) -> None:
        """Put away what is done with; files that wait for an answer, or were not reached, stay picked."""
        left = waiting(report, [one.path for one in self.picked])
        if left:
            self.picked = tuple(one for one in self.picked if one.path in left)
            self.left_out = ()
        else:
            self.put_away()

    @contextmanager
    def _under_way(self, stage: Stage) -> Iterator[bool]:
        """Whether nothing else is under way; then that is, within, and what goes wrong is told."""
        if self.stage is not None:
            yield False
            return
        self.stage, self.done, self.total, self.trouble, self.stopping = stage, 0, 0, None, False
        self._stop.clear()
        try:
            yield True
        except ShopError as error:
            self.trouble = error
        except Exception:
            self.trouble = unexpected("orders could not come in")
        finally:
            self.stage = None
            if self._window.closed:
                self.put_away()

    def _progress(self) -> Progress:
        """What a worker tells how far it is, out of its thread."""
        loop, context, shown = asyncio.get_running_loop(), copy_context(), 0.0

        def tell(done: int, total: int) -> None:
            nonlocal shown
            share = done / total if total else 0.0
            if share >= shown + STEP:
                shown = share
                loop.call_soon_threadsafe(self._tell, done, total, context=context)

        return tell

    def _tell(self, done: int, total: int) -> None:
        self.done, self.total = done, total


# Only here is what does the work imported: few windows ever need it.


def _fill(shop: Shop, progress: Progress) -> None:
    from app.shop.demo import fill  # noqa: PLC0415

    fill(shop, orders=EXAMPLES, progress=progress)


def _take(shop: Shop, *how: Any, **options: Any) -> Report:
    from app.ui.taking import take  # noqa: PLC0415

    return take(shop, *how, **options)
