"""The screens of the platform's staff, and what others see in their place."""

from pathlib import Path
from typing import Any

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.pay import pay
from app.shop.actions.policy import set_policy
from app.shop.reads.policies import open_policy
from app.shop.rules.policy import DAY, HOUR, JOURNEY, MINUTE, PLATFORM, TIKTOK
from app.shop.shop import Shop
from app.ui import routes, saving
from app.ui.entries import PLATFORM_ENTRIES
from tests.actions.steps import BUDI, MAI, OPS, SARI, TUAN, fresh, place, rows
from tests.client import Node, nodes
from tests.conftest import Clock
from tests.headless import Phone
from tests.people import Stocked
from tests.ui.looking import WIDE, Busy, Look, broken, once_before

IDS = Stocked()
LISTED = [entry for entry in PLATFORM_ENTRIES if not entry.guarded]
SCREENS = [entry.path for entry in LISTED]
TABLES = {
    routes.PLATFORM: "policies",
    routes.PLATFORM_REQUESTS: "requests",
    routes.PLATFORM_POLICY: "policies",
    routes.PLATFORM_SHOPS: "policies",
    routes.PLATFORM_REASONS: "shops",
    routes.PLATFORM_AUDIT: "events",
}
"""What a screen cannot do without."""


def values(shop: Shop, handle: str | None = None) -> dict[str, Any]:
    """The settings in force."""
    return {one.code: one.value for one in open_policy(shop, OPS, handle).settings}


def field(phone: Phone, identifier: str) -> Node:
    """The field with this identifier."""
    found = phone.find(identifier)
    assert found is not None, phone.identifiers()
    return next(nodes(found, "TextField"))


async def retype(phone: Phone, identifier: str, text: str) -> None:
    """Type `text` in place of what stands in a field."""
    await phone.shows(identifier)
    await phone._event(field(phone, identifier), "change", text, value=text)


async def save(phone: Phone) -> None:
    """Save what was typed, and look at what changes before."""
    await phone.tap("save-policy")
    await phone.tap("confirm-save")
    await phone.until(lambda: not phone.find("confirm-save"))


# Who sees it


async def test_staff_is_led_there_from_the_menu_and_the_settings(look: Look) -> None:
    async with look.at("/", OPS) as phone:
        await phone.tap("menu")
        await phone.tap("go-platform")
        await phone.until(lambda: phone.route == routes.PLATFORM)
        await phone.until(lambda: phone.find("go-platform-policy"))
        assert [one for one in phone.identifiers() if one.startswith("go-platform-")] == [
            entry.identifier for entry in LISTED
        ]
        await phone.visit(routes.SETTINGS)
        await phone.shows("go-platform")


async def test_nobody_else_is(look: Look) -> None:
    async with look.at("/", SARI) as phone:
        await phone.tap("menu")
        await phone.shows("go-settings")
        assert not phone.find("go-platform")
        await phone.visit(routes.SETTINGS)
        await phone.shows("go-language")
        assert not phone.find("go-platform")


@pytest.mark.parametrize("address", [routes.PLATFORM, *SCREENS, routes.policy_of_shop("kopi-house")])
async def test_to_others_there_is_nothing_at_these_addresses(look: Look, address: str) -> None:
    async with look.at(address, MAI) as phone:
        await phone.until(lambda: phone.sees("There is nothing at this address"))
        assert not [one for one in phone.identifiers() if one.startswith(("go-platform", "set-", "audit-"))]


@pytest.mark.parametrize("address", [routes.PLATFORM, *SCREENS])
async def test_a_screen_loads_fails_calmly_and_is_tried_again(shop: Shop, look: Look, address: str) -> None:
    machine = Busy()
    async with look.at(address, OPS, app=once_before(machine.begin)) as phone:
        await phone.until(lambda: phone.sees("Loading"))
        machine.end()
        await phone.until(lambda: not phone.sees("Loading"))
    async with look.at(routes.SETTINGS, OPS, fails=True) as phone:
        await phone.shows("go-platform")
        with broken(shop, TABLES[address]):
            await phone.visit(address)
            await phone.shows("try-again")
        await phone.tap("try-again")
        await phone.until(lambda: not phone.find("try-again") and len(phone.texts()) > 2)


async def test_side_by_side_the_way_one_took_is_marked(look: Look) -> None:
    async with look.at(routes.audit(days=7), OPS, size=WIDE) as phone:
        row = await phone.shows("go-platform-audit")
        assert row["selected"]
        assert phone.find("audit-search")
        await phone.tap("go-platform-policy")
        await phone.until(lambda: phone.find("profile-journey"))


async def test_the_account_that_is_staff_is_marked_as_such(look: Look) -> None:
    async with look.at(routes.ACCOUNTS) as phone:
        await phone.until(lambda: phone.sees("@ops · works for the platform"))
        await phone.tap("account-ops")
        await phone.until(lambda: phone.route == "/" and phone.sees("@ops"))
        await phone.tap("menu")
        await phone.shows("go-platform")


# Policy


async def test_a_setting_is_typed_looked_at_once_more_and_saved(shop: Shop, look: Look) -> None:
    async with look.at(routes.PLATFORM_POLICY, OPS) as phone:
        await phone.shows("set-respond_ms-day")
        assert field(phone, "set-respond_ms-day")["value"] == "2"
        assert not phone.find("save-policy")
        await retype(phone, "set-respond_ms-day", "1")
        await retype(phone, "set-pay_card_ms-minute", "30")
        await phone.tap("set-seller_cancels_unpaid")
        await phone.until(lambda: phone.sees("Until now: 2 days"))
        await phone.tap("save-policy")
        await phone.until(lambda: phone.sees("From 2 days to 1 day"))
        assert phone.sees("From 1 hour to 1 hour 30 minutes")
        assert phone.sees("From No to Yes")
        await phone.tap("confirm-save")
        await phone.until(lambda: phone.sees("Saved. It counts from now on."))
        await phone.until(lambda: not phone.find("save-policy") and phone.sees("Set by the platform"))
    told = values(shop)
    changed = {"respond_ms": 24 * HOUR, "pay_card_ms": 90 * MINUTE, "seller_cancels_unpaid": True}
    assert told == JOURNEY.settings() | changed | {"auto_approve": ()}
    assert rows(shop, "SELECT n, actor_id FROM policies WHERE shop_id = 0") == [(1, OPS.id)]


@pytest.mark.parametrize(
    ("identifier", "typed", "said"),
    [
        ("set-undo_ms-second", "31", "At most 30 seconds."),
        ("set-respond_ms-day", "8", "Between 1 hour and 7 days."),
        ("set-request_attempts-times", "0", "Between 1 and 10."),
        ("set-ship_working_days-working_day", "31", "Between 1 working day and 30 working days."),
        ("set-ship_working_days-working_day", "soon", "Please write a whole number."),
        ("set-shipping_minor-minor", "-5", "Please write a whole number."),
        ("set-grace_ms-minute", "", "Please write a whole number."),
    ],
)
async def test_what_will_not_do_is_said_at_the_field_and_not_saved(
    shop: Shop, look: Look, identifier: str, typed: str, said: str
) -> None:
    async with look.at(routes.PLATFORM_POLICY, OPS) as phone:
        await retype(phone, identifier, typed)
        await phone.tap("save-policy")
        await phone.until(lambda: phone.sees(said))
        assert not phone.find("confirm-save")
        assert field(phone, identifier)["value"] == typed
    assert rows(shop, "SELECT count(*) FROM policies") == [(0,)]


async def test_an_edit_is_undone_alone_or_with_all_others(look: Look) -> None:
    async with look.at(routes.PLATFORM_POLICY, OPS) as phone:
        await retype(phone, "set-respond_ms-day", "1")
        await retype(phone, "set-undo_ms-second", "9")
        await phone.tap("undo-undo_ms")
        await phone.until(lambda: field(phone, "set-undo_ms-second")["value"] == "5")
        assert field(phone, "set-respond_ms-day")["value"] == "1"
        await phone.tap("discard")
        await phone.until(lambda: not phone.find("discard"))
        assert field(phone, "set-respond_ms-day")["value"] == "2"


async def test_a_turned_window_keeps_an_edit_and_upon_what_it_was_begun(shop: Shop, look: Look) -> None:
    async with look.at(routes.PLATFORM_POLICY, OPS) as phone:
        await retype(phone, "set-respond_ms-day", "1")
        set_policy(shop, OPS, PLATFORM, {"undo_ms": 2_000}, key=fresh())
        await phone.resize(*WIDE)
        await phone.shows("rail-orders")
        await phone.shows("set-respond_ms-day")
        assert field(phone, "set-respond_ms-day")["value"] == "1"
        await save(phone)
        await phone.until(lambda: phone.sees("Something changed in the meantime. Please look again."))
        await phone.resize(412, 915)
        await phone.until(lambda: not phone.find("rail-orders") and phone.find("save-policy"))
        await save(phone)
        await phone.until(lambda: not phone.find("discard"))
    assert values(shop)["respond_ms"] == DAY


async def test_a_profile_is_chosen_as_a_whole(shop: Shop, look: Look) -> None:
    set_policy(shop, OPS, PLATFORM, {"undo_ms": 2_000}, key=fresh())
    async with look.at(routes.PLATFORM_POLICY, OPS) as phone:
        journey = await phone.shows("profile-journey")
        assert not journey["selected"]
        await phone.until(lambda: phone.sees("Some settings differ from both."))
        await phone.tap("profile-tiktok")
        await phone.until(lambda: (phone.find("profile-tiktok") or {}).get("selected"))
        await save(phone)
        await phone.until(lambda: phone.sees("Saved. It counts from now on."))
    assert values(shop) == TIKTOK.settings() | {"auto_approve": ()}


async def test_what_was_set_goes_back_to_what_stands_above(shop: Shop, look: Look) -> None:
    set_policy(shop, OPS, PLATFORM, {"undo_ms": 2_000}, key=fresh())
    set_policy(shop, SARI, IDS.kopi_house, {"undo_ms": 9_000}, key=fresh())
    for address, actor, handle, value in (
        (routes.own_policy("kopi-house"), SARI, "kopi-house", 2_000),
        (routes.PLATFORM_POLICY, OPS, None, 5_000),
    ):
        async with look.at(address, actor) as phone:
            await phone.tap("reset-undo_ms")
            await save(phone)
            await phone.until(lambda: not phone.find("discard"))
        assert values(shop, handle)["undo_ms"] == value


async def test_a_member_sets_the_rules_of_their_shop_and_sees_the_platforms(shop: Shop, look: Look) -> None:
    async with look.at(routes.own_policy("kopi-house"), SARI) as phone:
        await phone.until(lambda: phone.sees("Rules of @kopi-house"))
        await retype(phone, "set-remorse_ms-hour", "1")
        await save(phone)
        await phone.until(lambda: phone.sees("Set by the shop"))
        await phone.until(lambda: phone.sees("From as the platform has it to 1 hour"))
        assert phone.sees("@sari · ")
    assert values(shop, "kopi-house")["remorse_ms"] == HOUR
    assert values(shop)["remorse_ms"] == 0
    async with look.at(routes.own_policy("kopi-house"), TUAN) as phone:
        await phone.until(lambda: phone.sees("There is nothing at this address"))


async def test_who_saves_upon_somebody_elses_change_is_told_and_loses_nothing(shop: Shop, look: Look) -> None:
    async with look.at(routes.PLATFORM_POLICY, OPS) as phone:
        await retype(phone, "set-undo_ms-second", "9")
        set_policy(shop, OPS, PLATFORM, {"undo_ms": 2_000, "grace_ms": 0}, key=fresh())
        await save(phone)
        await phone.until(lambda: phone.sees("Something changed in the meantime. Please look again."))
        assert field(phone, "set-undo_ms-second")["value"] == "9"
        await phone.until(lambda: phone.sees("Until now: 2 seconds"))
        assert values(shop)["undo_ms"] == 2_000
        await save(phone)
        await phone.until(lambda: phone.sees("Saved. It counts from now on."))
    told = values(shop)
    assert (told["undo_ms"], told["grace_ms"]) == (9_000, 0)


async def test_rules_of_approval_are_added_said_in_words_and_removed(shop: Shop, look: Look) -> None:
    async with look.at(routes.PLATFORM_POLICY, OPS) as phone:
        await phone.tap("add-rule")
        await phone.tap("rule-1-bp_mistake")
        await phone.until(lambda: (phone.find("rule-1-bp_mistake") or {}).get("selected"))
        await retype(phone, "rule-1-category", "bags")
        await retype(phone, "rule-1-amount", "500000")
        await phone.tap("save-policy")
        await phone.until(lambda: phone.sees("An amount and its currency of three letters"))
        await retype(phone, "rule-1-currency", "idr")
        await retype(phone, "rule-1-within-hour", "1")
        await phone.tap("add-rule")
        await retype(phone, "rule-2-within-minute", "30")
        await phone.tap("save-policy")
        await phone.until(lambda: phone.sees("For: Order created by mistake · Category bags · Up to "))
        assert phone.sees("Within 1 hour of paying")
        await phone.tap("confirm-save")
        await phone.until(lambda: phone.sees("Saved. It counts from now on.") and not phone.find("discard"))
        assert [one.as_json() for one in values(shop)["auto_approve"]] == [
            {
                "reasons": ["BP_MISTAKE"],
                "category": "bags",
                "most_minor": 500_000,
                "currency": "IDR",
                "within_ms": HOUR,
            },
            {"within_ms": 30 * MINUTE},
        ]
        await phone.tap("rule-1-remove")
        await phone.until(lambda: not phone.find("rule-2-remove"))
        await save(phone)
        await phone.until(lambda: not phone.find("discard"))
    assert [one.as_json() for one in values(shop)["auto_approve"]] == [{"within_ms": 30 * MINUTE}]


async def test_shops_are_looked_up_and_led_to_their_rules(shop: Shop, look: Look) -> None:
    set_policy(shop, SARI, IDS.kopi_house, {"undo_ms": 9_000}, key=fresh())
    async with look.at(routes.PLATFORM_SHOPS, OPS) as phone:
        await phone.until(lambda: phone.sees("@kopi-house · 1 rule of its own"))
        assert phone.sees("@linen-lab · 0 rules of its own")
        await phone.type("shop-search", "zz")
        await phone.until(lambda: phone.sees("No shop begins with “zz”"))
        await retype(phone, "shop-search", "lin")
        await phone.until(lambda: not phone.find("shop-kopi-house") and phone.find("shop-linen-lab"))
        await phone.tap("shop-linen-lab")
        await phone.until(lambda: phone.sees("Rules of @linen-lab"))


async def test_a_shop_there_is_not_has_no_rules(look: Look) -> None:
    async with look.at(routes.policy_of_shop("nobody"), OPS) as phone:
        await phone.until(lambda: phone.sees("There is nothing at this address"))


# Reasons


async def test_reasons_are_told_with_their_share_and_saved_as_csv(shop: Shop, look: Look) -> None:
    for actor, reason in ((MAI, "BU_MISTAKE"), (MAI, "BU_MISTAKE"), (OPS, "OP_FRAUD")):
        cancel_order(shop, actor, place(shop, (IDS.cream, 1)), reason, key=fresh())
    place(shop, (IDS.forest, 1))
    async with look.at(routes.PLATFORM_REASONS, OPS) as phone:
        await phone.until(lambda: phone.sees("3 orders are cancelled"))
        assert phone.sees("75% of the 4 orders placed in the last 30 days.")
        assert phone.sees("The buyer · the buyer's doing · 67%")
        assert phone.sees("Suspected fraud")
        await phone.tap("days-365")
        await phone.until(lambda: phone.sees("75% of the 4 orders placed in the last 365 days."))
        await phone.tap("export-reasons")
        await phone.until(lambda: phone.sees("Saved."))
        lines = phone.saved["reasons-365-days.csv"].decode("utf-8-sig").splitlines()
        assert lines == [
            "reason,by,fault,orders",
            "BU_MISTAKE,BUYER,BUYER,2",
            "OP_FRAUD,OPERATOR,NONE,1",
        ]


async def test_where_nothing_was_cancelled_there_are_no_reasons(look: Look) -> None:
    async with look.at(routes.PLATFORM_REASONS, OPS) as phone:
        await phone.until(lambda: phone.sees("No order of the last 30 days is cancelled"))


# Audit trail


@pytest.fixture
def happened(shop: Shop, clock: Clock) -> list[int]:
    """Two orders of mai's, one paid, one cancelled two days later, one of budi's; their numbers."""
    numbers = [place(shop, (IDS.cream, 1)), place(shop, (IDS.forest, 1))]
    pay(shop, MAI, numbers[0], key=fresh())
    clock.move(days=2)
    cancel_order(shop, OPS, numbers[1], "OP_FRAUD", key=fresh())
    return [*numbers, place(shop, (IDS.cream, 1), buyer=BUDI)]


def found(phone: Phone) -> list[str]:
    """The entries on the screen."""
    return [one for one in phone.identifiers() if one.startswith("audit-") and one != "audit-search"]


async def test_the_trail_tells_what_happened_and_leads_to_the_order(look: Look, happened: list[int]) -> None:
    first, second, third = happened
    async with look.at(routes.PLATFORM_AUDIT, OPS) as phone:
        await phone.until(lambda: len(found(phone)) == 5)
        assert found(phone)[:2] == [f"audit-{third}-0", f"audit-{second}-1"]
        assert phone.sees("@ops · Takeback")
        assert phone.sees("Reason: Suspected fraud")
        assert phone.sees("Pending payment → Cancelled")
        await phone.tap(f"audit-{first}-1")
        await phone.until(lambda: phone.route == routes.order(first))
        await phone.until(lambda: phone.sees("Enamel camp mug"))


async def test_the_trail_is_narrowed_by_what_stands_in_the_address(look: Look, happened: list[int]) -> None:
    first, second, third = happened
    async with look.at(routes.PLATFORM_AUDIT, OPS) as phone:
        await phone.type("audit-search", "budi")
        await phone.until(lambda: found(phone) == [f"audit-{third}-0"])
        await retype(phone, "audit-search", str(second))
        await phone.until(lambda: len(found(phone)) == 2)
        assert phone.route == routes.audit(str(second))
        await phone.tap("pick-reason")
        await phone.tap("reason-op_fraud")
        await phone.until(lambda: found(phone) == [f"audit-{second}-1"])
        await phone.tap("pick-reason")
        await phone.tap("reason-any")
        await phone.until(lambda: len(found(phone)) == 2)
        await phone.tap("days-1")
        await phone.until(lambda: found(phone) == [f"audit-{second}-1"])
        await phone.visit(routes.audit(action="pay"))
        await phone.until(lambda: found(phone) == [f"audit-{first}-1"])
        assert (phone.find("pick-action") or {}).get("selected")
        await phone.visit(routes.audit("nobody-here"))
        await phone.until(lambda: phone.sees("Nothing here matches"))


@pytest.mark.parametrize("days", ["soon", "-1", "99999999999"])
async def test_days_that_are_none_narrow_nothing(look: Look, happened: list[int], days: str) -> None:
    async with look.at(f"{routes.PLATFORM_AUDIT}?days={days}", OPS) as phone:
        await phone.until(lambda: len(found(phone)) == 5)


async def test_the_trail_is_saved_as_it_is_narrowed(look: Look, happened: list[int], tmp_path: Path) -> None:
    async with look.at(routes.audit("mai"), OPS) as phone:
        await phone.until(lambda: len(found(phone)) == 4)
        await phone.tap("export-audit")
        await phone.until(lambda: phone.sees("Saved."))
        lines = phone.saved["audit.csv"].decode("utf-8-sig").splitlines()
        assert len(lines) == 5
        assert lines[0].startswith("at,order_number,n,")
        assert lines[1].startswith(f"2026-03-04T09:00:00Z,{happened[1]},1,OPERATOR,cancel,UNPAID,CANCELLED")
        phone.tree["web"] = False
        phone.session.apply_patch(phone.tree["_i"], {"web": False})
        phone.saves_to = tmp_path / "trail.csv"
        await phone.tap("export-audit")
        await phone.until(phone.saves_to.exists)
        await phone.until(lambda: phone.saves_to and len(phone.saves_to.read_bytes().splitlines()) == 5)


async def test_on_a_phone_the_trail_goes_along_to_be_saved(
    look: Look, happened: list[int], tmp_path: Path
) -> None:
    async with look.at(routes.audit("mai"), OPS) as phone:
        await phone.until(lambda: len(found(phone)) == 4)
        device = {"web": False, "platform": "android"}
        phone.tree.update(device)
        phone.session.apply_patch(phone.tree["_i"], device)
        await phone.tap("export-audit")  # thought better of: there is no path
        await phone.until(lambda: "audit.csv" in phone.saved)
        await phone._settled()
        assert not phone.sees("Saved.")
        phone.saves_to = tmp_path / "trail.csv"
        await phone.tap("export-audit")
        await phone.until(lambda: phone.sees("Saved."))
        assert len(phone.saved["audit.csv"].decode("utf-8-sig").splitlines()) == 5


@pytest.mark.parametrize(("most", "told"), [(4, "Saved."), (3, "Saved: the first 3 rows.")])
async def test_only_what_is_longer_than_a_browser_takes_is_saved_in_part(
    look: Look, happened: list[int], monkeypatch: pytest.MonkeyPatch, most: int, told: str
) -> None:
    monkeypatch.setattr(saving, "MOST", most)
    async with look.at(routes.audit("mai"), OPS) as phone:
        await phone.until(lambda: len(found(phone)) == 4)
        await phone.tap("export-audit")
        await phone.until(lambda: phone.sees(told))
        assert len(phone.saved["audit.csv"].decode("utf-8-sig").splitlines()) == 1 + most


async def test_a_trail_longer_than_a_screen_goes_on(shop: Shop, look: Look, clock: Clock) -> None:
    for _ in range(18):
        clock.move(minutes=1)
        cancel_order(shop, MAI, place(shop, (IDS.cream, 1)), "BU_MISTAKE", key=fresh())
    async with look.at(routes.PLATFORM_AUDIT, OPS) as phone:
        await phone.until(lambda: len(found(phone)) == 30)
        await phone.tap("load-more")
        await phone.until(lambda: len(found(phone)) == 36)
        assert len(set(found(phone))) == 36
