"""Days one after the other, none left out, and how they are put together to weeks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WEEK = 7


@dataclass(frozen=True, slots=True)
class Span:
    """What was counted from day `first` to day `last` (UTC, numbered from 1970 on), both among them."""

    first: int
    last: int
    placed: int = 0
    cancelled: int = 0
    answered: int = 0
    auto_approved: int = 0

    @classmethod
    def of(cls, parts: Sequence["Span"]) -> "Span":
        """Several, one after the other, as one."""
        return cls(
            parts[0].first,
            parts[-1].last,
            sum(one.placed for one in parts),
            sum(one.cancelled for one in parts),
            sum(one.answered for one in parts),
            sum(one.auto_approved for one in parts),
        )

    @property
    def rate(self) -> float | None:
        """Orders cancelled to orders placed; None where none was placed."""
        return self.cancelled / self.placed if self.placed else None

    @property
    def auto_share(self) -> float | None:
        """Requests approved without an answer to all that were decided; None where none was."""
        decided = self.answered + self.auto_approved
        return self.auto_approved / decided if decided else None


def filled(first: int, last: int, counts: Mapping[int, Mapping[str, int]]) -> tuple[Span, ...]:
    """Every day from `first` to `last`, with what was counted on it."""
    return tuple(Span(day, day, **counts.get(day, {})) for day in range(first, last + 1))


def weeks(days: Sequence[Span]) -> tuple[Span, ...]:
    """The days by sevens, the last seven as one; where they do not come out even, the first is shorter."""
    start = len(days) % WEEK
    ends = range(start, len(days) + 1, WEEK)
    return tuple(Span.of(days[max(end - WEEK, 0) : end]) for end in ends if end)
