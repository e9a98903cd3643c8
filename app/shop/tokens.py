"""Tokens: what a device or program shows to be known again. The store keeps digests, so it tells none."""

from hashlib import sha256
from secrets import token_urlsafe


def new_token() -> str:
    """A token nobody guesses: 256 bits."""
    return token_urlsafe(32)


def token_digest(token: str) -> str:
    """What is kept of a token. It is long and random, so nothing slow is needed to keep it from guessers."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
