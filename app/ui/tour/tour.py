"""The tour as one window has it: the way to the practice and back, and whether there is one to go on with."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import flet as ft

from app.ui import routes
from app.ui.device import TOUR, Device
from app.ui.outcome import outcome
from app.ui.parts.ring import point
from app.ui.tour.course import Course, read_orders
from app.ui.tour.mark import Mark

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.tour.practices import Practices
    from app.ui.window import Window


@ft.observable
@dataclass(eq=False)
class Tour:
    """What is watched: whether one was `begun` that can be gone on with, or is `done`, or is on its way."""

    _window: Window
    _home: Desk
    _device: Device
    _practices: Practices
    begun: bool = False
    done: bool = False
    busy: bool = False
    _course: Course | None = None
    _mark: Mark | None = None
    _came_as: int | None = None

    @property
    def course(self) -> Course | None:
        """The course one is on; None where no tour is on."""
        return self._course

    async def recall(self) -> None:
        """Look whether there is one to go on with."""
        self._found(await self._device.recall(TOUR))

    def _found(self, kept: str | None) -> Mark | None:
        self._mark = mark = Mark.read(kept)
        self.begun = mark is not None
        return mark

    async def resume(self, kept: str | None) -> None:
        """Go on where the app ended within a tour, by what the device `kept` of it.

        Who opened a link to another place means the real orders, and a tour that cannot go on must not keep
        anybody from those either: then the app begins as ever. So it does where one has to sign in first.
        """
        mark, here = self._found(kept), self._window.navigation.address
        if mark is None or not mark.on or self._window.shut or here not in (routes.PROFILE, mark.address):
            return
        await outcome(self._enter(mark))

    async def begin(self, *, anew: bool = False) -> None:
        """Go to the practice: where one left it, or `anew`. Raises ShopError.

        Not while a cancellation can be undone: nobody would see its seconds run.
        """
        if self._course is not None or self.busy or self._window.underway.pending:
            return
        self.busy = True
        try:
            await self.recall()
            left = self._mark
            await self._enter(None if anew else left)
            if anew and left is not None:
                await self._practices.remove(left.name)
        finally:
            self.busy = False

    async def _enter(self, mark: Mark | None) -> None:
        window = self._window
        async with AsyncExitStack() as on_the_way:
            practice = await self._practices.open(mark.name if mark else None, window.language)
            on_the_way.push_async_callback(self._practices.release, practice)
            orders = await read_orders(practice)
            self._came_as = window.actor.id if window.actor else None
            await window.arrive(practice.cast.buyer.id, practice.desk)
            if window.closed:
                return
            on_the_way.pop_all()
        if mark is None or practice.name != mark.name:
            mark = Mark(practice.name)
        self.done = False
        # From here on in one go: what is drawn next is the practice, at its address.
        window.navigation.go(mark.address)
        course = self._course = Course(window, practice, orders, replace(mark, on=True), self._keep)
        point(window.page, course.pointer)
        self._keep(course.mark)
        window.page.run_task(course.follow)

    async def leave(self) -> None:
        """Back to the real orders; the practice stays for another time."""
        if self._course is not None:
            await self._exit(self._course, replace(self._course.mark, on=False))

    async def finish(self) -> None:
        """Back to the real orders for good; the practice is taken away."""
        if self._course is not None:
            await self._exit(self._course, None)

    async def drop(self) -> None:
        """Who was on it is signed out: it ends here, and the practice stays for another time."""
        if self._course is not None:
            await self._end(self._course, replace(self._course.mark, on=False))

    async def _exit(self, course: Course, mark: Mark | None) -> None:
        window = self._window
        if window.gate is not None:
            await window.gate.return_home()
        else:
            await window.arrive(self._came_as, self._home)
        if self._course is course:  # else two taps of one moment, or the window has closed
            await self._end(course, mark)

    async def _end(self, course: Course, mark: Mark | None) -> None:
        course.end()
        self._keep(mark)
        if mark is None:
            course.practice.over = self.done = True
        self._window.navigation.go(routes.TOUR)
        self._course = None
        point(self._window.page, None)
        await self._practices.release(course.practice)

    def close(self) -> None:
        """The window has closed, whatever it was at."""
        course, self._course = self._course, None
        if course is not None:
            course.end()
            self._closing = asyncio.ensure_future(self._practices.release(course.practice))

    def _keep(self, mark: Mark | None) -> None:
        if self._course is not None and self._course.practice.over:
            return  # it ended in another window, which knows what is to be kept now
        self._mark, self.begun = mark, mark is not None
        if self._window.connected:
            self._window.page.run_task(self._device.keep, TOUR, mark.written() if mark else "")
