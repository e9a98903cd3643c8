"""The policy in force: read beside whatever asks for it, and told to whoever asks what the rules are."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.shop.rules.approval import AutoRule
from app.shop.rules.policy import PLATFORM, Policy, effective
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from app.shop.tables import PolicyRow


class Unit(StrEnum):
    """What the value of a setting counts."""

    DURATION = "duration"
    WORKING_DAYS = "working_days"
    AMOUNT = "amount"
    COUNT = "count"
    FLAG = "flag"
    RULES = "rules"


Value = int | bool | tuple[AutoRule, ...]
"""Durations in milliseconds, amounts in minor units."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting by its name among the rules."""

    code: str
    value: Value
    unit: Unit


_UNITS = {"_ms": Unit.DURATION, "_working_days": Unit.WORKING_DAYS, "_minor": Unit.AMOUNT}


def newest_policy(shop_id: Any, column: Any = PolicyRow.settings) -> Any:
    """The newest stored settings of a shop (0: of the platform), or another `column` of their row.

    To be selected beside its order.
    """
    newest = select(col(column)).where(col(PolicyRow.shop_id) == shop_id)
    return newest.order_by(col(PolicyRow.n).desc()).limit(1).scalar_subquery()


_PLATFORM = Statement(select(newest_policy(PLATFORM)))


def policy_for(shop: Shop, _actor: Actor) -> tuple[Setting, ...]:
    """Every setting of the platform's policy, which holds wherever a shop has none of its own; no secret."""
    with shop.look() as work:
        (stored,) = work.first(_PLATFORM) or (None,)
    return settings_of(effective(stored, None))


def settings_of(policy: Policy) -> tuple[Setting, ...]:
    """Every setting of `policy`, in their order."""
    values: tuple[tuple[str, Value], ...] = tuple((code, getattr(policy, code)) for code in policy.settings())
    return tuple(Setting(code, value, unit_of(code, value)) for code, value in values)


def unit_of(code: str, value: Value) -> Unit:
    """What the value of setting `code` counts."""
    if isinstance(value, bool):
        return Unit.FLAG
    if isinstance(value, tuple):
        return Unit.RULES
    return next((unit for ending, unit in _UNITS.items() if code.endswith(ending)), Unit.COUNT)
