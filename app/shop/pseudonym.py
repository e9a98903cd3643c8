"""Buyers who are named by what is personal: told apart without keeping it, and not to be found by trying."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex

KIND = "pseudonyms"
"""What the secret of a store is for that its pseudonyms are made with."""

_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Digest:
    """Who is named by an e-mail address, a phone or a user name, told apart by a digest.

    Anyone could work it out again from a guess, so it is never stored; its pseudonym is.
    """

    text: str


def digest(origin: str, told: str) -> Digest:
    """The digest of who `told` is on a platform: the same in every file."""
    return Digest(sha256(f"{origin}/{told.strip().lower()}".encode()).hexdigest()[:_LENGTH])


def pseudonym(secret: str, who: Digest) -> str:
    """An outside id for who that is: the same in every file that a store takes in, and in no other store."""
    return hmac.new(secret.encode(), who.text.encode(), sha256).hexdigest()[:_LENGTH]


def new_secret() -> str:
    """What a store makes once and keeps: 64 hexadecimal digits."""
    return token_hex()
