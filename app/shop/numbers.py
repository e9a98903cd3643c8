"""Numbers the app makes itself: time first, so that newer is larger, on every database alike."""

import secrets
import zlib

SUFFIXES = 100_000
LARGEST = 2**63 - 1
"""The largest number a store can hold."""


def new_number(created_at: int, outside: str | None = None) -> int:
    """A number for something made at `created_at` (ms UTC): 18 digits until the year 2286.

    With `outside` the suffix follows from that text, so that reading a file again comes to the same number.
    """
    suffix = zlib.crc32(outside.encode()) if outside is not None else secrets.randbelow(SUFFIXES)
    return created_at * SUFFIXES + suffix % SUFFIXES
