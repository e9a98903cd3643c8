"""What is drawn only after a while: a skeleton that flashes by, say, is worse than none."""

import asyncio
from collections.abc import Callable, Hashable, Sequence

import flet as ft

PATIENCE = 0.15
"""Seconds after which people notice that they wait."""


def use_later(seconds: float, do: Callable[[], None] | None, of: Sequence[Hashable]) -> None:
    """`do` it once the caller has been on the screen for `seconds`, anew with each other `of`."""
    nothing: asyncio.TimerHandle | None = None
    timer = ft.use_ref(nothing)

    def wait() -> None:
        if do is not None:
            timer.current = asyncio.get_running_loop().call_later(seconds, do)

    def end() -> None:
        if timer.current is not None:
            timer.current.cancel()

    ft.use_effect(wait, of, cleanup=end)


def use_due(seconds: float) -> bool:
    """Whether the caller has been on the screen for `seconds`; draws it again when it has."""
    due, set_due = ft.use_state(False)
    use_later(seconds, lambda: set_due(True), [])
    return due


@ft.component
def Late(face: Callable[[], ft.Control]) -> ft.Control:
    """`face`, once somebody waits for it."""
    return face() if use_due(PATIENCE) else ft.Container()
