"""What only one of several screens upon each other can have, as the keys of the keyboard: the topmost."""

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

import flet as ft

T = TypeVar("T")


class Topmost(Generic[T]):
    """What each of them wants, from the bottom; one keeps its place until it is gone."""

    def __init__(self) -> None:
        self._all: dict[object, T] = {}

    @property
    def value(self) -> T | None:
        """What the topmost wants; None where there is none."""
        return next(reversed(self._all.values()), None)

    def put(self, one: object, value: T) -> None:
        """From now on `one` wants this."""
        self._all[one] = value

    def drop(self, one: object) -> None:
        """It is gone."""
        self._all.pop(one, None)


def use_topmost(among: Topmost[T], value: T, of: Sequence[Hashable]) -> None:
    """Want `value` as long as the caller is on the screen; another one where `of` has changed."""
    one = ft.use_memo(object, [])
    ft.use_effect(lambda: among.put(one, value), of)
    ft.use_effect(lambda: None, [], cleanup=lambda: among.drop(one))
