"""Policies as those see them who set them."""

import pytest

from app.shop.actions.policy import set_policy
from app.shop.reads.policies import (
    OpenSetting,
    PolicyEdit,
    SettingChange,
    ShopPolicy,
    Source,
    open_policy,
    policy_edits,
    policy_shops,
)
from app.shop.reads.policy import Unit
from app.shop.rules.approval import AutoRule
from app.shop.rules.errors import NotFound
from app.shop.rules.policy import HOUR, LIMITS, PLATFORM, SECOND, TIKTOK
from app.shop.shop import SYSTEM, Actor, Shop
from tests.actions.steps import MAI, OPS, SARI, TUAN, fresh, settle
from tests.conftest import MONDAY, Clock
from tests.people import Stocked


def told(shop: Shop, actor: Actor, handle: str | None = None) -> dict[str, OpenSetting]:
    """The settings `actor` sees, by code."""
    return {one.code: one for one in open_policy(shop, actor, handle).settings}


def test_each_setting_says_where_it_comes_from_and_within_which_limits(shop: Shop, stocked: Stocked) -> None:
    set_policy(shop, OPS, PLATFORM, {"undo_ms": 8 * SECOND, "grace_ms": 0}, key=fresh())
    set_policy(shop, SARI, stocked.kopi_house, {"undo_ms": 2 * SECOND}, key=fresh())
    platform, own = told(shop, OPS), told(shop, SARI, "kopi-house")
    limits = LIMITS["undo_ms"]
    platforms = OpenSetting("undo_ms", 8 * SECOND, Unit.DURATION, Source.PLATFORM, 5 * SECOND, *limits)
    assert platform["undo_ms"] == platforms
    shops = OpenSetting("undo_ms", 2 * SECOND, Unit.DURATION, Source.SHOP, 8 * SECOND, *limits)
    assert own["undo_ms"] == shops
    assert own["grace_ms"].source is Source.PLATFORM
    assert platform["respond_ms"].source is own["respond_ms"].source is Source.DEFAULT
    assert (platform["auto_approve"].low, platform["auto_approve"].unit) == (None, Unit.RULES)


def test_a_policy_says_whose_it_is_and_which_profile(shop: Shop, stocked: Stocked) -> None:
    policy = open_policy(shop, OPS)
    assert (policy.shop_id, policy.handle, policy.n, policy.profile) == (PLATFORM, None, 0, "journey")
    settle(shop, TIKTOK)
    own = open_policy(shop, OPS, "kopi-house")
    assert (own.shop_id, own.handle, own.name) == (stocked.kopi_house, "kopi-house", "Kopi House")
    assert (own.n, own.profile, open_policy(shop, SYSTEM).n) == (0, "tiktok", 1)


@pytest.mark.parametrize(
    ("actor", "handle"), [(MAI, None), (SARI, None), (TUAN, "kopi-house"), (MAI, "nobody")]
)
def test_what_is_not_theirs_is_not_there(
    shop: Shop, stocked: Stocked, actor: Actor, handle: str | None
) -> None:
    for read in (open_policy, policy_edits):
        with pytest.raises(NotFound, match="missing"):
            read(shop, actor, handle)
    with pytest.raises(NotFound, match="missing"):
        policy_shops(shop, actor)


def test_staff_is_told_that_there_is_no_such_shop(shop: Shop, stocked: Stocked) -> None:
    with pytest.raises(NotFound, match="no_such_shop"):
        open_policy(shop, OPS, "nobody")


def test_the_history_says_who_changed_what_from_what_to_what(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    set_policy(shop, OPS, PLATFORM, {"undo_ms": 8_000}, key=fresh())
    clock.move(hours=1)
    rule = {"reasons": ["BP_MISTAKE"], "within_ms": HOUR}
    set_policy(shop, SYSTEM, PLATFORM, {"undo_ms": None, "auto_approve": [rule]}, key=fresh())
    newest, first = policy_edits(shop, OPS)
    changed = SettingChange("undo_ms", Unit.DURATION, 5_000, 8_000)
    assert first == PolicyEdit(1, MONDAY, "ops", (changed,))
    assert (newest.n, newest.at, newest.by) == (2, MONDAY + HOUR, None)
    assert newest.changes == (
        SettingChange("undo_ms", Unit.DURATION, 8_000, 5_000),
        SettingChange("auto_approve", Unit.RULES, (), (AutoRule(("BP_MISTAKE",), within_ms=HOUR),)),
    )


def test_in_a_shops_history_what_is_not_set_is_the_platforms(shop: Shop, stocked: Stocked) -> None:
    set_policy(shop, SARI, stocked.kopi_house, {"undo_ms": 2_000}, key=fresh())
    set_policy(shop, OPS, stocked.kopi_house, {"undo_ms": None}, key=fresh())
    newest, first = policy_edits(shop, SARI, "kopi-house")
    assert first.changes == (SettingChange("undo_ms", Unit.DURATION, None, 2_000),)
    assert newest.changes == (SettingChange("undo_ms", Unit.DURATION, 2_000, None),)
    assert [one.by for one in (newest, first)] == ["ops", "sari"]


def test_a_long_history_comes_in_pages_without_gap_or_repeat(shop: Shop, stocked: Stocked) -> None:
    for n in range(1, 8):
        set_policy(shop, OPS, PLATFORM, {"undo_ms": n * 1_000 + 500}, key=fresh())
    whole = policy_edits(shop, OPS)
    first = policy_edits(shop, OPS, limit=3)
    second = policy_edits(shop, OPS, before=first[-1].n, limit=3)
    assert [*first, *second, *policy_edits(shop, OPS, before=second[-1].n, limit=3)] == [*whole]
    assert [one.changes[0].before for one in whole][-2:] == [1_500, 5_000]


def test_shops_are_found_by_the_beginning_of_their_handle(shop: Shop, stocked: Stocked) -> None:
    set_policy(shop, OPS, stocked.kopi_house, {"undo_ms": 2_000, "grace_ms": 0}, key=fresh())
    kopi, linen = ShopPolicy("kopi-house", "Kopi House", 2), ShopPolicy("linen-lab", "Linen Lab", 0)
    assert policy_shops(shop, OPS) == (kopi, linen)
    assert policy_shops(shop, OPS, limit=1) == (kopi,)
    assert policy_shops(shop, OPS, " @Lin") == (linen,)
    assert policy_shops(shop, OPS, "nobody") == ()
