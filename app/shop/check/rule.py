"""An invariant as a query: it answers the number of what breaks it, and the facts that say how."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.shop.rules.orders import Role, Status
from app.shop.rules.reasons import reasons_for

OWN = "o.source = 'takeback'"
"""A condition: the order was made here. What an imported one says are facts of its file."""


REASONS_GIVEN = tuple(
    (role, status, reason.code)
    for role in Role
    for status in Status
    for reason in reasons_for(role, status, now=2**62, ship_by=0, linked_request=True)
)
"""Every (role, status, reason) that may be, at some time."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`sql` finds what breaks it: an order's number (or an id), then the facts that fill `what` ({0}, …).

    It is plain SQL over whole tables: what a database does in a second takes Python a minute.
    """

    name: str
    what: str
    sql: str


def one_of(words: Iterable[str]) -> str:
    """The words as SQL has them after IN."""
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"
