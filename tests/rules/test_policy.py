"""The two profiles, and what a shop may set."""

import json

import pytest

from app.shop.rules.errors import Invalid
from app.shop.rules.policy import JOURNEY, LIMITS, PROFILES, RULES, TIKTOK, Policy, effective, profile_of

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000

JOURNEY_SETTINGS = {
    "pay_card_ms": HOUR,
    "pay_wallet_ms": HOUR,
    "pay_transfer_ms": 24 * HOUR,
    "extend_card_ms": 30 * MINUTE,
    "extend_transfer_ms": 24 * HOUR,
    "grace_ms": 2 * MINUTE,
    "attempt_patience_ms": 15 * MINUTE,
    "remorse_ms": 0,
    "respond_ms": 48 * HOUR,
    "confirm_ms": 24 * HOUR,
    "request_attempts": 2,
    "ship_working_days": 2,
    "collect_working_days": 3,
    "cancel_sla_working_days": 1,
    "after_sales_ms": 7 * DAY,
    "undo_ms": 5_000,
    "shipping_minor": 0,
    "seller_cancels_unpaid": False,
    "seller_cancels_arranged": False,
    "silence_approves": True,
    "auto_approve": [],
}


def test_journey_has_the_defaults_of_the_domain() -> None:
    assert JOURNEY.settings() == JOURNEY_SETTINGS
    assert PROFILES == {"journey": JOURNEY, "tiktok": TIKTOK}


def test_tiktok_leaves_an_hour_to_think_and_lets_sellers_cancel_unpaid_orders() -> None:
    assert TIKTOK.settings() == JOURNEY_SETTINGS | {"remorse_ms": HOUR, "seller_cancels_unpaid": True}


def test_every_setting_has_limits_and_both_profiles_keep_them() -> None:
    assert {*LIMITS, RULES} == set(JOURNEY_SETTINGS)
    for profile in PROFILES.values():
        assert Policy().with_settings(profile.settings()) == profile


@pytest.mark.parametrize("name", LIMITS)
def test_a_setting_is_taken_up_to_its_limits_and_refused_one_beyond(name: str) -> None:
    low, high = LIMITS[name]
    kind = bool if isinstance(JOURNEY_SETTINGS[name], bool) else int
    for value in (low, high):
        assert JOURNEY.with_settings({name: kind(value)}).settings()[name] == value
    for value in (low - 1, high + 1):
        with pytest.raises(Invalid) as refused:
            JOURNEY.with_settings({name: value})
        assert refused.value.code == "setting_out_of_range"
        assert refused.value.facts == {"setting": name, "low": low, "high": high, "value": str(value)}


@pytest.mark.parametrize("name", ["pay_card_ms", "pay_wallet_ms", "pay_transfer_ms"])
def test_nobody_gets_more_than_48_hours_to_pay(name: str) -> None:
    assert LIMITS[name][1] == 48 * HOUR


@pytest.mark.parametrize("hours", [1, 3, 5, 24])
def test_the_time_to_think_may_be_what_tiktok_offers(hours: int) -> None:
    assert JOURNEY.with_settings({"remorse_ms": hours * HOUR}).remorse_ms == hours * HOUR


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("grace_ms", "1000"),
        ("grace_ms", 1000.0),
        ("grace_ms", True),
        ("grace_ms", None),
        ("grace_ms", float("nan")),
        ("silence_approves", 1),
        ("silence_approves", "yes"),
        ("silence_approves", [True]),
    ],
)
def test_a_setting_of_another_kind_is_refused(name: str, value: object) -> None:
    with pytest.raises(Invalid, match="setting_out_of_range"):
        JOURNEY.with_settings({name: value})


def test_an_unknown_setting_is_refused_by_name() -> None:
    with pytest.raises(Invalid) as refused:
        JOURNEY.with_settings({"grace": 5})
    assert (refused.value.code, refused.value.facts) == ("unknown_setting", {"setting": "grace"})


def test_the_shops_own_settings_stand_over_the_platforms() -> None:
    platform = json.dumps({"undo_ms": 8_000, "grace_ms": 0})
    own = json.dumps({"undo_ms": 0})
    assert effective(None, None) == JOURNEY
    assert effective(platform, None) == JOURNEY.with_settings({"undo_ms": 8_000, "grace_ms": 0})
    assert effective(platform, own) == JOURNEY.with_settings({"undo_ms": 0, "grace_ms": 0})


def test_a_profile_is_known_by_its_values() -> None:
    assert [profile_of(policy) for policy in (JOURNEY, TIKTOK)] == ["journey", "tiktok"]
    assert profile_of(JOURNEY.with_settings({"undo_ms": 4_000})) is None
