"""What a shop may set, with its limits, and the two profiles it can start from."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import Self

from app.shop.rules.errors import Invalid

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings of a shop. Durations are milliseconds (`…_ms`), working days where the name says so."""

    pay_card_ms: int = HOUR
    pay_wallet_ms: int = HOUR
    pay_transfer_ms: int = DAY
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

    def with_settings(self, settings: Mapping[str, object]) -> Self:
        """This policy with other `settings`; raises Invalid for what is unknown or out of range."""
        for name, value in settings.items():
            if name not in LIMITS:
                raise Invalid("unknown_setting", {"setting": name})
            low, high = LIMITS[name]
            kind = _KINDS[name]
            if type(value) is not kind or not low <= int(value) <= high:  # type: ignore[call-overload]
                raise Invalid(
                    "setting_out_of_range", {"setting": name, "low": low, "high": high, "value": str(value)}
                )
        return replace(self, **settings)  # type: ignore[arg-type]

    def settings(self) -> dict[str, int | bool]:
        """Every setting by name: what a policy file holds."""
        return asdict(self)


_KINDS: dict[str, type] = {f.name: bool if f.type is bool else int for f in fields(Policy)}

LIMITS: dict[str, tuple[int, int]] = {
    "pay_card_ms": (MINUTE, 48 * HOUR),
    "pay_wallet_ms": (MINUTE, 48 * HOUR),
    "pay_transfer_ms": (MINUTE, 48 * HOUR),
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
"""The range each setting may have; pay-by times are never over 48 hours."""

JOURNEY = Policy()
TIKTOK = Policy(remorse_ms=HOUR, seller_cancels_unpaid=True)

PROFILES: dict[str, Policy] = {"journey": JOURNEY, "tiktok": TIKTOK}


@lru_cache(maxsize=256)
def effective(platform: str | None, shop: str | None) -> Policy:
    """The policy of a shop from the newest stored rows (JSON of settings) of the platform and of the shop."""
    policy = JOURNEY
    for stored in (platform, shop):
        if stored:
            policy = policy.with_settings(json.loads(stored))
    return policy
