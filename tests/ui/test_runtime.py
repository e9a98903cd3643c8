"""What every screen stands on: queries, actions, windows that tell each other, and a net below it all."""

import asyncio
import re
import sys
from pathlib import Path
from typing import Any

import flet as ft
import pytest
from flet.controls.object_patch import DiffBuilder

from app.shop.actions.cancel import cancel_order
from app.shop.reads.orders import orders_of
from app.shop.rules.errors import StoreDamaged
from app.shop.rules.orders import Tab
from app.shop.rules.policy import DAY
from app.shop.shop import Actor, Shop
from app.ui.hooks import new_key, use_action, use_query
from app.ui.state import MINUTE, SECOND, pause, use_window
from tests.actions.steps import BUDI, MAI, column, place
from tests.conftest import Clock
from tests.headless import Phone
from tests.launch import Launched, launched
from tests.ui.looking import Look

CALM = "Something went wrong"


def unpaid(shop: Shop, actor: Actor) -> tuple[int, ...]:
    """The numbers of the actor's unpaid orders."""
    return tuple(one.number for one in orders_of(shop, actor, Tab.PENDING_PAYMENT))


@ft.component
def Probe() -> ft.View:
    """The smallest screen: a query, an action on the first order found, and three ways to fail."""
    window = use_window()
    found, cancel = use_query(unpaid), use_action(cancel_order)
    broken, break_it = ft.use_state(False)
    effect, fail_in_effect = ft.use_state(False)
    if broken:
        raise RuntimeError("secret of the render")

    def effect_of(failing: bool) -> None:
        if failing:
            raise RuntimeError("secret of the effect")

    ft.use_effect(lambda: effect_of(effect), [effect])

    async def take_back() -> None:
        await cancel.run(found.value[0] if found.value else 0, "BU_MISTAKE", key=new_key())

    def handler() -> None:
        raise RuntimeError("secret of the handler")

    def button(identifier: str, run: Any) -> ft.Control:
        return ft.Semantics(identifier=identifier, content=ft.Button(identifier, on_click=run))

    return ft.View(
        route="/",
        controls=[
            ft.Text(f"{window.handle} has {len(found.value or ())}"),
            button("cancel", take_back),
            button("handler", handler),
            button("render", lambda: break_it(True)),
            button("effect", lambda: fail_in_effect(True)),
        ],
    )


def drawn(phone: Phone) -> int:
    """How many messages the window has got so far."""
    return phone.messages


async def see(app: Launched, person: Actor, **options: Any) -> Phone:
    """A window with the probe in it, in which `person` looks."""
    kept = {"takeback.person": str(person.id)}
    phone = await app.open(app=Probe, kept=kept, **options)
    await phone.until(lambda: phone.sees(" has "))
    return phone


async def test_double_tap_runs_once(shop: Shop, look: Look) -> None:
    place(shop)
    place(shop)
    async with look.launched() as app:
        phone = await see(app, MAI)
        await phone.until(lambda: phone.sees("mai has 2"))
        await asyncio.gather(phone.tap("cancel"), phone.tap("cancel"))
        await phone.until(lambda: phone.sees("mai has 1"))
    assert len(unpaid(shop, MAI)) == 1


async def test_refused_action_is_told_and_the_screen_lives(shop: Shop, look: Look) -> None:
    async with look.launched() as app:
        phone = await see(app, MAI)
        await phone.tap("cancel")
        await phone.until(lambda: phone.sees("order"))
        place(shop)
        await phone.until(lambda: phone.sees("mai has 1"))


@pytest.mark.parametrize("where", ["handler", "render", "effect"])
async def test_what_fails_becomes_a_calm_sentence(where: str, shop: Shop, look: Look) -> None:
    async with look.launched() as app:
        phone, other = await see(app, MAI), await see(app, BUDI)
        await phone.tap(where)
        await phone.until(lambda: phone.sees(CALM))
        assert any("secret of the" in fault for fault in app.faults.told)
        assert not phone.sees("secret")
        codes = {code for text in phone.texts() for code in re.findall(r"the code (\w{6})\.", text)}
        assert codes
        assert all(any(f"[{code}]" in fault for fault in app.faults.told) for code in codes)
        place(shop, buyer=BUDI)
        await other.until(lambda: other.sees("budi has 1"))
        assert not other.sees(CALM)
        if where != "render":  # what cannot be drawn stays as it was
            place(shop)
            await phone.until(lambda: phone.sees("mai has 1"))
        # It fails as often as it is asked to draw; nothing else may have failed.
        assert all(f"secret of the {where}" in fault for fault in app.faults.told)
        app.faults.told.clear()


async def test_two_windows_of_one_person_show_the_same(shop: Shop, look: Look) -> None:
    place(shop)
    async with look.launched() as app:
        phone, desk, stranger = await see(app, MAI), await see(app, MAI), await see(app, BUDI)
        await phone.until(lambda: phone.sees("mai has 1"))
        before = drawn(stranger)
        await phone.tap("cancel")
        await desk.until(lambda: desk.sees("mai has 0"))
        await phone.until(lambda: phone.sees("mai has 0"))
        assert drawn(stranger) == before


async def test_reconnect_shows_what_changed_meanwhile(shop: Shop, look: Look) -> None:
    async with look.launched() as app:
        phone, witness = await see(app, MAI), await see(app, MAI)
        await phone.disconnect()
        place(shop)
        await witness.until(lambda: witness.sees("mai has 1"))
        await phone.reconnect()
        await phone.until(lambda: phone.sees("mai has 1"))


async def test_update_in_the_moment_of_a_disconnect_does_not_freeze_the_window(
    shop: Shop, look: Look
) -> None:
    async with look.launched() as app:
        phone = await see(app, MAI)
        phone.lose_line()
        place(shop)
        await phone.until(lambda: phone.failed)
        await phone.disconnect()
        await phone.reconnect()
        await phone.until(lambda: phone.sees("mai has 1"))


async def test_a_new_session_of_the_same_device_is_the_same_person(look: Look) -> None:
    kept: dict[str, Any] = {}
    async with look.launched() as app:
        phone = await app.open("/accounts", kept=kept)
        await phone.tap("account-budi")
        await phone.until(lambda: kept.get("takeback.person") == str(BUDI.id))
        again = await app.open(app=Probe, kept=kept)
        await again.until(lambda: again.sees("budi has"))


async def test_a_change_by_another_process_is_seen(
    shop: Shop, look: Look, sqlite_url: str, clock: Clock
) -> None:
    number = place(shop)
    async with look.launched() as app:
        phone = await see(app, MAI)
        await phone.until(lambda: phone.sees("mai has 1"))
        program = (
            "from app.shop.store import open_shop; from app.shop.shop import Actor;"
            "from app.shop.actions.cancel import cancel_order;"
            f"shop = open_shop({sqlite_url!r}, lambda: {clock()});"
            f"cancel_order(shop, Actor({MAI.id}), {number}, 'BU_MISTAKE', key='elsewhere')"
        )
        elsewhere = await asyncio.create_subprocess_exec(sys.executable, "-c", program)
        assert await elsewhere.wait() == 0
        await phone.until(lambda: phone.sees("mai has 0"))


async def test_a_line_lost_at_the_very_start_is_made_up_for(shop: Shop, look: Look) -> None:
    place(shop)
    async with look.launched() as app:
        phone = Phone(app.process, "/", (412, 915), {"takeback.person": str(MAI.id)})
        app.phones.append(phone)
        opening = asyncio.create_task(phone.open(Probe))
        await asyncio.sleep(0)
        await phone.disconnect()
        await opening
        await phone.reconnect()
        await phone.until(lambda: phone.sees("mai has 1"))


async def test_another_account_is_another_app(shop: Shop, look: Look) -> None:
    place(shop)
    async with look.launched() as app:
        phone = await app.open("/accounts", kept={"takeback.person": str(MAI.id)})
        await phone.tap("account-budi")
        await phone.until(lambda: phone.sees("@budi") and phone.find("menu") and phone.route == "/")
        assert not phone.sees("@mai")


async def test_an_empty_store_says_how_somebody_gets_in(
    sqlite_shop: Shop, sqlite_url: str, tmp_path: Path
) -> None:
    async with launched(sqlite_url, tmp_path, sqlite_shop.now) as app:
        phone = await app.open("/orders")
        await phone.until(lambda: phone.sees("Welcome to Takeback"))


async def test_a_store_that_cannot_be_opened_says_so_and_can_be_tried_again(
    sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    file.write_text("no store " * 1000)
    async with launched(sqlite_url, tmp_path, clock) as app:
        with pytest.raises(StoreDamaged):
            await app.open("/")
        (phone,) = app.phones
        await phone.shows("try-again")
        file.unlink()
        await phone.tap("try-again")
        await phone.until(lambda: phone.sees("Welcome to Takeback"))


async def test_an_address_that_changed_while_away_is_followed(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.launched() as app:
        phone = await app.open("/", kept={"takeback.person": str(MAI.id)})
        await phone.shows("menu")
        await phone.disconnect()
        await phone.reconnect(f"/orders/{number}")
        await phone.shows("cancel-order")
        await phone.rests()
        assert phone.route == f"/orders/{number}"


@pytest.mark.parametrize(
    ("left", "wait"),
    [(None, MINUTE), (10 * MINUTE + 5, 5), (2 * MINUTE, SECOND), (90 * SECOND + 300, 300), (0, MINUTE)],
)
def test_a_clock_wakes_when_it_shows_something_else(left: int | None, wait: int) -> None:
    now = 1_000 * MINUTE
    assert pause(now, None if left is None else now + left) == wait


async def test_an_answer_about_what_is_gone_ends_nothing(look: Look) -> None:
    async with look.at("/") as phone:
        await phone.shows("menu")
        phone.session.handle_invoke_method_results(10**9, "late", None, None)
        await phone.tap("all-orders")
        await phone.shows("tab-all")


async def test_themes_are_not_gone_through_where_an_address_is_left(
    shop: Shop, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, met = place(shop), set[str]()
    compare = DiffBuilder._compare_dataclasses

    def noted(differ: Any, parent: Any, path: Any, old: Any, new: Any, frozen: bool) -> None:
        met.add(type(new).__name__)
        compare(differ, parent, path, old, new, frozen)

    monkeypatch.setattr(DiffBuilder, "_compare_dataclasses", noted)
    async with look.at("/orders") as phone:
        await phone.shows(f"order-{number}")
        await phone.rests()
        met.clear()
        await phone.tap(f"order-{number}")
        await phone.until(lambda: phone.tree.get("title", "").startswith("Order"))
        await phone.rests()
        assert "Page" in met
        assert met & {"Theme", "TextTheme", "ButtonStyle"} == set()


def missing() -> None:
    """In place of screens that cannot be imported."""
    raise ImportError("no screens")


async def test_where_one_thing_behind_the_windows_fails_the_others_go_on_until_the_process_ends(
    shop: Shop, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.main.DRAWN", 0.0)
    monkeypatch.setattr("app.ui.app.screens", missing)
    number = place(shop)
    async with look.launched() as app:
        phone = await app.open(f"/orders/{number}", kept={"takeback.person": str(MAI.id)})
        await phone.until(lambda: app.faults.told)
        app.faults.told.clear()
        look.clock.at += DAY
        await phone.until(lambda: column(shop, number, "status") == "CANCELLED")
    assert [one for one in asyncio.all_tasks() if "Background.run" in repr(one.get_coro())] == []
