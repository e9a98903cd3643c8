"""What is counted of a shop's orders, day by day, so that nobody has to count it when they ask.

Days are UTC, numbered from 1970 on.
"""

from enum import StrEnum

from app.shop.rules.policy import HOUR, MINUTE

BLOCK = 32
"""Days that are summed up in one tally as well, where there are many subjects: a year is then soon read."""

RANGES = (30, 90, 365)
"""Days that can be looked back, today among them."""

ANSWER_BOUNDS = (15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR, 48 * HOUR)
"""Milliseconds below which an answer is in each group of answer times; the last group has no bound."""


class Counted(StrEnum):
    """What a tally counts, and what its subject is."""

    PLACED = "PLACED"
    """Orders placed."""
    CANCELLED = "CANCELLED"
    """Orders cancelled."""
    REASON_CANCELLED = "REASON_CANCELLED"
    """Orders cancelled, by reason; empty where none was told."""
    PLACED_CANCELLED = "PLACED_CANCELLED"
    """Orders placed that are cancelled by now, by whom and why: `BUYER:BU_MISTAKE`; empty where not told."""
    CREATOR_PLACED = "CREATOR_PLACED"
    """Orders placed, by the id of the creator they came through."""
    CREATOR_CANCELLED = "CREATOR_CANCELLED"
    """Orders cancelled, by the id of the creator they came through."""
    VARIANT_PLACED = "VARIANT_PLACED"
    """Pieces ordered, by the id of the variant."""
    VARIANT_CANCELLED = "VARIANT_CANCELLED"
    """Pieces cancelled, with their order or as a line of it, by the id of the variant."""
    REFUNDED = "REFUNDED"
    """Refunds asked for and not given up, by currency; `total` is minor units."""
    ANSWERED = "ANSWERED"
    """Requests the seller answered, by the group of `ANSWER_BOUNDS` that the first answer is in; `total` is
    milliseconds."""
    AUTO_APPROVED = "AUTO_APPROVED"
    """Requests approved because the seller said nothing, or by a rule."""

    @property
    def spans(self) -> tuple[int, ...]:
        """How many days each of its tallies is of: one and, of what has subjects, a block."""
        return (1,) if self in _WITHOUT_SUBJECT else (1, BLOCK)


_WITHOUT_SUBJECT = (Counted.PLACED, Counted.CANCELLED, Counted.AUTO_APPROVED)
