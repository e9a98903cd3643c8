"""Composition root: the one process, the store it opens, the windows it shows."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from functools import cache, partial
from hashlib import blake2b
from typing import TYPE_CHECKING

import flet as ft

import app.ui.lean  # noqa: F401  (before what names a control)
from app.clock import wall_clock
from app.garbage import started
from app.log import about, note
from app.settings import Settings
from app.ui import theme
from app.ui.live import LINE, Windows
from app.ui.root import Root
from app.ui.safety import guard
from app.ui.texts import t
from app.ui.tour.practices import Practices
from app.ui.window import Window

if TYPE_CHECKING:
    from app.background import Signed, Tell
    from app.shop.shop import Clock, Shop
    from app.ui.desk import Desk, Watch

TITLE = "Takeback"
BEHIND, DRAWN = 0.3, 1.0
"""Seconds after which deadlines are looked at, and after which the first screen is drawn.

Until then it has the processor for itself; what is only needed later waits for that.
"""


class Process:
    """Made once: its settings, its windows, and the desk they work at once the store is open.

    `beside` is what else goes on at that desk until it is closed. `number`: which it is of the processes that
    serve; `watch` is told what is done at the desk.
    """

    def __init__(
        self,
        settings: Settings,
        now: Clock = wall_clock,
        *,
        guarded: bool = False,
        beside: Callable[[Desk], Awaitable[None]] | None = None,
        watch: Watch | None = None,
        number: int = 0,
    ) -> None:
        self.settings = settings
        self._number = number
        self._watch = watch
        self._guarded = guarded
        self._beside = beside
        self.windows = Windows()
        self.practices = Practices(settings.data / "practice", now, _attended)
        self._now = now
        self._opening: asyncio.Task[Desk] | None = None
        self._watching: list[asyncio.Task[None]] = []

    def begin(self) -> asyncio.Task[Desk]:
        """Have the store opened, unless that is under way or done: before anybody asks, or anew."""
        if self._opening is None or (self._opening.done() and self._opening.exception()):
            self._opening = asyncio.create_task(self._open())
        return self._opening

    async def desk(self) -> Desk:
        """The desk, once the store is open: one attempt for all who wait. Raises ShopError."""
        return await asyncio.shield(self.begin())

    async def _open(self) -> Desk:
        if sys.platform == "emscripten":
            shop, desk = self._imported()
        else:
            shop, desk = await asyncio.to_thread(self._imported)
        beside = (self._beside(desk),) if self._beside else ()
        later = 0 if self._guarded else BEHIND  # where the app is served nobody waits for its start
        behind = _attended(shop, self.windows.tell, self.windows.signed, later)
        # Each by itself: where one comes to an end, the others go on, and end with the process.
        for work in (behind, _all_screens(), *beside):
            task = asyncio.ensure_future(work)
            task.add_done_callback(_missed)
            self._watching.append(task)
        started()
        return desk

    def _imported(self) -> tuple[Shop, Desk]:
        # To import the tables and Babel takes as long as all else up to the first picture: so it is here.
        import babel.dates  # noqa: PLC0415
        import babel.numbers  # noqa: F401, PLC0415

        from app.shop.store import open_shop  # noqa: PLC0415
        from app.ui.app import screens  # noqa: PLC0415
        from app.ui.desk import Desk, unwatched  # noqa: PLC0415
        from app.ui.unsent import Unsent  # noqa: PLC0415

        if self._guarded:
            list(screens())  # here nobody waits; later a thousand people would
        settings = self.settings
        shop = open_shop(
            settings.database,
            self._now,
            settings.policy,
            photos=settings.photos,
            script=settings.gateway,
            served=self._guarded,
        )
        desk = Desk(
            shop,
            self.windows,
            Unsent(settings.data, self._number),
            guarded=self._guarded,
            sign_up=settings.sign_up,
            watch=self._watch or unwatched,
        )
        return shop, desk

    def open_window(self, page: ft.Page, app: Callable[..., ft.Control] | None = None) -> None:
        """Show the app (or `app` in its place) on `page`; called once per session, in its context."""
        page.title = TITLE
        window = Window(page, self.desk, self.practices, LINE.get(), self.settings.language)
        # Not the session's own name: who knows that can take the session over.
        name = blake2b(page.session.id.encode(), digest_size=6).hexdigest()
        traced = partial(about, window=name, person=lambda: window.actor and window.actor.id)
        traced()
        watch = guard(page, lambda code: window.say(t("unexpected_coded", reference=code)))

        def back() -> None:
            watch()
            traced()
            window.join(LINE.get())
            if window.actor is not None:
                from app.ui.parting import look_after  # noqa: PLC0415  (imported with the shop)

                page.run_task(look_after, window)

        def ended() -> None:
            window.close()
            self.windows.leave(window)
            if not page.web and page.platform and page.platform.is_desktop():
                self._stop_counting()

        page.fonts = dict(theme.FONTS)
        page.on_connect, page.on_close, page.on_resize = back, ended, window.measure
        page.on_keyboard_event = window.navigation.press
        window.measure()
        self.windows.join(window)
        page.render_views(Root, window, app)
        watch()

    def _stop_counting(self) -> None:
        # Who closes the app itself means it at once, not when the process has ended.
        if self._opening and self._opening.done() and not self._opening.exception():
            self._opening.result().undo.close()

    async def close(self) -> None:
        """Let go of the stores; undo counts that still run are not sent, and told at the next start."""
        self._stop_counting()
        await self.practices.close()
        if self._opening is None:
            return
        await asyncio.wait([self._opening])
        for work in self._watching:
            work.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        if not self._opening.exception():
            self._opening.result().close()


async def _all_screens() -> None:
    """Import the screens and forms that the start did not need, once it has drawn, one after the other."""
    from app.ui.app import screens  # noqa: PLC0415  (imported with the shop)

    if sys.platform == "emscripten":
        return  # they are not all there yet (see app/packaging/page.py)
    await asyncio.sleep(DRAWN)
    for _ in screens():
        await asyncio.sleep(0)


def _missed(work: asyncio.Task[None]) -> None:
    if not work.cancelled() and (error := work.exception()) is not None:
        note("what goes on behind the windows came to an end", error=error)


async def _attended(shop: Shop, tell: Tell, signed: Signed = dict, later: float = 0) -> None:
    """What goes on behind a store, the real one or one for practice, from so many seconds on."""
    await asyncio.sleep(later)
    from app.background import Background  # noqa: PLC0415  (after the first screen)

    await Background(shop, tell, signed).run()


@cache
def process() -> Process:
    """The process as the environment sets it up."""
    if temporary := os.environ.get("FLET_APP_STORAGE_TEMP"):
        os.environ.setdefault("TMPDIR", temporary)  # a phone has no other; SQLite looks there as well
    return Process(Settings.from_env())


def main(page: ft.Page) -> None:
    """Entry for Flet's own tools: a window of the process."""
    process().open_window(page)
