"""Underway: what the person in a window submitted and can still take back, and what became of the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import flet as ft

from app.ui.device import Device
from app.ui.state import Notice, PendingCancel

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.window import Window


@ft.observable
class Underway:
    """Kept by the process, so that it outlives the window; here is what the window shows of it.

    Watched apart from the window: a cancellation that begins or ends draws only what shows it.
    """

    pending: tuple[PendingCancel, ...] = ()
    notices: tuple[Notice, ...] = ()

    def __init__(self, window: Window, device: Device, desk: Callable[[], Desk]) -> None:
        self._window, self._device, self._desk = window, device, desk

    def draw(self) -> None:
        """Show the cancellations under way, and what became of others."""
        actor = self._window.actor
        if actor is not None:
            undo = self._desk().undo
            self.pending, self.notices = undo.pending(actor.id), undo.notices(actor.id)

    def of(self, number: int) -> PendingCancel | None:
        """The cancellation of order `number` under way; what else can be done to that order waits for it."""
        return next((cancel for cancel in self.pending if cancel.number == number), None)

    def begin(self, cancel: PendingCancel) -> None:
        """Start the undo count of a submitted cancellation; it runs on without this window."""
        self._desk().undo.begin(self._person(), cancel)
        self.draw()  # at once, with whatever else the tap changes: else all is drawn once more for it
        self._device.be_felt()

    def undo(self, number: int) -> bool:
        """Take back the cancellation of order `number`; whether it was not too late."""
        return self._desk().undo.undo(self._person(), number)

    def tell(self, notice: Notice) -> None:
        """Show what became of something, here and wherever else who looks is, until it is closed."""
        self._desk().undo.tell(self._person(), notice)

    def close_notice(self) -> None:
        """The newest notice was read."""
        self._desk().undo.close_notice(self._person())

    def _person(self) -> int:
        return self._window.who().id
