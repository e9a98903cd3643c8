"""Handles: what people and shops are called, one name space over both."""

import re

from app.shop.rules.errors import Invalid
from app.shop.rules.words import HANDLE

WHOLE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{HANDLE - 1}}}")
"""What a handle can be; those that files bring have capitals too, and more signs."""
LONGEST = 30
_CHOSEN = re.compile(rf"[a-z0-9][a-z0-9._-]{{2,{LONGEST - 1}}}")
_RESERVED = frozenset(
    {"admin", "erased", "help", "platform", "root", "staff", "support", "system", "takeback"}
)


def checked_handle(handle: str) -> str:
    """`handle` as somebody may choose it: small letters, so that no two differ by case alone.

    Raises Invalid for other signs, fewer than 3 or more than 30, and for names that sound like the platform.
    """
    handle = handle.strip().removeprefix("@")
    if not _CHOSEN.fullmatch(handle):
        raise Invalid("handle_not_chosen", {"least": 3, "most": LONGEST})
    if re.split(r"[._-]", handle)[0] in _RESERVED:
        raise Invalid("handle_reserved", {"handle": handle})
    return handle
