"""The seconds after Submit: taken back, sent without a window, and never sent by a window that was closed."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flet.components.component import Component

from app.shop.actions.cancel import cancel_order
from app.shop.rules.policy import JOURNEY, SECOND
from app.shop.shop import Actor, Shop
from app.ui.live import GOING_AWAY, LINE, Line
from app.ui.state import PendingCancel
from app.ui.unsent import Unsent
from tests.actions.steps import MAI, column, fresh, place, settle
from tests.client import nodes
from tests.disk import no_file_longer_than
from tests.headless import Phone
from tests.launch import Launched
from tests.ui.looking import Look

QUICK = replace(JOURNEY, undo_ms=SECOND // 5)


async def submitted(app: Launched, number: int, native: str | None = None) -> Phone:
    """A phone of Mai's on which the cancel of an order was just submitted."""
    phone = await app.open(f"/orders/{number}", kept={"takeback.person": str(MAI.id)}, native=native)
    await phone.tap("cancel-order")
    await phone.tap("reason-bu_not_needed")
    await phone.tap("submit")
    await phone.shows("undo")
    return phone


async def test_what_is_undone_is_not_sent(shop: Shop, look: Look, tmp_path: Path) -> None:
    number = place(shop)
    async with look.launched() as app:
        phone = await submitted(app, number)
        await phone.tap("undo")
        await phone.until(lambda: not phone.find("undo"))
        assert phone.find("notice") is None
    assert column(shop, number, "status") == "UNPAID"
    assert not list((tmp_path / "unsent").glob("*"))


async def test_a_tap_on_submit_draws_once_what_shows_it_and_nothing_else(
    shop: Shop, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, drawn = place(shop), []
    update: Callable[[Component], None] = Component.update

    def noted(self: Component) -> None:
        drawn.append(self.fn.__name__)
        update(self)

    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("cancel-order")
        await phone.tap("reason-bu_not_needed")
        await phone.shows("submit")
        await phone.rests()
        monkeypatch.setattr(Component, "update", noted)
        await phone.tap("submit")
        await phone.shows("undo")
        assert drawn.count("OrderScreen") == 1
        assert set(drawn) == {"App", "NoticeBar", "OrderScreen", "RequestSection", "_OrdersPage"}


async def test_the_other_actions_wait_while_it_counts(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.launched() as app:
        phone = await submitted(app, number)
        with pytest.raises(AssertionError, match="disabled"):
            await phone.tap("cancel-order")
        await phone.tap("undo")
        await phone.until(lambda: not phone.find("undo"))
        await phone.tap("cancel-order")


async def test_the_count_is_read_out_once_and_not_into_a_dialog_that_closes(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.launched() as app:
        phone = await submitted(app, number)

        def aloud() -> Any:
            node = phone.find(text="Cancelling Enamel camp mug. You can still undo it.")
            return (node or {}).get("live_region", False)

        assert phone.sees("still undo it")
        assert not aloud()
        await phone.until(aloud)


async def test_what_became_of_it_is_read_out_once_and_shown_until_closed(shop: Shop, look: Look) -> None:
    settle(shop, QUICK)
    number = place(shop)
    async with look.launched() as app:
        phone = await submitted(app, number)

        def aloud() -> list[bool]:
            told = [node for node in nodes(phone.views[-1]) if node.get("identifier") == "notice"]
            return [bool(one.get("live_region")) for node in told for one in nodes(node, "Semantics")][1:2]

        await phone.shows("notice")
        assert aloud() == [True]
        await phone.visit("/orders")
        await phone.until(lambda: phone.route == "/orders" and aloud())
        assert aloud() == [False]


async def test_the_count_runs_on_while_the_connection_is_lost(shop: Shop, look: Look) -> None:
    settle(shop, QUICK)
    number = place(shop)
    async with look.launched() as app:
        phone = await submitted(app, number)
        await phone.disconnect()
        await phone.until(lambda: column(shop, number, "status") == "CANCELLED")
        await phone.reconnect()
        await phone.shows("notice")
        assert not phone.find("undo")


async def test_undo_still_works_after_a_reconnect(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.launched() as app:
        phone = await submitted(app, number)
        await phone.disconnect()
        await phone.reconnect()
        await phone.tap("undo")
        await phone.until(lambda: not phone.find("undo"))
    assert column(shop, number, "status") == "UNPAID"


async def test_every_window_of_the_person_shows_count_and_notice(shop: Shop, look: Look) -> None:
    settle(shop, QUICK)
    number = place(shop)
    async with look.launched() as app:
        other = await app.open(kept={"takeback.person": str(MAI.id)})
        await other.shows("menu")
        phone = await submitted(app, number)
        await other.shows("undo")
        await other.shows("notice")
        await other.tap("notice-close")
        await phone.until(lambda: not phone.find("notice"))


async def test_a_window_closed_on_purpose_sends_nothing_and_the_next_says_so(shop: Shop, look: Look) -> None:
    settle(shop, replace(JOURNEY, undo_ms=SECOND))
    number = place(shop)
    line = Line()
    LINE.set(line)
    async with look.launched() as app:
        phone = await submitted(app, number)
        line.code = GOING_AWAY
        await phone.disconnect()
        await asyncio.sleep(1.2)
        again = await app.open(kept={"takeback.person": str(MAI.id)})
        await again.shows("notice")
        assert again.sees("nothing was sent")
    assert column(shop, number, "status") == "UNPAID"


async def test_a_process_that_ends_sends_nothing_and_the_next_says_so(
    shop: Shop, look: Look, tmp_path: Path
) -> None:
    number = place(shop)
    async with look.launched() as app:
        await submitted(app, number)
    assert column(shop, number, "status") == "UNPAID"
    for _ in range(2):  # until it is closed
        async with look.launched() as app:
            phone = await app.open(kept={"takeback.person": str(MAI.id)})
            await phone.shows("notice")
            assert phone.sees("nothing was sent")
    async with look.launched() as app:
        phone = await app.open(kept={"takeback.person": str(MAI.id)})
        await phone.tap("notice-close")
        await phone.until(lambda: not phone.find("notice"))
    assert not list((tmp_path / "unsent").glob("*"))


async def test_what_any_worker_left_is_found_by_all_but_not_what_still_counts(tmp_path: Path) -> None:
    def cancel(number: int) -> PendingCancel:
        return PendingCancel(number, "Mug", "BU_MISTAKE", "", f"k{number}", 0, 0)

    fourth, alone = Unsent(tmp_path, 3), Unsent(tmp_path)
    with fourth.kept(1, cancel(11)):
        pass  # its process ended
    with fourth.kept(1, cancel(12)):
        assert alone.found(1) == (cancel(11),)
        assert alone.found(2) == ()
        for number in (11, 12):
            alone.forget(1, number)
        assert alone.found(1) == ()
    assert alone.found(1) == (cancel(12),)


@pytest.mark.parametrize("room", [0, 4])
async def test_a_full_disk_costs_only_the_word_at_the_next_start(tmp_path: Path, room: int) -> None:
    unsent, counted = Unsent(tmp_path), False
    with no_file_longer_than(room), unsent.kept(1, PendingCancel(11, "Mug", "BU_MISTAKE", "", "k", 0, 0)):
        counted = True
    assert counted
    assert unsent.found(1) == ()


async def test_what_was_sent_after_all_is_not_called_unsent(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.launched() as app:
        await submitted(app, number)
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    async with look.launched() as app:
        phone = await app.open(kept={"takeback.person": str(MAI.id)})
        await phone.shows("menu")
        assert not phone.find("notice")


async def test_a_refusal_at_the_end_of_the_count_is_told(shop: Shop, look: Look) -> None:
    settle(shop, QUICK)
    number = place(shop)
    async with look.launched() as app:
        phone = await submitted(app, number)
        cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
        await phone.shows("notice")
        assert phone.sees("already cancelled")


async def test_somebody_else_sees_neither_count_nor_notice(shop: Shop, look: Look) -> None:
    settle(shop, QUICK)
    number = place(shop)
    async with look.launched() as app:
        stranger = await app.open(kept={"takeback.person": str(Actor(2).id)})
        await stranger.until(lambda: stranger.sees("@budi"))
        before = stranger.messages
        phone = await submitted(app, number)
        await phone.shows("notice")
        assert stranger.messages == before


@pytest.mark.parametrize(("native", "felt"), [("android", 1), ("ios", 1), ("windows", 0), (None, 0)])
async def test_a_phone_lets_the_hand_feel_that_it_was_submitted(
    shop: Shop, look: Look, native: str | None, felt: int
) -> None:
    number = place(shop)
    async with look.launched() as app:
        phone = await submitted(app, number, native)
        await phone.until(lambda: len([one for one in phone.asked if one["name"] == "light_impact"]) == felt)
        await phone.tap("undo")
