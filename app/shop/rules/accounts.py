"""Accounts: how long a sign-in lasts, when its token is replaced, how long a guesser has to wait."""

from dataclasses import dataclass
from enum import StrEnum

from app.shop.rules.policy import DAY, HOUR, MINUTE, SECOND

PASSWORD_LEAST = 8
PASSWORD_MOST = 128
"""Characters of a password."""
STRENGTH_LEAST = 2
"""How hard to guess it must be, as zxcvbn counts: 2 are more than 1,000,000 guesses."""

UNUSED_MS = 30 * DAY
"""A sign-in that is not used for so long has ended."""
LASTS_MS = 180 * DAY
"""A sign-in ends after so long, however often it is used."""
ROTATE_MS = HOUR
"""A token is replaced by a new one once it is so old."""
GRACE_MS = MINUTE
"""A token that was replaced is still taken for so long: other tabs of the browser may have read it before."""
SEEN_MS = 5 * MINUTE
"""How exactly it is known when a sign-in was last used."""
TEMPORARY_MS = DAY
"""How long a password may be used that the platform gave."""
INVITED_MS = 7 * DAY
"""How long somebody may take to follow an invitation."""
MOST_INVITED = 20
"""Invitations of a shop that are open at one time."""
MOST_SIGN_INS = 20
"""Sign-ins of one person; of more, the one that was not used for longest ends."""


MOST_TOKENS = 50
"""Tokens of one person for programs."""
TOKEN_DAYS = 365
"""How long a token for a program lasts where nobody says otherwise, and the most."""


class Scope(StrEnum):
    """What a token for a program may be used for; what its person may do at all is decided elsewhere."""

    GOODS_READ = "goods:read"
    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    SELLER_READ = "seller:read"
    SELLER_WRITE = "seller:write"
    PLATFORM_READ = "platform:read"
    PLATFORM_WRITE = "platform:write"
    ACCOUNT_READ = "account:read"
    ACCOUNT_WRITE = "account:write"
    PEOPLE_WRITE = "people:write"


class Guessed(StrEnum):
    """By what tries are counted: whom they are for, and where they come from."""

    NAME = "name"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Patience:
    """So many tries are `free`; then each doubles the wait, from `first_ms` up to `most_ms`."""

    free: int
    first_ms: int
    most_ms: int

    def wait_ms(self, tries: int) -> int:
        """How long after the last of so many tries the next one is taken."""
        over = tries - self.free
        return 0 if over < 0 else min(self.first_ms << min(over, 20), self.most_ms)


PATIENCE = {
    Guessed.NAME: Patience(5, 15 * SECOND, 15 * MINUTE),
    # Many people may share one address: an office, a mobile network.
    Guessed.ADDRESS: Patience(50, 15 * SECOND, 15 * MINUTE),
}
FORGOTTEN_MS = DAY
"""Tries are forgotten after so long without another."""


def over(begun_at: int, seen_at: int, now: int) -> bool:
    """Whether a sign-in has ended by itself (milliseconds UTC)."""
    return now - seen_at > UNUSED_MS or now - begun_at > LASTS_MS


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests `a_second`, and `at_once` where there were none for a while."""

    a_second: int
    at_once: int


_WHOLE = 1000
"""A request in a bucket: so a millisecond fills it by what the rate is a second, without a fraction."""
API_RATE = Rate(50, 200)
"""How fast one token may be used where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is `left` of a rate, in thousandths of a request, as of `at` (milliseconds UTC)."""

    left: int
    at: int


def take(bucket: Bucket | None, rate: Rate, now: int) -> tuple[Bucket, int]:
    """One request out of a bucket, a full one where there is none; and how many ms too early it came.

    Where it is too early nothing is taken: who asks all the time is answered at the rate, not never.
    """
    full = rate.at_once * _WHOLE
    before = bucket or Bucket(full, now)
    left = min(full, before.left + max(0, now - before.at) * rate.a_second)
    missing = max(0, _WHOLE - left)
    return Bucket(left if missing else left - _WHOLE, now), -(-missing // rate.a_second)
