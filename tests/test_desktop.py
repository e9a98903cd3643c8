"""The window of its own: how it opens, what is kept of it, and what closing it means; without a real one."""

import asyncio
import json
import logging
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import flet as ft
import pytest

from app.desktop import window as desktop
from app.desktop.screen import Screen
from app.desktop.window import Frame
from app.main import Process
from app.shop.rules.policy import JOURNEY, SECOND
from app.shop.shop import Shop
from tests.actions.steps import MAI, column, place, settle
from tests.browser import ROOT, TAKEBACK
from tests.conftest import Clock
from tests.headless import Phone
from tests.launch import Launched, launched
from tests.people import stock

SCREEN = Screen(0, 0, 1920, 1080)
HIDDEN = {"visible": False, "focused": False, "width": 1280.0, "height": 720.0, "left": 0.0, "top": 0.0}
"""What Flet's client tells of a window that was not shown yet."""


@dataclass
class Native:
    """A process as a native client meets it: its window is framed before the app is shown in it."""

    process: Process
    frame: Frame

    @property
    def desk(self) -> Callable[[], Any]:
        """What a client waits for."""
        return self.process.desk

    def open_window(self, page: ft.Page, app: Callable[..., ft.Control] | None = None) -> None:
        """Frame the window, then show the app in it."""
        self.frame.place(page.window, SCREEN)
        self.process.open_window(page, app)


@dataclass
class Desktop:
    """A native client without a screen."""

    phone: Phone
    frame: Frame
    asked: list[str] = field(default_factory=list)
    """What it was asked to do."""

    @property
    def window(self) -> dict[str, Any]:
        """The window, as the client knows it."""
        known: dict[str, Any] = self.phone.tree["window"]
        return known

    async def tell(self, kind: str, **state: Any) -> None:
        """Tell the app that something happened to the window, and how it is now."""
        await self.phone._event(self.window, "event", {"type": kind}, **state)


@pytest.fixture
def shop(sqlite_shop: Shop) -> Shop:
    """A shop with people and goods in it."""
    stock(sqlite_shop)
    return sqlite_shop


@dataclass
class Opening:
    """The app in a window of its own, over a store and a data folder."""

    url: str
    folder: Path
    clock: Clock

    @property
    def file(self) -> Path:
        """Where the window is kept."""
        return self.folder / "window.json"

    @asynccontextmanager
    async def window(self, route: str = "/") -> AsyncIterator[Desktop]:
        """A start of the app, and its end."""
        async with launched(self.url, self.folder, self.clock) as app:
            yield await self.opened(app, route)

    async def opened(self, app: Launched, route: str = "/") -> Desktop:
        """A window of the app, opened by Mai."""
        frame = Frame(self.file)
        native: Any = Native(app.process, frame)
        phone = Phone(native, route, (1180, 820), {"takeback.person": str(MAI.id)})
        phone._props |= {"web": False, "window": dict(HIDDEN)}
        found = Desktop(phone, frame)
        answer = phone._answer

        async def noted(control_id: int, call_id: str, name: str, args: Any = None) -> None:
            found.asked.append(name)
            await answer(control_id, call_id, name, args)

        phone._answer = noted  # type: ignore[method-assign]
        app.phones.append(phone)
        await phone.open(None)
        await phone.until(phone.identifiers)
        return found


@pytest.fixture
def opening(shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock) -> Opening:
    """The app over the stocked shop."""
    return Opening(sqlite_url, tmp_path / "data", clock)


def kept(opening: Opening) -> dict[str, Any]:
    """What is kept of the window."""
    read: dict[str, Any] = json.loads(opening.file.read_text(encoding="utf-8"))
    return read


async def press(phone: Phone, key: str, **held: bool) -> None:
    """Press a key while others are held."""
    pressed = {"key": key, "shift": False, "ctrl": False, "alt": False, "meta": False} | held
    await phone._event(phone.tree, "keyboard_event", pressed)


def is_at(phone: Phone, address: str) -> bool:
    """Whether the window shows the screens of an address."""
    return phone.route == address


def test_the_client_starts_before_the_app_is_imported() -> None:
    program = (
        "import sys, app.start, app.desktop.window;"
        "print(*{'app.main', 'app.ui.root', 'sqlmodel', 'babel'} & {*sys.modules})"
    )
    done = subprocess.run([*TAKEBACK[:2], program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == []


async def test_the_window_is_shown_once_it_stands_where_it_belongs(opening: Opening) -> None:
    async with opening.window() as desk:
        shown = desk.window
        assert (shown["width"], shown["height"]) == (1180, 820)
        assert (shown["min_width"], shown["min_height"]) == (360, 560)
        assert shown["alignment"]
        assert shown["visible"]
        assert shown["focused"]


async def test_a_window_that_was_moved_and_sized_opens_like_that(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "SETTLED", 0.05)
    async with opening.window() as desk:
        await desk.tell("resized", width=1000.0, height=700.0)
        await desk.tell("moved", left=30.0, top=40.0)
        assert not opening.file.exists()
        await desk.phone.until(opening.file.exists)
        assert kept(opening) == {"width": 1000, "height": 700, "left": 30, "top": 40, "maximized": False}
    async with opening.window() as desk:
        shown = desk.window
        assert (shown["width"], shown["height"], shown["left"], shown["top"]) == (1000, 700, 30, 40)
        assert "alignment" not in shown


async def test_a_maximized_window_opens_maximized_and_knows_how_it_stood_before(opening: Opening) -> None:
    async with opening.window() as desk:
        await desk.tell("close", width=1000.0, height=700.0, left=30.0, top=40.0)
        await desk.tell("maximize", maximized=True, width=1920.0, height=1080.0, left=0.0, top=0.0)
        await desk.tell("close")
    async with opening.window() as desk:
        assert desk.window["maximized"]
        assert (desk.window["width"], desk.window["left"]) == (1000, 30)


@pytest.mark.parametrize("hidden", ["minimized", "full_screen"])
async def test_a_window_that_is_out_of_the_way_is_kept_as_it_was(hidden: str, opening: Opening) -> None:
    async with opening.window() as desk:
        await desk.tell("close", width=1000.0, height=700.0, left=30.0, top=40.0)
        before = kept(opening)
        await desk.tell("close", width=160.0, height=28.0, left=-32000.0, top=-32000.0, **{hidden: True})
        assert kept(opening) == before


async def test_what_changed_just_before_the_end_is_kept_too(opening: Opening) -> None:
    async with opening.window() as desk:
        desk.frame.settle()
        assert not opening.file.exists()
        await desk.tell("moved", left=30.0, top=40.0)
        desk.frame.settle()
        assert kept(opening)["left"] == 30


@pytest.mark.parametrize("waits", [True, False])
async def test_closing_keeps_the_place_at_once_and_lets_the_window_go(
    waits: bool, opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "_MOVES_UNTOLD", waits)
    async with opening.window() as desk:
        assert desk.window.get("prevent_close", False) == waits
        await desk.tell("resized", width=1000.0, height=700.0)
        await desk.tell("close", left=500.0, top=60.0)
        assert kept(opening)["left"] == 500
        assert ("destroy" in desk.asked) == waits


async def test_a_page_in_a_browser_has_no_window_to_keep(opening: Opening) -> None:
    async with launched(opening.url, opening.folder, opening.clock) as app:
        phone = await app.open()
        await phone.until(lambda: phone.find("menu"))
        await press(phone, "W", ctrl=True)
        assert not {"width", "visible", "on_event", "prevent_close"} & set(phone.tree.get("window", {}))
    assert not opening.file.exists()


@pytest.mark.parametrize(("key", "held"), [("W", "ctrl"), ("Q", "ctrl"), ("W", "meta")])
async def test_the_usual_keys_close_the_window_even_above_a_dialog(
    key: str, held: str, opening: Opening, shop: Shop
) -> None:
    number = place(shop)
    async with opening.window(f"/orders/{number}") as desk:
        await desk.phone.tap("cancel-order")
        await desk.phone.shows("submit")
        await press(desk.phone, key)
        assert "close" not in desk.asked
        await press(desk.phone, key, **{held: True})
        await desk.phone.until(lambda: "close" in desk.asked)


async def test_arrows_and_enter_are_left_to_the_client_which_moves_its_own_focus_with_them(
    opening: Opening, shop: Shop
) -> None:
    number = place(shop)
    async with opening.window("/orders") as desk:
        await desk.phone.shows(f"order-{number}")
        for key in ("Arrow Down", "Arrow Down", "Enter"):
            await desk.phone.press(key)
        assert desk.phone.route == "/orders"


async def test_escape_closes_nothing_but_what_stands_above(opening: Opening, shop: Shop) -> None:
    number = place(shop)
    async with opening.window(f"/orders/{number}") as desk:
        phone = desk.phone
        await phone.tap("cancel-order")
        await phone.shows("submit")
        await phone.press("Escape")
        await phone.back()  # what the client makes of the same key
        await phone.until(lambda: not phone.find("submit"))
        assert phone.route == f"/orders/{number}"
        for address in ("/orders", "/", "/"):
            await phone.press("Escape")
            await phone.until(partial(is_at, phone, address))
        assert "close" not in desk.asked


async def test_a_window_that_is_closed_sends_nothing_though_its_process_still_ends(
    opening: Opening, shop: Shop
) -> None:
    settle(shop, replace(JOURNEY, undo_ms=2 * SECOND))
    number = place(shop)
    async with launched(opening.url, opening.folder, opening.clock) as app:
        desk = await opening.opened(app, f"/orders/{number}")
        await desk.phone.tap("cancel-order")
        await desk.phone.tap("reason-bu_not_needed")
        await desk.phone.tap("submit")
        await desk.phone.shows("undo")
        desk.phone.session.close()
        await asyncio.sleep(2.5)
    assert column(shop, number, "status") == "UNPAID"
    async with opening.window() as desk:
        await desk.phone.until(lambda: desk.phone.sees("nothing was sent"))


async def test_a_folder_that_cannot_be_written_does_not_keep_the_window_from_closing(
    opening: Opening, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "_MOVES_UNTOLD", True)
    async with opening.window() as desk:
        opening.file.mkdir(parents=True)
        with caplog.at_level(logging.WARNING):
            await desk.tell("close", width=1000.0, height=700.0)
        assert "is not kept" in caplog.text
        assert "destroy" in desk.asked
