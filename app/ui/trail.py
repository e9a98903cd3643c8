"""Trail: where keys lead, and how a list follows to there."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from app.ui.leaving import FRAME
from app.ui.navigation import LOST

AGAIN = (0.4, 0.8, 1.6)
"""Seconds after which a row is asked for again: it may not have been drawn yet."""

Bring = Callable[[int], Coroutine[Any, Any, None]]
"""Has the client bring a row into view."""


class Trail:
    """The row that keys led to last, until the list has followed.

    It follows while keys lead on, however fast: of a row that is far away the client has drawn nothing, and
    could not scroll to it.
    """

    def __init__(self) -> None:
        self._row: int | None = None
        self._led = asyncio.Event()
        self._following: asyncio.Task[None] | None = None
        self._moved = False

    def lead(self, row: int) -> None:
        """A key leads to `row`."""
        self._row = row
        self._led.set()

    def moved(self) -> None:
        """The list has moved."""
        self._moved = True

    def follow(self, bring: Bring) -> None:
        """Bring what keys lead to into view, unless that is under way."""
        if self._row is not None and (self._following is None or self._following.done()):
            self._following = asyncio.create_task(self._follow(bring))

    def end(self) -> None:
        """Nothing is to be followed any more."""
        self._row = None
        if self._following is not None:
            self._following.cancel()
            self._following = None

    async def _follow(self, bring: Bring) -> None:
        while self._row is not None:
            await asyncio.sleep(FRAME)
            row, self._row, self._moved = self._row, None, False
            self._led.clear()
            await _within(AGAIN[-1], bring(row))
            for times, pause in enumerate(AGAIN):
                # Twice at least: what moved the list first may be the row before, or a page that just came.
                if await self._leads_on(pause) or (times and self._moved):
                    break
                await _within(AGAIN[-1], bring(row))

    async def _leads_on(self, seconds: float) -> bool:
        """Whether keys lead on within that time."""
        await _within(seconds, self._led.wait())
        return self._led.is_set()


async def _within(seconds: float, work: Coroutine[Any, Any, object]) -> None:
    """Await `work` for so long: a client that went away never answers, or with an error."""
    with suppress(*LOST):
        # Not `wait_for`: cancelled in the moment in which the answer is there, it goes on (Python 3.11).
        async with asyncio.timeout(seconds):
            await work
