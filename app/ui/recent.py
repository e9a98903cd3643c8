"""What was turned to last: it stays in its place until others need that, or it was left for long."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

KEPT = 4
"""How many: the tab one is on, and those between which people go to and fro."""


@dataclass(slots=True)
class _Place(Generic[K, V]):
    """What is kept here, and when it was left (seconds of the clock)."""

    kept: tuple[K, V] | None = None
    left_at: float = 0.0

    def holds(self, key: K) -> bool:
        return self.kept is not None and self.kept[0] == key


class Recent(Generic[K, V]):
    """Up to `KEPT` things, each made when it is first turned to."""

    def __init__(self, make: Callable[[K], V], clock: Callable[[], float] = time.monotonic) -> None:
        self._make = make
        self._clock = clock
        self._places = tuple(_Place[K, V]() for _ in range(KEPT))
        self._order = list(self._places)
        """That which was turned to last comes last."""

    @property
    def places(self) -> tuple[V | None, ...]:
        """What stands where; nothing moves as long as it is kept."""
        return tuple(one.kept and one.kept[1] for one in self._places)

    def turn_to(self, key: K) -> V:
        """What is kept for `key`; a new one takes a place that is free, or was turned to longest ago."""
        self._order[-1].left_at = self._clock()
        place = next((one for one in self._places if one.holds(key)), self._order[0])
        self._order.remove(place)
        self._order.append(place)
        if place.kept is None or not place.holds(key):
            place.kept = key, self._make(key)
        return place.kept[1]

    def let_go(self, seconds: float) -> bool:
        """Keep nothing that was left so long ago or longer; whether there was any."""
        before = self._clock() - seconds
        gone = [one for one in self._order[:-1] if one.kept and one.left_at <= before]
        for one in gone:
            one.kept = None
        self._order.sort(key=lambda one: one.kept is not None)
        return bool(gone)
