"""What is shown only when something takes its time: a skeleton that flashes by is worse than none."""

import asyncio
from collections.abc import Callable

import flet as ft

PATIENCE = 0.15
"""Seconds after which people notice that they wait."""


@ft.component
def Late(face: Callable[[], ft.Control]) -> ft.Control:
    """`face`, from then on."""
    due, set_due = ft.use_state(False)
    nothing: asyncio.TimerHandle | None = None
    timer = ft.use_ref(nothing)

    def wait() -> None:
        timer.current = asyncio.get_running_loop().call_later(PATIENCE, set_due, True)

    def end() -> None:
        if timer.current is not None:
            timer.current.cancel()

    ft.use_effect(wait, [], cleanup=end)
    return face() if due else ft.Container()
