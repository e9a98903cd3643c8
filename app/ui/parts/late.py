"""What is drawn only after a while: a skeleton that flashes by, say, is worse than none."""

import asyncio
import time
from collections.abc import Callable, Hashable, Sequence

import flet as ft

PATIENCE = 0.15
"""Seconds after which people notice that they wait."""
BEHIND = 0.05
"""Seconds that a timer is late where there is too much to do."""


def use_later(seconds: float, do: Callable[[], None] | None, of: Sequence[Hashable]) -> None:
    """`do` it once the caller has been on the screen for `seconds`, anew with each other `of`."""
    nothing: asyncio.TimerHandle | None = None
    timer = ft.use_ref(nothing)

    def wait(then: Callable[..., None]) -> None:
        due = time.monotonic() + seconds
        timer.current = asyncio.get_running_loop().call_later(seconds, then, then, due)

    def ring(again: Callable[..., None], due: float) -> None:  # given itself, as in `use_now`
        # Who is behind would draw a skeleton and then what it stands for, and be further behind by it.
        if time.monotonic() - due > BEHIND:
            wait(again)
        elif do is not None:
            do()

    def end() -> None:
        if timer.current is not None:
            timer.current.cancel()

    ft.use_effect(lambda: None if do is None else wait(ring), of, cleanup=end)


def use_due(seconds: float) -> bool:
    """Whether the caller has been on the screen for `seconds`; draws it again when it has."""
    due, set_due = ft.use_state(False)
    use_later(seconds, lambda: set_due(True), [])
    return due


@ft.component
def Late(face: Callable[[], ft.Control]) -> ft.Control:
    """`face`, once somebody waits for it."""
    return face() if use_due(PATIENCE) else ft.Container()
