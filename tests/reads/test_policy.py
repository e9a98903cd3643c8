"""The policy as people may read it."""

import pytest

from app.shop.reads.policy import Setting, Unit, policy_for
from app.shop.rules.policy import DAY, HOUR, JOURNEY, MINUTE, SECOND, TIKTOK, Policy
from app.shop.shop import Shop
from tests.actions.steps import BUDI, MAI, OPS, SARI, run, settle
from tests.people import Stocked

NO_RULES = JOURNEY.settings() | {"auto_approve": ()}


def told(shop: Shop) -> dict[str, Setting]:
    """The settings mai reads, by code."""
    return {setting.code: setting for setting in policy_for(shop, MAI)}


def test_every_setting_is_told_with_what_it_counts(shop: Shop, stocked: Stocked) -> None:
    settings = told(shop)
    assert {code: setting.value for code, setting in settings.items()} == NO_RULES
    assert settings["pay_card_ms"] == Setting("pay_card_ms", HOUR, Unit.DURATION)
    assert settings["pay_transfer_ms"].value == DAY
    assert settings["respond_ms"].value == 48 * HOUR
    assert settings["undo_ms"].value == 5 * SECOND
    assert settings["remorse_ms"].value == 0
    assert settings["ship_working_days"] == Setting("ship_working_days", 2, Unit.WORKING_DAYS)
    assert settings["shipping_minor"] == Setting("shipping_minor", 0, Unit.AMOUNT)
    assert settings["request_attempts"] == Setting("request_attempts", 2, Unit.COUNT)
    assert settings["silence_approves"] == Setting("silence_approves", True, Unit.FLAG)


def test_the_newest_policy_is_told_to_everyone_alike(shop: Shop, stocked: Stocked) -> None:
    settle(shop, TIKTOK)
    assert told(shop)["remorse_ms"].value == HOUR
    settle(shop, Policy(pay_card_ms=30 * MINUTE))
    assert told(shop)["remorse_ms"].value == 0
    assert told(shop)["pay_card_ms"].value == 30 * MINUTE
    for other in (BUDI, SARI, OPS):
        assert policy_for(shop, other) == policy_for(shop, MAI)


def test_a_store_without_a_policy_follows_the_journey(sqlite_shop: Shop) -> None:
    run(sqlite_shop, "DELETE FROM policies")
    assert {one.code: one.value for one in policy_for(sqlite_shop, MAI)} == NO_RULES


@pytest.mark.parametrize("unit", Unit)
def test_a_value_is_of_the_kind_its_unit_says(sqlite_shop: Shop, unit: Unit) -> None:
    values = [one.value for one in policy_for(sqlite_shop, MAI) if one.unit is unit]
    assert values
    assert {type(value) for value in values} == {{Unit.FLAG: bool, Unit.RULES: tuple}.get(unit, int)}
