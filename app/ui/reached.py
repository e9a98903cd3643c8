"""How far a list is scrolled: which of its pages are there."""

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a list is scrolled: pages `shown`, and where each of those that were read `ends`."""

    shown: int = 1
    ends: tuple[Any, ...] = ()
    least: int = 1
    """Pages that came without being scrolled to."""

    @property
    def more(self) -> bool:
        """Whether a further page can be shown."""
        return len(self.ends) >= self.shown and self.ends[self.shown - 1] is not None

    @property
    def befores(self) -> tuple[Any, ...]:
        """Of each page to show, where the one before it ended."""
        return (None, *self.ends[: self.shown - 1])

    def further(self) -> "Reached":
        """One page more."""
        return replace(self, shown=self.shown + 1) if self.more else self

    def folded(self) -> "Reached":
        """As it was before anybody scrolled."""
        return Reached(self.least, self.ends[: self.least], self.least)

    def ended(self, index: int, end: Any, *, short: bool = False) -> "Reached":
        """A page was read up to `end` (None: it was the last); what begins there may have moved.

        A `short` page does not fill a screen, so nobody could scroll to its end.
        """
        known = replace(self, ends=(*self.ends[:index], end, *self.ends[index + 1 :]))
        if not short or index < known.shown - 1:
            return known
        grown = known.further()
        return replace(grown, least=grown.shown) if known.shown == known.least else grown
