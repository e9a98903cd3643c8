"""Money in: what the gateway says of a charge, what it knows it by, and when it is asked again."""

from enum import StrEnum

from app.shop.rules.policy import HOUR, SECOND

ASKED_FIRST, ASKED_LAST = 3 * SECOND, HOUR
"""How soon and how seldom the gateway is asked what became of a charge."""

NEVER_TOLD = "never_told"
"""Why a charge failed that the gateway never heard of, and whose order no longer waits for it."""


class Outcome(StrEnum):
    """What the gateway says of a payment; the words are stored as the state of a charge."""

    ATTEMPTED = "ATTEMPTED"
    CAPTURED = "CAPTURED"
    FAILED = "FAILED"


def charge_reference(number: int, n: int) -> str:
    """What the gateway knows payment `n` of an order by: it charges once per reference."""
    return f"{number}-{n}"


def ask_again(begun_at: int, until: int, now: int) -> int:
    """When the gateway is asked next about a charge it has not answered: soon at first, then ever later.

    And just after `until`, the last moment at which its money is in time; from there on soon again.
    """
    since = begun_at if now <= until else until
    later = now + min(max((now - since) // 4, ASKED_FIRST), ASKED_LAST)
    return min(later, until + 1) if now <= until else later


def virtual_account(number: int) -> str:
    """The account a transfer for this order goes to, its own, in groups of four digits."""
    digits = f"8808{number % 10**12:012}"
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
