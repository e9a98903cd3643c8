"""Trail: where keys lead, and how a list follows to there."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any, Protocol

from app.ui.leaving import FRAME
from app.ui.navigation import LOST

AGAIN = (0.4, 0.8, 1.6)
"""Seconds after which a row is asked for again: it may not have been drawn yet."""


class Bring(Protocol):
    """Has the client bring a place into view: at once where keys are faster than a list that glides."""

    def __call__(self, place: str, *, at_once: bool) -> Coroutine[Any, Any, None]: ...


Steps = Callable[[int, int], Sequence[str]]
"""What is passed on the way from one row to another: of pages further on the client has drawn nothing."""


class Trail:
    """The row that keys led to last, until the list has followed.

    It follows while keys lead on, however fast, and page by page: of a row that is far away the client has
    drawn nothing, and could not scroll to it.
    """

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._row: int | None = None
        self._at: int | None = None
        """The row where the list has been, as far as is known."""
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
        self._row = self._at = None
        if self._following is not None:
            self._following.cancel()
            self._following = None

    async def _follow(self, bring: Bring) -> None:
        at_once = False
        while self._row is not None:
            await asyncio.sleep(FRAME)
            row, self._row, self._moved = self._row, None, False
            self._led.clear()
            await self._bring(row, bring, at_once=at_once, by_steps=at_once)
            at_once = self._led.is_set()
            for times, pause in enumerate(AGAIN):
                # Twice at least: what moved the list first may be the row before, or a page that just came.
                if await self._leads_on(pause) or (times and self._moved):
                    break
                await self._bring(row, bring, at_once=False, by_steps=not self._moved)
            if self._moved or self._at is None:
                self._at = row

    async def _bring(self, row: int, bring: Bring, *, at_once: bool, by_steps: bool) -> None:
        for step in self._steps(self._at, row) if by_steps and self._at is not None else ():
            await _within(AGAIN[-1], bring(step, at_once=True))
            await asyncio.sleep(FRAME)
            self._moved = False  # by the step, not yet by the row
        await _within(AGAIN[-1], bring(str(row), at_once=at_once))

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
