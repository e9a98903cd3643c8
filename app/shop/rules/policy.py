"""What a shop may set, with its limits, and the two profiles it can start from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Self

from app.shop.rules.approval import AutoRule, rules_from
from app.shop.rules.errors import Invalid

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
PLATFORM = 0
"""In place of a shop's id: the platform, whose policy holds wherever a shop has none of its own."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings of a shop. Durations are milliseconds (`…_ms`), working days where the name says so."""

    pay_card_ms: int = HOUR
    pay_wallet_ms: int = HOUR
    pay_transfer_ms: int = DAY
    extend_card_ms: int = 30 * MINUTE
    extend_transfer_ms: int = 24 * HOUR
    grace_ms: int = 2 * MINUTE
    attempt_patience_ms: int = 15 * MINUTE
    remorse_ms: int = 0
    respond_ms: int = 48 * HOUR
    confirm_ms: int = 24 * HOUR
    request_attempts: int = 2
    ship_working_days: int = 2
    collect_working_days: int = 3
    cancel_sla_working_days: int = 1
    after_sales_ms: int = 7 * DAY
    undo_ms: int = 5 * SECOND
    shipping_minor: int = 0
    seller_cancels_unpaid: bool = False
    seller_cancels_arranged: bool = False
    silence_approves: bool = True
    auto_approve: tuple[AutoRule, ...] = ()

    def with_settings(self, settings: Mapping[str, object]) -> Self:
        """This policy with other `settings`; raises Invalid for what is unknown or out of range."""
        return replace(self, **{name: checked_setting(name, value) for name, value in settings.items()})

    def settings(self) -> dict[str, Any]:
        """Every setting by name, as JSON has it: what a policy file holds."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return values | {RULES: [rule.as_json() for rule in self.auto_approve]}


RULES = "auto_approve"
"""The one setting that is neither a number nor a switch."""
_KINDS: dict[str, type] = {f.name: bool if f.type is bool else int for f in fields(Policy) if f.name != RULES}


def checked_setting(name: str, value: object) -> Any:
    """`value` as setting `name` keeps it; raises Invalid for an unknown name or a value out of range."""
    if name == RULES:
        return rules_from(value)
    if name not in LIMITS:
        raise Invalid("unknown_setting", {"setting": name})
    low, high = LIMITS[name]
    if type(value) is not _KINDS[name] or not low <= int(value) <= high:  # type: ignore[call-overload]
        facts: dict[str, str | int] = {"setting": name, "low": low, "high": high, "value": str(value)}
        raise Invalid("setting_out_of_range", facts)
    return value


LIMITS: dict[str, tuple[int, int]] = {
    "pay_card_ms": (MINUTE, 48 * HOUR),
    "pay_wallet_ms": (MINUTE, 48 * HOUR),
    "pay_transfer_ms": (MINUTE, 48 * HOUR),
    "extend_card_ms": (0, 48 * HOUR),
    "extend_transfer_ms": (0, 48 * HOUR),
    "grace_ms": (0, HOUR),
    "attempt_patience_ms": (0, DAY),
    "remorse_ms": (0, DAY),
    "respond_ms": (HOUR, 7 * DAY),
    "confirm_ms": (HOUR, 7 * DAY),
    "request_attempts": (1, 10),
    "ship_working_days": (1, 30),
    "collect_working_days": (1, 30),
    "cancel_sla_working_days": (1, 30),
    "after_sales_ms": (0, 90 * DAY),
    "undo_ms": (0, 30 * SECOND),
    "shipping_minor": (0, 1_000_000_000),
    "seller_cancels_unpaid": (0, 1),
    "seller_cancels_arranged": (0, 1),
    "silence_approves": (0, 1),
}
"""The range each number and switch may have; pay-by times are never over 48 hours."""

JOURNEY = Policy()
TIKTOK = Policy(remorse_ms=HOUR, seller_cancels_unpaid=True)

PROFILES: dict[str, Policy] = {"journey": JOURNEY, "tiktok": TIKTOK}


def profile_of(policy: Policy) -> str | None:
    """The name of the profile that `policy` is, None where it is a mixture of its own."""
    return next((name for name, profile in PROFILES.items() if profile == policy), None)


@lru_cache(maxsize=256)
def effective(platform: str | None, shop: str | None) -> Policy:
    """The policy of a shop from the newest stored rows (JSON of settings) of the platform and of the shop."""
    policy = JOURNEY
    for stored in (platform, shop):
        if stored:
            policy = policy.with_settings(json.loads(stored))
    return policy
