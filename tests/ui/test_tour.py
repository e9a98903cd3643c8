"""The guided tour: both journeys by Next, by tapping, or both; left, gone on with, and without a trace."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.shop.actions.addresses import add_address
from app.shop.actions.change import ask_to_change
from app.shop.actions.pay import pay
from app.shop.demo.practice import BUYER
from app.shop.rules.addresses import Parts
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.orders import Status, Tab
from app.shop.shop import Shop
from app.ui import routes
from app.ui.texts import t
from tests.actions.steps import BUDI, MAI, column, everything, fresh, place
from tests.client import nodes
from tests.conftest import Clock
from tests.headless import Phone
from tests.launch import launched
from tests.ui.looking import WIDE, Look
from tests.ui.test_screens_names import check
from tests.ui.touring import (
    CODES,
    at,
    begin,
    by_hand,
    by_next,
    course,
    folders,
    practice_shop,
    ringed,
    step,
    walk,
)

TOUR = "takeback.tour"
ELSEWHERE = Parts("Work", "You", "+63 917 000 0000", "Rizal St. 2", "Quezon City", "", "1100", "PH")


def to(phone: Phone, code: str) -> None:
    """Check that this is the step."""
    assert step(phone) == code


async def whole(phone: Phone, do: Callable[[Phone, str], object]) -> None:
    """Walk from the first step to the last; both orders are then as their journeys end."""
    await begin(phone)
    cast, shop = course(phone).practice.cast, practice_shop(phone)
    await walk(phone, do, until="end")
    assert [column(shop, one, "status") for one in (cast.unpaid, cast.paid)] == [Status.CANCELLED] * 2
    await phone.tap("tour-next")
    await phone.shows("tour-orders")


@pytest.mark.parametrize("size", [(412, 915), WIDE], ids=["phone", "wide"])
async def test_the_whole_tour_goes_by_next_alone(
    shop: Shop, look: Look, tmp_path: Path, size: tuple[int, int]
) -> None:
    place(shop)
    before = everything(shop)
    kept: dict[str, str] = {}
    async with look.at(routes.TOUR, size=size, kept=kept) as phone:
        await whole(phone, by_next)
        assert phone.sees(t("tour.done"))
        await phone.tap("tour-orders")
        await phone.shows("tab-all")
        assert folders(tmp_path) == []
        await phone.until(lambda: phone.kept[TOUR] == "")
    assert everything(shop) == before


async def test_the_whole_tour_goes_by_tapping_what_is_pointed_at(shop: Shop, look: Look) -> None:
    before = everything(shop)
    async with look.at(routes.TOUR) as phone:
        await whole(phone, by_hand)
    assert everything(shop) == before


async def test_next_and_tapping_can_be_mixed_in_a_wide_window(look: Look) -> None:
    async with look.at(routes.TOUR, size=WIDE) as phone:

        async def either(phone: Phone, code: str) -> None:
            await (by_next if CODES.index(code) % 2 else by_hand)(phone, code)

        await whole(phone, either)


async def test_it_can_be_left_at_every_step_and_goes_on_there(look: Look) -> None:
    async with look.at(routes.TOUR) as phone:
        await begin(phone)

        async def leave_and_resume(phone: Phone, code: str) -> None:
            dialog = code in ("settings", "reason", "submit", "why", "send")
            if code not in ("undo", "notice", "answer") and not dialog:
                await phone.tap("tour-leave")
                await phone.shows("tour-anew")
                assert phone.sees("@mai") or phone.sees(t("tour.left"))
                await phone.tap("tour-begin")
                await at(phone, code)
            elif dialog:  # a dialog is gone when one comes back: its step is the one that opens it
                await phone.tap("tour-leave")
                await phone.shows("tour-anew")
                await phone.tap("tour-begin")
                await phone.shows("tour-next")
                while step(phone) != code:
                    await by_next(phone, step(phone))
            await by_next(phone, code)

        await walk(phone, leave_and_resume, until="end")


async def test_it_goes_on_after_a_restart_of_the_app(look: Look) -> None:
    kept = {"takeback.person": str(MAI.id)}
    async with look.launched() as app:
        phone = await app.open(routes.TOUR, kept=kept)
        await begin(phone)
        await walk(phone, by_next, until="cancelled")
    async with look.launched() as app:
        phone = await app.open(kept=kept)
        await at(phone, "cancelled")
        await walk(phone, by_next, until="ask")
        await phone.tap("tour-leave")
        await phone.shows("tour-anew")
    async with look.launched() as app:
        phone = await app.open(kept=kept)
        await phone.until(lambda: phone.sees("@mai"))
        assert phone.find("tour-next") is None


async def test_a_practice_that_is_gone_or_too_old_begins_anew(
    look: Look, tmp_path: Path, clock: Clock
) -> None:
    kept = {"takeback.person": str(MAI.id)}
    async with look.launched() as app:
        phone = await app.open(routes.TOUR, kept=kept)
        await begin(phone)
        await walk(phone, by_next, until="order")
        (first,) = folders(tmp_path)
    clock.move(days=1, hours=1)
    async with look.launched() as app:
        phone = await app.open(kept=kept)
        await at(phone, "menu")
        (second,) = folders(tmp_path)
        assert second != first
    kept[TOUR] = json.dumps(["../../elsewhere", True, "/orders", []])
    async with look.launched() as app:
        phone = await app.open(kept=kept)
        await at(phone, "menu")


async def test_it_can_be_started_again(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.TOUR) as phone:
        await begin(phone)
        await walk(phone, by_next, until="order")
        (first,) = folders(tmp_path)
        await phone.tap("tour-leave")
        await phone.tap("tour-anew")
        await at(phone, "menu")
        await phone.until(lambda: len(folders(tmp_path)) == 1)
        assert folders(tmp_path) != [first]


async def test_who_undoes_or_closes_a_dialog_finds_the_step_that_is_next_from_there(look: Look) -> None:
    async with look.at(routes.TOUR) as phone:
        await begin(phone, undo=30)
        await walk(phone, by_next, until="reason")
        await phone.back()
        await at(phone, "cancel")
        await by_next(phone, "cancel")
        await walk(phone, by_next, until="undo")
        await phone.tap("undo")
        await at(phone, "cancel")
        await phone.visit("/inbox")
        await at(phone, "settings")


async def test_the_short_way_from_the_card_is_a_way_too(look: Look) -> None:
    async with look.at(routes.TOUR) as phone:
        await begin(phone)
        unpaid = course(phone).practice.cast.unpaid
        await phone.visit(routes.ORDERS)
        await at(phone, "all")
        await phone.tap(f"cancel-{unpaid}")
        await at(phone, "reason")
        await phone.tap("reason-bu_address")
        await at(phone, "submit")


async def test_a_request_that_was_withdrawn_can_be_asked_again(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.tour.course.ANSWERS", 60.0)
    async with look.at(routes.TOUR) as phone:
        await begin(phone)
        await walk(phone, by_next, until="answer")
        await phone.tap("withdraw")
        await at(phone, "ask")
        await walk(phone, by_next, until="confirm")


async def test_other_windows_do_not_take_part(shop: Shop, look: Look) -> None:
    async with look.launched() as app:
        mine = await app.open(routes.TOUR, kept={"takeback.person": str(MAI.id)})
        also = await app.open(routes.ORDERS, kept={"takeback.person": str(MAI.id)})
        other = await app.open(routes.ORDERS, kept={"takeback.person": str(BUDI.id)})
        await begin(mine)
        number = place(shop)
        await also.shows(f"order-{number}")
        await walk(mine, by_next, until="to-ship")
        for one in (also, other):
            assert one.find("tour-next") is None
            assert one.find("notice") is None
        assert mine.find(f"order-{number}") is None
        await mine.tap("tour-leave")
        await mine.visit(routes.ORDERS)
        await mine.shows(f"order-{number}")


async def test_two_windows_of_one_device_share_the_practice(look: Look, tmp_path: Path) -> None:
    kept = {"takeback.person": str(MAI.id)}
    async with look.launched() as app:
        one, two = await app.open(routes.TOUR, kept=kept), await app.open(routes.TOUR, kept=kept)
        await begin(one)
        await walk(one, by_next, until="order")
        await two.tap("tour-begin")
        await at(two, "order")
        await walk(one, by_next, until="to-ship")
        await at(two, "cancelled")
        assert len(folders(tmp_path)) == 1
        await walk(one, by_next, until="end")
        await one.tap("tour-next")
        await one.shows("tour-orders")
        await two.shows("tour-next")
        await two.tap("tour-leave")
        await two.until(lambda: folders(tmp_path) == [])


async def test_what_ended_in_one_window_is_not_brought_back_by_another(look: Look, tmp_path: Path) -> None:
    kept = {"takeback.person": str(MAI.id)}
    async with look.launched() as app:
        one, two = await app.open(routes.TOUR, kept=kept), await app.open(routes.TOUR, kept=kept)
        await begin(one)
        await two.tap("tour-begin")
        await at(two, "menu")
        await asyncio.gather(one.tap("tour-leave"), one.tap("tour-leave"))
        await one.tap("tour-anew")
        await at(one, "menu")
        new = course(one).practice.name
        await walk(two, by_next, until="all")
        await two.tap("tour-leave")
        await two.shows("tour-anew")
        await two.until(lambda: [folder.name for folder in folders(tmp_path)] == [new])
        await two.tap("tour-begin")
        await at(two, "menu")
        assert course(two).practice is course(one).practice


async def test_who_comes_back_by_the_address_they_were_at_goes_on(look: Look) -> None:
    kept = {"takeback.person": str(MAI.id)}
    async with look.launched() as app:
        phone = await app.open(routes.TOUR, kept=kept)
        await begin(phone)
        await walk(phone, by_next, until="find")
        address = phone.route
        assert address == routes.orders(Tab.TO_SHIP)
    async with look.launched() as app:
        await at(await app.open(address, kept=kept), "find")


async def test_it_says_so_where_an_order_was_paid_instead_of_cancelled(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.tour.course.LATER", 0.5)
    async with look.at(routes.TOUR) as phone:
        await begin(phone)
        await walk(phone, by_next, until="cancel")
        await phone.shows("cancel-order")
        practice = course(phone).practice
        await practice.desk.act(lambda shop: pay(shop, BUYER, practice.cast.unpaid, key=fresh()))
        await phone.until(lambda: phone.find("cancel-order") is None)
        await phone.tap("tour-next")
        await phone.until(lambda: phone.sees(t("tour.stuck")))
        await phone.tap("tour-leave")
        await phone.tap("tour-anew")
        await at(phone, "menu")


async def test_a_change_that_was_asked_for_is_no_request_to_cancel(look: Look) -> None:
    async with look.at(routes.TOUR) as phone:
        await begin(phone)
        await walk(phone, by_next, until="ask")
        practice = course(phone).practice
        added = add_address(practice.shop, BUYER, ELSEWHERE, key=fresh()).answer["address"]
        await practice.desk.act(
            lambda shop: ask_to_change(
                shop, BUYER, practice.cast.paid, Change(ChangeKind.ADDRESS, address_id=added), key=fresh()
            )
        )
        await phone.shows("withdraw")
        await course(phone).look()
        to(phone, "ask")
        await phone.tap("withdraw")
        await phone.shows("ask-to-cancel")
        to(phone, "ask")
        await walk(phone, by_next, until="end")


async def test_the_tab_that_is_pointed_at_is_in_view_on_a_narrow_phone(look: Look) -> None:
    async with look.at(routes.TOUR, size=(360, 740)) as phone:
        await begin(phone)
        await walk(phone, by_next, until="cancelled")
        await phone.tap("back")
        await phone.until(lambda: scrolled_to(phone)[-1:] == ["cancelled"])
        await by_next(phone, "cancelled")
        await phone.until(lambda: scrolled_to(phone)[-1:] == ["to-ship"])


def scrolled_to(phone: Phone) -> list[str | None]:
    """What was brought into view, one after the other."""
    return [asked["args"].get("scroll_key") for asked in phone.asked if asked["name"] == "scroll_to"]


async def test_a_start_asks_the_device_for_all_it_keeps_at_once(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_before: list[list[str]] = []
    remember = Phone._remember

    def answer(phone: Phone, key: str, **given: str) -> object:
        asked_before.append([one["args"]["key"] for one in phone.asked if one["name"] == "get"])
        return remember(phone, key, **given)

    monkeypatch.setattr(Phone, "_remember", answer)
    async with look.launched() as app:
        phone = await app.open(kept={"takeback.person": str(MAI.id)})
        await phone.until(lambda: phone.sees("@mai"))
    first, last = asked_before[0], asked_before[-1]
    assert sorted(first) == sorted(last)
    assert TOUR in first


async def test_it_speaks_another_language_from_one_step_to_the_next(look: Look) -> None:
    async with look.at(routes.TOUR) as phone:
        await begin(phone)
        await walk(phone, by_next, until="orders")
        await phone.visit(routes.LANGUAGE)
        await phone.tap("language-vi")
        await phone.until(lambda: phone.sees("Đơn của bạn nằm ở đây. Chạm vào Đơn hàng."))
        await phone.tap("tour-next")
        await phone.until(lambda: step(phone) == "all")


async def test_it_can_be_taken_before_anybody_is_in_the_store(
    sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with launched(sqlite_url, tmp_path, clock) as app:
        phone = await app.open()
        await phone.tap("start-tour")
        await whole(phone, by_next)
        await phone.tap("tour-orders")
        await phone.shows("start-examples")


async def test_nothing_in_a_practice_leads_to_the_real_orders_or_to_other_people(look: Look) -> None:
    async with look.at(routes.TOUR) as phone:
        await begin(phone)
        for route in (routes.ACCOUNTS, routes.IMPORT, routes.TOUR):
            await phone.visit(route)
            await phone.shows("back-to-profile")
        await phone.visit(routes.SETTINGS)
        await phone.shows("go-about")
        assert not {"switch-account", "go-import", "go-tour"} & set(phone.identifiers())


async def test_the_tour_waits_while_a_real_cancellation_can_be_undone(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(routes.ORDERS) as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("reason-bu_not_needed")
        await phone.tap("submit")
        await phone.shows("undo")
        await phone.visit(routes.TOUR)
        await phone.until(lambda: phone.sees(t("tour.waits")))
        await phone.tap("undo")
        await phone.until(lambda: not phone.sees(t("tour.waits")))
        await begin(phone)


async def test_each_step_points_at_one_thing_to_tap_and_says_so_aloud(look: Look) -> None:
    async with look.at(routes.TOUR) as phone:
        await begin(phone, undo=2)

        async def looked_at(phone: Phone, code: str) -> None:
            check(phone)
            if code not in ("answer", "end"):
                await phone.until(lambda: ringed(phone))
                assert set(ringed(phone)) <= set(course(phone).pointer.at)
            await phone.until(lambda: t(f"tour.{code}") in aloud(phone))
            await by_next(phone, code)

        await walk(phone, looked_at, until="end")


@pytest.mark.parametrize("_", range(5))  # what is told at one moment comes in more than one order
async def test_in_a_dialog_the_client_has_the_coach_that_the_server_has(look: Look, _: int) -> None:
    async with look.at(routes.TOUR) as phone:
        await begin(phone)
        await by_next(phone, "menu")
        await phone.until(lambda: t("tour.settings") in aloud(phone))
        await phone.until(lambda: same(phone))


def same(phone: Phone) -> bool:
    """Whether what is on the screen is what the server takes for being there."""
    try:
        phone.compare()
    except AssertionError:
        return False
    return True


def aloud(phone: Phone) -> list[str]:
    """What a screen reader says by itself."""
    return [
        text["value"] for node in phone._seen() if node.get("live_region") for text in nodes(node, "Text")
    ]


async def test_without_a_tour_nothing_is_watched_or_wrapped(shop: Shop, look: Look) -> None:
    place(shop)
    async with look.at(routes.ORDERS) as phone:
        await phone.shows("tab-all")
        assert phone.session.store.get("pointer") is None
        assert ringed(phone) == []
        tab = await phone.shows("tab-all")
        assert tab["content"]["_c"] == "Container"
