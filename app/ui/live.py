"""Windows: who is connected to this process, and how they are told to look again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.window import Window


GOING_AWAY = 1001
"""The code with which a browser closes a connection when its person leaves or reloads the page."""


@dataclass
class Line:
    """One connection of a browser, and how it ended: None while it lasts or where it was lost."""

    code: int | None = None
    address: str = ""
    """Where it comes from in the network."""
    device: str = ""
    """What the browser says that it is."""

    @property
    def closed_by_person(self) -> bool:
        """Whether the page was left, as opposed to a network that failed or a phone that was locked."""
        return self.code == GOING_AWAY


LINE: ContextVar[Line | None] = ContextVar("LINE", default=None)
"""The connection over which the present event came, where the server tells (`app.server.web` does)."""


class Windows:
    """The windows of one process, from their opening until their session ends."""

    def __init__(self) -> None:
        self._open: dict[Window, asyncio.AbstractEventLoop] = {}

    def __len__(self) -> int:
        """How many windows are open, connected or not."""
        return len(self._open)

    def join(self, window: Window) -> None:
        """Remember a window; to be called on its own event loop."""
        self._open[window] = asyncio.get_running_loop()

    def leave(self, window: Window) -> None:
        """Forget a window whose session has ended."""
        self._open.pop(window, None)

    def signed(self) -> dict[int, int]:
        """The sign-ins by which windows are open, and whose they are."""
        found = {}
        for window in tuple(self._open):
            if window.gate and window.gate.signed:
                found[window.gate.signed.sign_in] = window.gate.signed.actor.id
        return found

    def of(self, people: Collection[int]) -> list[Window]:
        """The windows in which one of `people` looks."""
        # A copy: the background asks from a thread of its own while windows open and close.
        return [window for window in tuple(self._open) if window.actor and window.actor.id in people]

    def left_on_purpose(self, person: int) -> bool:
        """Whether `person` closed every window they had."""
        theirs = self.of({person})
        return bool(theirs) and all(map(_left_on_purpose, theirs))

    def tell(self, people: Collection[int], shop: int | None = None, *, staff: bool = False) -> None:
        """Have the connected windows of `people` look again, and those still of nobody; from any thread.

        So do those of the members of `shop` (its id), and with `staff` those of the platform's staff; not
        those in which one has to sign in first. Windows that are away look again when they are back.
        """
        for window in tuple(self._open):
            actor = window.actor
            concerned = not window.shut if actor is None else actor.id in people
            if concerned or shop in window.member_of or (staff and window.staff):
                self._wake(window)

    def tell_everyone(self) -> None:
        """Have every connected window look again; from any thread."""
        for window in tuple(self._open):
            self._wake(window)

    def _wake(self, window: Window) -> None:
        loop = self._open.get(window)
        if loop is not None and window.connected:
            loop.call_soon_threadsafe(window.look_again)

    def draw(self, people: Collection[int], change: Callable[[Window], None]) -> None:
        """Run `change` on each connected window of `people`, as that window.

        Setting what a window shows schedules its drawing on the page one is in, which may be somebody
        else's; `run_task` changes to the right page, and would leave the caller there but for the copy.
        """
        for window in self.of(people):
            if window.connected:

                async def changed(window: Window = window) -> None:
                    change(window)

                copy_context().run(window.page.run_task, changed)


def _left_on_purpose(window: Window) -> bool:
    """Whether the person closed what showed it, as opposed to a connection that was lost."""
    return not window.connected and window.line is not None and window.line.closed_by_person
