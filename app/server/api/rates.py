"""How fast each token is used: a bucket for each, kept in the process."""

from threading import Lock

from app.shop.rules.accounts import Bucket, Rate, take
from app.shop.rules.errors import Refused

MOST = 10_000
"""Buckets that are kept; beyond it those that are full again are let go of."""


class Rates:
    """The buckets of a process."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._buckets: dict[int, Bucket] = {}
        self._lock = Lock()

    def take(self, token: int, now: int) -> None:
        """Count a request of a `token` (its id). Raises Refused where it comes too early."""
        with self._lock:
            if len(self._buckets) >= MOST and token not in self._buckets:
                self._let_go(now)
            self._buckets[token], early = take(self._buckets.get(token), self._rate, now)
        if early:
            raise Refused("too_fast", {"seconds": -(-early // 1000)})

    def _let_go(self, now: int) -> None:
        filled = 1000 * self._rate.at_once // self._rate.a_second
        kept = {token: one for token, one in self._buckets.items() if now - one.at < filled}
        self._buckets = kept if len(kept) < MOST else {}
