"""Looking over a whole store: every invariant, and where it does not hold."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select

from app.shop import tables as t
from app.shop.access import for_owner
from app.shop.check.charges import CHARGES
from app.shop.check.events import EVENTS
from app.shop.check.goods import GOODS
from app.shop.check.holds import HOLDS
from app.shop.check.lines import LINES
from app.shop.check.looking import Looking, Progress, helped
from app.shop.check.money import MONEY
from app.shop.check.orders import ORDERS
from app.shop.check.records import RECORDS
from app.shop.check.references import PEOPLE, references, words
from app.shop.check.refunds import REFUNDS
from app.shop.check.requests import REQUESTS
from app.shop.check.rule import Rule
from app.shop.check.talk import TALK
from app.shop.check.tallies import TALLIES
from app.shop.shop import Shop
from app.shop.sql import Statement, Work

LISTED = 1_000
"""Violations listed of one rule; of the others it is told how many they are."""

RULES: tuple[Rule, ...] = (
    *TALLIES,
    *ORDERS,
    *LINES,
    *MONEY,
    *REFUNDS,
    *CHARGES,
    *HOLDS,
    *EVENTS,
    *REQUESTS,
    *TALK,
    *GOODS,
    *PEOPLE,
    *RECORDS,
    *words(),
    *references(),
)
"""Every invariant that is verified."""

_COUNTED = {
    str(table.__tablename__): Statement(select(func.count()).select_from(table))
    for table in (
        t.Order,
        t.Line,
        t.PriceEntry,
        t.Payment,
        t.Refund,
        t.Balance,
        t.Hold,
        t.OrderEvent,
        t.Request,
        t.Notification,
        t.Message,
        t.Photo,
        t.Person,
        t.Shop,
    )
}


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a rule does not hold: the order's number (or an id), and what is wrong."""

    rule: str
    number: str
    what: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at, what is wrong, and how many more there are of a rule than are listed."""

    checked: dict[str, int]
    violations: tuple[Violation, ...]
    more: dict[str, int]

    @property
    def sound(self) -> bool:
        """Whether every rule holds."""
        return not self.violations

    def lines(self) -> Iterator[str]:
        """What people read."""
        for one in self.violations:
            yield f"{one.number}: {one.rule}: {one.what}"
        for rule, count in self.more.items():
            yield f"… and {count:,} more of {rule}"
        looked = ", ".join(f"{count:,} {name}" for name, count in self.checked.items())
        yield f"{'Every rule holds' if self.sound else 'Rules are broken'}. Checked: {looked}."

    def as_json(self) -> dict[str, Any]:
        """What `check --json` prints."""
        return {
            "checked": self.checked,
            "violations": [asdict(one) for one in self.violations],
            "more": self.more,
        }


@for_owner
def check(shop: Shop, progress: Progress | None = None) -> CheckReport:
    """Verify every invariant over the whole store, all of it as it is at one moment.

    `progress` is told (rules verified, rules in all).
    """
    looking = Looking(RULES, LISTED, progress)
    with helped(shop, looking) as work:
        checked = _counts(work)
        looking.look(work)
    return _report(looking, checked, LISTED)


def look_over(work: Work, *, listed: int = LISTED) -> CheckReport:
    """Verify every invariant as `work` sees the store, listing so many violations of each at most."""
    looking = Looking(RULES, listed, None)
    looking.look(work)
    return _report(looking, _counts(work), listed)


def _report(looking: Looking, checked: dict[str, int], listed: int) -> CheckReport:
    violations: list[Violation] = []
    more: Counter[str] = Counter()
    for rule, found in looking.found():
        violations += [
            Violation(rule.name, str(number), rule.what.format(*facts)) for _, number, *facts in found
        ]
        if found and found[0][0] > listed:
            more[rule.name] += found[0][0] - listed
    return CheckReport(checked, tuple(violations), dict(more))


def _counts(work: Work) -> dict[str, int]:
    return {name: _count(work, name) for name in _COUNTED}


def _count(work: Work, table: str) -> int:
    row = work.first(_COUNTED[table])
    return int(row[0]) if row else 0
