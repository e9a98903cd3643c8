"""What answers to a tap: once at a time, or as one that stays the same however often it is drawn."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, TypeVar

import flet as ft

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Once(Generic[P, T]):
    """What a handler runs, and whether it is under way."""

    busy: bool
    run: Callable[P, Coroutine[Any, Any, T | None]]


def use_once(do: Callable[P, Awaitable[T]]) -> Once[P, T]:
    """`do`, to be run by a handler: once at a time, however often it is tapped, or tapped and entered.

    `await once.run(...)` answers None where it is under way already.
    """
    running = ft.use_ref(False)
    busy, set_busy = ft.use_state(False)

    async def run(*args: P.args, **kwargs: P.kwargs) -> T | None:
        # State would not do: two taps of one moment both see the old one.
        if running.current:
            return None
        running.current = True
        set_busy(True)
        try:
            return await do(*args, **kwargs)
        finally:
            running.current = False
            set_busy(False)

    return Once(busy, run)


def use_handler(handler: Callable[..., None]) -> Callable[..., None]:
    """`handler` as one callable that stays the same at every drawing and does what was given last.

    What is handed a new callable is drawn again, cards by the dozen for another tab.
    """
    latest: list[Callable[..., None]] = ft.use_memo(list, [])
    latest[:] = [handler]

    def handle(*args: Any) -> None:
        latest[0](*args)

    return ft.use_callback(handle, [])
