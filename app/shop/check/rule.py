"""An invariant as a query: it answers the number of what breaks it, and the facts that say how."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.shop.rules.orders import Role, Status
from app.shop.rules.reasons import reasons_for

OWN = "o.source = 'takeback'"
"""A condition: the order was made here. What an imported one says are facts of its file."""
EACH_ORDER = "orders o"
EACH_LINE = "lines l LEFT JOIN orders o ON o.number = l.order_number"
EACH_PAYMENT = "payments p LEFT JOIN orders o ON o.number = p.order_number"
EACH_HOLD = "holds h LEFT JOIN orders o ON o.number = h.order_number"
EACH_EVENT = (
    "events e LEFT JOIN orders o ON o.number = e.order_number "
    "LEFT JOIN events b ON b.order_number = e.order_number AND b.n = e.n - 1"
)
"""Rows that several rules look at, with their order; an event also with the one before."""


REASONS_GIVEN = tuple(
    (role, status, reason.code)
    for role in Role
    for status in Status
    for reason in reasons_for(role, status, now=2**62, ship_by=0, linked_request=True)
)
"""Every (role, status, reason) that may be, at some time."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A condition that a row of `given` (what stands after FROM) fulfils where a rule is broken."""

    given: str
    broken: str


@dataclass(frozen=True, slots=True)
class Rule:
    """`sql` finds what breaks it: an order's number (or an id), then the facts that fill `what` ({0}, …).

    It is plain SQL over whole tables: what a database does in a second takes Python a minute. A rule with
    `signs` is broken only where one of them is seen, and asked only then: rules share the rows they read.
    """

    name: str
    what: str
    sql: str
    signs: tuple[Sign, ...] = ()


def of_each(given: str, name: str, what: str, facts: str, broken: str) -> Rule:
    """A rule that every row of `given` tells by itself."""
    sql = f"SELECT {facts} FROM {given} WHERE {broken}"  # noqa: S608  (words of the rules)
    return Rule(name, what, sql, (Sign(given, broken),))


def one_of(words: Iterable[str]) -> str:
    """The words as SQL has them after IN."""
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"
