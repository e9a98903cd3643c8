"""What was turned to last: it stays in its place until others need that."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

KEPT = 4
"""How many: the tab one is on, and those between which people go to and fro."""


class Recent(Generic[K, V]):
    """Up to `KEPT` things, each made when it is first turned to."""

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make
        self._kept: list[tuple[K, V] | None] = [None] * KEPT
        self._order = list(range(KEPT))

    @property
    def places(self) -> tuple[V | None, ...]:
        """What stands where; nothing moves as long as it is kept."""
        return tuple(one and one[1] for one in self._kept)

    def turn_to(self, key: K) -> V:
        """What is kept for `key`; a new one takes the place of what was turned to longest ago."""
        at = next((at for at, one in enumerate(self._kept) if one and one[0] == key), self._order[0])
        self._order.remove(at)
        self._order.append(at)
        kept = self._kept[at]
        if kept is None or kept[0] != key:
            kept = self._kept[at] = key, self._make(key)
        return kept[1]
