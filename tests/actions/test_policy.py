"""Setting a policy: by whom, once, one after the other, and without moving what is due already."""

import json
from typing import Any

import pytest

from app.shop.actions.pay import pay
from app.shop.actions.policy import set_policy
from app.shop.reads.policies import open_policy
from app.shop.rules.errors import Invalid, KeyReused, NotFound, Refused
from app.shop.rules.policy import DAY, HOUR, JOURNEY, MINUTE, PLATFORM, PROFILES, TIKTOK
from app.shop.shop import GATEWAY, SYSTEM, Actor, Shop
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    OPS,
    SARI,
    TUAN,
    all_at_once,
    column,
    everything,
    fresh,
    place,
    rows,
)
from tests.conftest import Clock
from tests.people import Stocked


def stored(shop: Shop, shop_id: int = PLATFORM) -> list[tuple[int, int, dict[str, Any]]]:
    """The rows of a policy: n, who, settings."""
    found = rows(
        shop, "SELECT n, actor_id, settings FROM policies WHERE shop_id = :id ORDER BY n", id=shop_id
    )
    return [(n, actor, json.loads(settings)) for n, actor, settings in found]


def test_each_change_is_a_row_of_its_own(shop: Shop, stocked: Stocked) -> None:
    done = set_policy(shop, OPS, PLATFORM, {"undo_ms": 8_000}, key=fresh())
    assert done.answer == {"shop": None, "n": 1, "changed": ["undo_ms"]}
    set_policy(shop, OPS, PLATFORM, {"respond_ms": 24 * HOUR}, key=fresh())
    set_policy(shop, OPS, PLATFORM, {"undo_ms": None}, key=fresh())
    assert stored(shop) == [
        (1, OPS.id, {"undo_ms": 8_000}),
        (2, OPS.id, {"undo_ms": 8_000, "respond_ms": 24 * HOUR}),
        (3, OPS.id, {"respond_ms": 24 * HOUR}),
    ]


def test_what_changes_nothing_writes_no_row(shop: Shop, stocked: Stocked) -> None:
    assert set_policy(shop, OPS, PLATFORM, {"undo_ms": None}, key=fresh()).answer["changed"] == []
    set_policy(shop, OPS, PLATFORM, {"undo_ms": 8_000}, key=fresh())
    assert set_policy(shop, OPS, PLATFORM, {"undo_ms": 8_000}, key=fresh()).answer["n"] == 1
    assert len(stored(shop)) == 1


@pytest.mark.parametrize("actor", [OPS, SYSTEM], ids=["staff", "the system"])
@pytest.mark.parametrize("shop_id", [PLATFORM, IDS.kopi_house])
def test_staff_sets_every_policy(shop: Shop, stocked: Stocked, actor: Actor, shop_id: int) -> None:
    set_policy(shop, actor, shop_id, {"undo_ms": 0}, key=fresh())
    assert stored(shop, shop_id) == [(1, actor.id, {"undo_ms": 0})]


def test_a_member_sets_the_policy_of_their_own_shop(shop: Shop, stocked: Stocked) -> None:
    done = set_policy(shop, SARI, stocked.kopi_house, {"respond_ms": DAY}, key=fresh())
    assert done.answer == {"shop": "kopi-house", "n": 1, "changed": ["respond_ms"]}
    assert done.people == {SARI.id, OPS.id}
    assert open_policy(shop, SARI, "kopi-house").n == 1
    assert open_policy(shop, TUAN, "linen-lab").n == 0


@pytest.mark.parametrize(
    ("actor", "shop_id"),
    [
        (MAI, PLATFORM),
        (SARI, PLATFORM),
        (GATEWAY, PLATFORM),
        (Actor(99), PLATFORM),
        (MAI, IDS.kopi_house),
        (TUAN, IDS.kopi_house),
        (SARI, 99),
        (SARI, -1),
    ],
)
def test_nobody_else_sets_it_or_learns_of_it(
    shop: Shop, stocked: Stocked, actor: Actor, shop_id: int
) -> None:
    before = everything(shop)
    with pytest.raises(NotFound, match="missing"):
        set_policy(shop, actor, shop_id, {"undo_ms": 0}, key=fresh())
    assert everything(shop) == before


def test_a_shop_there_is_not_has_no_policy(shop: Shop, stocked: Stocked) -> None:
    with pytest.raises(NotFound, match="no_such_shop"):
        set_policy(shop, OPS, 99, {"undo_ms": 0}, key=fresh())


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"undo": 5}, "unknown_setting"),
        ({"undo": None}, "unknown_setting"),
        ({"undo_ms": 31_000}, "setting_out_of_range"),
        ({"undo_ms": "5"}, "setting_out_of_range"),
        ({"silence_approves": 1}, "setting_out_of_range"),
        ({"respond_ms": DAY, "request_attempts": 0}, "setting_out_of_range"),
        ({"auto_approve": [{"reasons": ["BU_OTHER"]}]}, "approval_reason"),
    ],
)
def test_a_value_that_will_not_do_is_refused_and_nothing_of_the_rest_is_kept(
    shop: Shop, stocked: Stocked, settings: dict[str, object], code: str
) -> None:
    before = everything(shop)
    with pytest.raises(Invalid, match=f"^{code}"):
        set_policy(shop, OPS, PLATFORM, settings, key=fresh())
    assert everything(shop) == before


def test_the_same_key_sets_it_once_and_answers_the_same(shop: Shop, stocked: Stocked) -> None:
    first = set_policy(shop, OPS, PLATFORM, {"undo_ms": 8_000, "grace_ms": 0}, 0, key="k")
    again = set_policy(shop, OPS, PLATFORM, {"grace_ms": 0, "undo_ms": 8_000}, 0, key="k")
    assert first == again
    assert len(stored(shop)) == 1
    with pytest.raises(KeyReused):
        set_policy(shop, OPS, PLATFORM, {"undo_ms": 9_000}, 0, key="k")


def test_who_edits_what_somebody_else_has_set_since_is_told_and_nothing_is_lost(
    shop: Shop, stocked: Stocked
) -> None:
    set_policy(shop, OPS, PLATFORM, {"undo_ms": 8_000}, 0, key=fresh())
    with pytest.raises(Refused, match="changed"):
        set_policy(shop, OPS, PLATFORM, {"undo_ms": 2_000, "grace_ms": 0}, 0, key=fresh())
    assert stored(shop) == [(1, OPS.id, {"undo_ms": 8_000})]
    set_policy(shop, OPS, PLATFORM, {"grace_ms": 0}, 1, key=fresh())
    assert stored(shop)[-1][2] == {"undo_ms": 8_000, "grace_ms": 0}


def test_of_two_who_edit_at_once_one_is_told(shop: Shop, stocked: Stocked) -> None:
    def edit(n: int) -> str:
        set_policy(shop, OPS, PLATFORM, {"undo_ms": n * 1_000}, 0, key=fresh())
        return "set"

    ends = all_at_once(*(lambda n=n: edit(n) for n in range(1, 9)))
    assert sorted(ends) == ["changed"] * 7 + ["set"]
    assert len(stored(shop)) == 1


def test_what_is_set_at_once_without_looking_comes_one_after_the_other(shop: Shop, stocked: Stocked) -> None:
    names = ("undo_ms", "grace_ms", "remorse_ms", "shipping_minor")

    def edit(name: str) -> str:
        set_policy(shop, OPS, PLATFORM, {name: 3_000}, key=fresh())
        return "set"

    assert all_at_once(*(lambda name=name: edit(name) for name in names)) == ["set"] * 4
    assert stored(shop)[-1][2] == dict.fromkeys(names, 3_000)
    assert [n for n, _, _ in stored(shop)] == [1, 2, 3, 4]


def test_a_command_sent_twice_at_one_instant_sets_it_once(shop: Shop, stocked: Stocked) -> None:
    def edit() -> int:
        return int(set_policy(shop, OPS, PLATFORM, {"undo_ms": 3_000}, key="twice").answer["n"])

    assert all_at_once(edit, edit, edit) == [1, 1, 1]
    assert len(stored(shop)) == 1


def test_what_is_due_already_stays_due_when_it_was(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    unpaid = place(shop, (stocked.cream, 1))
    paid = place(shop, (stocked.forest, 1))
    pay(shop, MAI, paid, key=fresh())
    deadlines = ("pay_by", "remorse_until", "ship_by", "collect_by", "cancel_sla", "due_at", "due_step")
    before = [column(shop, number, name) for number in (unpaid, paid) for name in deadlines]
    shorter = {"pay_card_ms": MINUTE, "ship_working_days": 1, "collect_working_days": 1, "remorse_ms": HOUR}
    set_policy(shop, OPS, PLATFORM, shorter, key=fresh())
    set_policy(shop, SARI, stocked.kopi_house, {"pay_card_ms": 48 * HOUR}, key=fresh())
    assert [column(shop, number, name) for number in (unpaid, paid) for name in deadlines] == before
    later = place(shop, (stocked.cream, 1), buyer=BUDI)
    assert column(shop, later, "pay_by") == clock.at + 48 * HOUR


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_is_applied_as_a_whole(shop: Shop, stocked: Stocked, name: str) -> None:
    set_policy(shop, OPS, PLATFORM, {"undo_ms": 0, "auto_approve": [{}], "remorse_ms": MINUTE}, key=fresh())
    set_policy(shop, OPS, PLATFORM, PROFILES[name].settings(), key=fresh())
    assert open_policy(shop, OPS).profile == name


def test_a_shop_keeps_what_it_set_when_the_platform_changes(shop: Shop, stocked: Stocked) -> None:
    set_policy(shop, SARI, stocked.kopi_house, {"undo_ms": 2_000}, key=fresh())
    set_policy(shop, OPS, PLATFORM, TIKTOK.settings() | {"undo_ms": 9_000}, key=fresh())
    values = {one.code: one.value for one in open_policy(shop, SARI, "kopi-house").settings}
    assert (values["undo_ms"], values["remorse_ms"]) == (2_000, HOUR)
    set_policy(shop, SARI, stocked.kopi_house, {"undo_ms": None}, key=fresh())
    values = {one.code: one.value for one in open_policy(shop, SARI, "kopi-house").settings}
    assert values["undo_ms"] == 9_000 != JOURNEY.undo_ms
