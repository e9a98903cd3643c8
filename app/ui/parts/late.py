"""What is drawn only after a while: a skeleton that flashes by, say, is worse than none."""

import asyncio
from collections.abc import Callable

import flet as ft

PATIENCE = 0.15
"""Seconds after which people notice that they wait."""


def use_due(seconds: float) -> bool:
    """Whether the caller has been on the screen for `seconds`; draws it again when it has."""
    due, set_due = ft.use_state(False)
    nothing: asyncio.TimerHandle | None = None
    timer = ft.use_ref(nothing)

    def wait() -> None:
        timer.current = asyncio.get_running_loop().call_later(seconds, set_due, True)

    def end() -> None:
        if timer.current is not None:
            timer.current.cancel()

    ft.use_effect(wait, [], cleanup=end)
    return due


@ft.component
def Late(face: Callable[[], ft.Control]) -> ft.Control:
    """`face`, once somebody waits for it."""
    return face() if use_due(PATIENCE) else ft.Container()
