"""What is left of a person who is erased: a handle that says so, and words that say nothing."""

import json
from hashlib import sha256
from typing import Any

NEUTRAL = "—"
"""Stands where something was written that must not be empty."""

_BURIED = "erased:"


def erased_handle(person: int) -> str:
    """What an erased person is called: nobody else, and nothing they were called before."""
    return f"erased-{person}"


def tombstone(source: str, outside_id: str) -> str:
    """What an erased person is known by in place of their id on another platform.

    Who reads that id in a later file comes to the same one, and finds the erased person instead of a new one.
    """
    return f"{_BURIED}{sha256(f'{source}/{outside_id}'.encode()).hexdigest()}"


def is_tombstone(outside_id: str) -> bool:
    """Whether this stands in place of an id already."""
    return outside_id.startswith(_BURIED)


def without_words(stored: str) -> str:
    """Facts of an event or notification, or a change (all as JSON), without what people wrote of themselves.

    That is what was said, and what an address is called; older versions told that of an order's address too.
    """
    facts: dict[str, Any] = json.loads(stored)
    for told in (facts, facts.get("change")):
        if isinstance(told, dict):
            if told.get("kind") == "address":
                told |= {name: NEUTRAL for name in ("label", "instead_of") if told.get(name)}
            if "said" in told:
                told["said"] = NEUTRAL
            if not str(told.get("address", "0")).isdecimal():
                told["address"] = NEUTRAL
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
