"""What was typed last: handlers know it at once, while what is drawn follows a moment later."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import flet as ft

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Newest(Generic[T]):
    """A state: as it was `drawn`, how to `write` it, and as it is `now`."""

    drawn: T
    write: Callable[[T], None]
    _held: list[T]

    @property
    def now(self) -> T:
        """What was written last, drawn or not: keys of one moment and the tap after them come undrawn."""
        return self._held[0]


def use_newest(first: T) -> Newest[T]:
    """A state that begins as `first`, for what a handler of another control reads: the button of a form."""
    drawn, draw = ft.use_state(first)
    held: list[T] = ft.use_memo(lambda: [first], [])

    def write(value: T) -> None:
        held[0] = value
        draw(value)

    return Newest(drawn, write, held)
