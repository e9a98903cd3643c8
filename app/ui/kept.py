"""What is begun in a screen and not done yet: it belongs to the window, and outlives the screen."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

import flet as ft

from app.ui.state import use_window_unwatched

T = TypeVar("T")


class Kept(Generic[T]):
    """A value of the window; whoever shows it is drawn again when it changes."""

    def __init__(self, value: T) -> None:
        self.value = value
        self.draw: Callable[[Callable[[int], int]], None] = _undrawn

    def set(self, value: T) -> None:
        """Let it be `value` from now on."""
        self.value = value
        self.draw(lambda times: times + 1)


class Keeping:
    """What a window keeps, each below a name of its own."""

    def __init__(self) -> None:
        self._all: dict[Hashable, Kept[Any]] = {}

    def at(self, name: Hashable, start: Callable[[], T]) -> Kept[T]:
        """What is kept below `name`; at first what `start` makes."""
        if name not in self._all:
            self._all[name] = Kept(start())
        return self._all[name]


def use_kept(name: Hashable, start: Callable[[], T]) -> Kept[T]:
    """What the window keeps below `name`; at first what `start` makes, which is asked once.

    It stays where the window is laid out anew, as by turning a tablet, and until somebody else looks.
    """
    kept = use_window_unwatched().kept.at(name, start)
    _, kept.draw = ft.use_state(0)
    return kept


def _undrawn(_count: Callable[[int], int]) -> None:
    """Nobody shows it."""
