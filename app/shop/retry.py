"""Retry: what somebody else was faster with is done anew, a moment later, and reads what has changed.

PostgreSQL and its kin end one of two transactions that are in each other's way (serialization failures and
deadlocks, at any statement and at COMMIT); two may be the first to write the same row. All of it is Changed.
"""

import time
from collections.abc import Callable
from random import uniform
from typing import TypeVar

from app.shop.rules.errors import Changed
from app.shop.shop import Shop
from app.shop.sql import Work

T = TypeVar("T")

ATTEMPTS = 5
PAUSE = 0.004
"""Seconds waited at most before the second attempt, and twice as long before each that follows."""


def anew(run: Callable[[], T]) -> T:
    """What `run` comes to; raises Changed only where somebody else is faster `ATTEMPTS` times in a row."""
    for attempt in range(ATTEMPTS - 1):
        try:
            return run()
        except Changed:
            # Whoever met once is not to meet again: each waits as long as chance has it.
            time.sleep(uniform(0, PAUSE * 2**attempt))  # noqa: S311
    return run()


def transact(shop: Shop, do: Callable[[Work], T]) -> T:
    """What `do` comes to in one transaction that writes, done anew where somebody else was faster."""

    def once() -> T:
        with shop.change() as work:
            return do(work)

    return anew(once)
