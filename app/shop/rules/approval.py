"""Which requests to cancel are approved at once, without the seller: rules that are data of a policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from re import fullmatch
from typing import TYPE_CHECKING, Any

from app.shop.rules.errors import Invalid
from app.shop.rules.money import LARGEST_MINOR
from app.shop.rules.reasons import BUYER_PAID
from app.shop.rules.words import clean

if TYPE_CHECKING:
    from app.shop.rules.policy import Policy

MOST_RULES = 20
CATEGORY_LONGEST = 60
SHORTEST_MS, LONGEST_MS = 60_000, 90 * 86_400_000
"""The range a time since payment may have."""
REASON_CODES = tuple(reason.code for reason in BUYER_PAID)
"""What a rule may name: the reasons a buyer gives for a paid order."""


@dataclass(frozen=True, slots=True)
class AutoRule:
    """One rule; what is empty or None does not limit it, so that a rule with nothing in it approves all.

    `category` is compared without case, `most_minor` in minor units of `currency`, `within_ms` from the
    payment on. All that is given must hold.
    """

    reasons: tuple[str, ...] = ()
    category: str | None = None
    most_minor: int | None = None
    currency: str | None = None
    within_ms: int | None = None

    def as_json(self) -> dict[str, Any]:
        """What it limits, by name: as policies and policy files hold it."""
        told = {"reasons": list(self.reasons)} | {name: getattr(self, name) for name in _NAMES[1:]}
        return {name: value for name, value in told.items() if value not in (None, [])}

    def holds(
        self, reason: str, category: str | None, amount_minor: int, currency: str, since_ms: int | None
    ) -> bool:
        """Whether it approves; `since_ms` is the time since the payment, None where nothing was paid."""
        return (
            (not self.reasons or reason in self.reasons)
            and (self.category is None or self.category.casefold() == (category or "").casefold())
            and (self.most_minor is None or (currency == self.currency and amount_minor <= self.most_minor))
            and (self.within_ms is None or (since_ms is not None and since_ms <= self.within_ms))
        )


_NAMES = tuple(field.name for field in fields(AutoRule))


def approves(
    policy: Policy,
    reason: str,
    category: str | None,
    amount_minor: int,
    currency: str,
    paid_at: int | None,
    now: int,
) -> AutoRule | None:
    """The first rule of `policy` that approves a request to cancel at once, or None: the seller answers.

    `category` is the one that all lines share (None where they share none), `amount_minor` what would go
    back, `paid_at` when it was paid (ms UTC; None: cash on delivery, which no rule with a time approves).
    """
    since = None if paid_at is None else now - paid_at
    return next(
        (rule for rule in policy.auto_approve if rule.holds(reason, category, amount_minor, currency, since)),
        None,
    )


def rules_from(value: object) -> tuple[AutoRule, ...]:
    """Rules as a policy or its file has them (`AutoRule.as_json`, or rules themselves), checked.

    Raises Invalid, with the number of the rule (from 1) and the name of what is wrong in it.
    """
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Invalid("approval_rule_unreadable", {"setting": "auto_approve", "rule": 1, "part": "rules"})
    if len(value) > MOST_RULES:
        raise Invalid("too_many_rules", {"setting": "auto_approve", "most": MOST_RULES})
    return tuple(_rule(one, n) for n, one in enumerate(value, 1))


def _rule(value: object, n: int) -> AutoRule:
    told: Any = value.as_json() if isinstance(value, AutoRule) else value
    if not isinstance(told, Mapping):
        raise _wrong("approval_rule_unreadable", n, "rules")
    unknown = next((name for name in told if name not in _NAMES), None)
    if unknown is not None:
        raise _wrong("approval_rule_unreadable", n, str(unknown))
    amount, currency = told.get("most_minor"), told.get("currency")
    if amount is not None and not _whole(amount, 0, LARGEST_MINOR):
        raise _wrong("approval_amount", n, "most_minor", value=str(amount))
    if (amount is None) is not (currency is None) or not (currency is None or _is_currency(currency)):
        raise _wrong("approval_currency", n, "currency")
    within = told.get("within_ms")
    if within is not None and not _whole(within, SHORTEST_MS, LONGEST_MS):
        raise _wrong("approval_time", n, "within_ms", low=SHORTEST_MS, high=LONGEST_MS, value=str(within))
    return AutoRule(_reasons(told.get("reasons"), n), _category(told, n), amount, currency, within)


def _reasons(value: object, n: int) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise _wrong("approval_rule_unreadable", n, "reasons")
    unknown = next((code for code in value if code not in REASON_CODES), None)
    if unknown is not None:
        raise _wrong("approval_reason", n, "reasons", value=str(unknown))
    return tuple(code for code in REASON_CODES if code in value)


def _category(told: Mapping[str, Any], n: int) -> str | None:
    value = told.get("category")
    if value is None:
        return None
    if not isinstance(value, str):
        raise _wrong("approval_rule_unreadable", n, "category")
    try:
        category = clean(value, CATEGORY_LONGEST)
    except Invalid as error:
        raise _wrong(error.code, n, "category", **error.facts) from error
    if not category or "\n" in category:
        raise _wrong("approval_rule_unreadable", n, "category")
    return category


def _whole(value: object, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _is_currency(value: object) -> bool:
    return isinstance(value, str) and fullmatch("[A-Z]{3}", value) is not None


def _wrong(code: str, n: int, part: str, **facts: str | int) -> Invalid:
    named: dict[str, str | int] = {"setting": "auto_approve", "rule": n, "part": part}
    return Invalid(code, named | facts)
