"""Buyers who are named by what is personal: told apart without keeping it."""

from hashlib import sha256

_LENGTH = 32


def pseudonym(origin: str, told: str) -> str:
    """An outside id for who `told` (an e-mail address, a phone, a user name) is: the same in every file."""
    return sha256(f"{origin}/{told.strip().lower()}".encode()).hexdigest()[:_LENGTH]
