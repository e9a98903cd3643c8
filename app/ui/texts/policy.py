"""A policy in words: which settings stand together, and what each value says."""

from app.shop.reads.policies import OpenSetting
from app.shop.reads.policy import Unit, Value
from app.shop.rules.approval import AutoRule
from app.shop.rules.errors import Invalid
from app.ui.texts import duration, money, number, problem, reason_text, t

GROUPS = {
    "policy.paying": (
        "pay_card_ms",
        "pay_wallet_ms",
        "pay_transfer_ms",
        "extend_card_ms",
        "extend_transfer_ms",
        "grace_ms",
        "attempt_patience_ms",
    ),
    "policy.cancelling": (
        "undo_ms",
        "remorse_ms",
        "request_attempts",
        "respond_ms",
        "silence_approves",
        "confirm_ms",
        "seller_cancels_unpaid",
        "seller_cancels_arranged",
        "auto_approve",
    ),
    "policy.sending": (
        "shipping_minor",
        "ship_working_days",
        "collect_working_days",
        "cancel_sla_working_days",
        "after_sales_ms",
    ),
}
"""Which settings stand together, and in which order."""


def value_words(unit: Unit, value: Value) -> str:
    """What a setting is at; an amount without its currency, which is that of each order."""
    if isinstance(value, tuple):
        return "\n".join(map(rule_words, value)) or t("policy.none")
    if unit is Unit.FLAG:
        return t("yes") if value else t("no")
    if not value:
        return t("policy.free") if unit is Unit.AMOUNT else t("policy.none")
    if unit is Unit.WORKING_DAYS:
        return t("working_days", days=value)
    return duration(value) if unit is Unit.DURATION else number(value)


def rule_words(rule: AutoRule) -> str:
    """What a rule approves, on one line."""
    parts = []
    if rule.reasons:
        parts.append(t("rule.reasons", reasons=", ".join(map(reason_text, rule.reasons))))
    if rule.category is not None:
        parts.append(t("rule.category", category=rule.category))
    if rule.most_minor is not None:
        parts.append(t("rule.amount", amount=money(rule.most_minor, rule.currency or "")))
    if rule.within_ms is not None:
        parts.append(t("rule.within", within=duration(rule.within_ms)))
    return " · ".join(parts) or t("rule.always")


def wrong_words(setting: OpenSetting, error: Invalid) -> str:
    """What is wrong with what was typed, with limits as people read them."""
    low, high = (error.facts.get(name) for name in ("low", "high"))
    if not isinstance(low, int) or not isinstance(high, int):
        return problem(error)
    unit = Unit.DURATION if setting.unit is Unit.RULES else setting.unit
    if low == 0:
        return t("policy.at_most", high=value_words(unit, high))
    return t("policy.between", low=value_words(unit, low), high=value_words(unit, high))
