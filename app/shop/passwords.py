"""Passwords: what one must be like, and how it is kept and compared."""

import unicodedata
from functools import cache
from secrets import token_urlsafe
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from app.shop.rules.accounts import PASSWORD_LEAST, PASSWORD_MOST, STRENGTH_LEAST
from app.shop.rules.errors import Invalid, ShopError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
"""What a hash costs, after the OWASP Password Storage Cheat Sheet (Argon2id)."""
_AT_ONCE = BoundedSemaphore(4)
"""Hashes worked out at one time: each takes its memory, and strangers may ask for as many as they like."""
_MEASURED = 72
"""Characters of a password that are looked at for how hard it is to guess: more would take long."""


def checked_password(password: str, *known: str) -> str:
    """`password` in the form it is kept of (NFKC), as NIST SP 800-63B-4, 3.1.1.2 asks.

    `known` are words that anybody knows of the person. Raises Invalid for one that is too short, too long, or
    guessed within a million tries.
    """
    from zxcvbn import zxcvbn  # noqa: PLC0415  (its dictionaries take a while, and a start needs none)

    password = normal(password)
    if not PASSWORD_LEAST <= len(password) <= PASSWORD_MOST:
        raise Invalid("password_length", {"least": PASSWORD_LEAST, "most": PASSWORD_MOST})
    if zxcvbn(password[:_MEASURED], [*known, "takeback"])["score"] < STRENGTH_LEAST:
        raise Invalid("password_weak")
    return password


def normal(password: str) -> str:
    """A password as every keyboard means it."""
    return unicodedata.normalize("NFKC", password[: 4 * PASSWORD_MOST])


def new_password() -> str:
    """A password that nobody guesses, to be told once."""
    return token_urlsafe(12)


def hashed(password: str) -> str:
    """What is kept of a password: an Argon2id hash, with its salt and what it cost."""
    with _AT_ONCE:
        return _hasher().hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was kept; where none was, it takes as long to say no."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  (with the hasher)

    with _AT_ONCE:
        try:
            return _hasher().verify(kept or _nobodys(), normal(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Whether a hash was made at another cost than today's, and is to be made anew."""
    return _hasher().check_needs_rehash(kept)


@cache
def _hasher() -> "PasswordHasher":
    try:
        from argon2 import PasswordHasher  # noqa: PLC0415  (of the served app alone)
    except ImportError as error:
        raise ShopError("server_parts_missing") from error
    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


@cache
def _nobodys() -> str:
    return _hasher().hash(new_password())
