"""What is asked of a store: rules that look at the same rows share one reading of them."""
# ruff: noqa: S608  (what is put into the queries are words of the rules)

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import text

from app.shop.check.rule import Rule
from app.shop.sql import Row, Statement, Work


@dataclass(frozen=True, slots=True)
class Look:
    """Rules, and the query that tells whether any of them may be broken; without one they all may be."""

    rules: tuple[Rule, ...]
    any: Statement | None = None

    def find(self, work: Work, most: int) -> Mapping[Rule, list[Row]]:
        """What breaks rules, so many rows of each at most; the first of each row is how many there are."""
        if self.any and work.first(self.any) is None:
            return {}
        return {rule: found for rule in self.rules if (found := work.rows(_find(rule), most=most))}


def looks_for(rules: Sequence[Rule]) -> tuple[Look, ...]:
    """The looks that verify all of `rules`, what takes longest first: so several lookers end together."""
    shared: dict[str, list[tuple[Rule, str]]] = {}
    for rule in rules:
        for sign in rule.signs:
            shared.setdefault(sign.given, []).append((rule, sign.broken))
    scans = [
        Look(
            tuple(dict.fromkeys(rule for rule, _ in signs)),
            Statement(text(f"SELECT 1 FROM {given} WHERE {_either(broken for _, broken in signs)} LIMIT 1")),
        )
        for given, signs in sorted(shared.items(), key=lambda one: -len(one[1]))
    ]
    alone = (Look((rule,)) for rule in rules if not rule.signs)
    return (*scans, *alone)


def _either(conditions: Iterable[str]) -> str:
    return " OR ".join(f"({one})" for one in dict.fromkeys(conditions))


@cache
def _find(rule: Rule) -> Statement:
    return Statement(
        text(f"SELECT count(*) OVER (), broken.* FROM ({rule.sql}) AS broken ORDER BY 2 LIMIT :most")
    )
