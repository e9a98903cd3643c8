"""When the orders of a demo were placed: over a year, and enough of them just now."""

from collections.abc import Iterator
from random import Random

from app.shop.rules.policy import DAY, HOUR, MINUTE

_YEAR = 365 * DAY
_AGES = (
    (2 * MINUTE, HOUR, 0.06, 12),
    (HOUR, DAY, 0.12, 24),
    (DAY, 3 * DAY, 0.12, 24),
    (3 * DAY, 14 * DAY, 0.2, 40),
)
"""(from, to, share, most): the youngest ages get more than their part of a year where orders are few."""


def times(count: int, now: int, chance: Random) -> Iterator[int]:
    """`count` times before `now`, ever later."""
    young = [
        (first, last, max(count * (last - first) // _YEAR, min(int(count * share), most)))
        for first, last, share, most in _AGES
    ]
    old = (14 * DAY, _YEAR, count - sum(number for *_, number in young))
    last_at = 0
    for youngest, oldest, number in (old, *reversed(young)):
        step = (oldest - youngest) / max(number, 1)
        for n in range(number):
            at = now - oldest + int(step * (n + chance.random()))
            last_at = max(at, last_at + 1)
            yield last_at
