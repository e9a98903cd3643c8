"""The policy in force: read beside whatever asks for it, and told to whoever asks what the rules are."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.shop.rules.policy import effective
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


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting by its name among the rules; durations in milliseconds, amounts in minor units."""

    code: str
    value: int | bool
    unit: Unit


_UNITS = {"_ms": Unit.DURATION, "_working_days": Unit.WORKING_DAYS, "_minor": Unit.AMOUNT}


def newest_policy(shop_id: Any) -> Any:
    """The newest stored settings of a shop (0: of the platform), to be selected beside its order."""
    newest = select(col(PolicyRow.settings)).where(col(PolicyRow.shop_id) == shop_id)
    return newest.order_by(col(PolicyRow.n).desc()).limit(1).scalar_subquery()


_PLATFORM = Statement(select(newest_policy(0)))


def policy_for(shop: Shop, _actor: Actor) -> tuple[Setting, ...]:
    """Every setting of the platform's policy, which holds wherever a shop has none of its own; no secret."""
    with shop.look() as work:
        (stored,) = work.first(_PLATFORM) or (None,)
    settings = effective(stored, None).settings()
    return tuple(Setting(code, value, _unit(code, value)) for code, value in settings.items())


def _unit(code: str, value: int | bool) -> Unit:
    if isinstance(value, bool):
        return Unit.FLAG
    return next((unit for ending, unit in _UNITS.items() if code.endswith(ending)), Unit.COUNT)
