"""Journey A in a real Chromium, over the served app; and that nothing leaves this machine."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.shop.rules.policy import JOURNEY, SECOND
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.actions.steps import column, place, settle
from tests.browser import DESK, PHONE, Browsing, Tab, browsing, served
from tests.people import stock


def wall_clock() -> int:
    """The served app has the machine's time, and so has what it finds in its store."""
    return time.time_ns() // 1_000_000


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browsing]:
    """One browser for all of these."""
    with browsing() as started:
        yield started


@pytest.fixture
def browser(chromium: Browsing) -> Iterator[Browsing]:
    """The browser, without tabs of other tests: they would go on asking for servers that are gone."""
    yield chromium
    chromium.close_tabs()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """The store that is served, with people and goods in it."""
    with closing(open_shop(f"sqlite:///{tmp_path / 'takeback.db'}", wall_clock)) as opened:
        stock(opened)
        yield opened


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "wide"])
def test_an_unpaid_order_is_taken_back(
    size: tuple[int, int], dark: bool, browser: Browsing, shop: Shop, tmp_path: Path
) -> None:
    settle(shop, replace(JOURNEY, undo_ms=3 * SECOND))
    number, kind = place(shop), f"{size[0]}-{'dark' if dark else 'light'}"
    with served(tmp_path) as address:
        tab = browser.tab(address, size, dark=dark)
        tab.visit()
        tab.shows("menu")
        tab.picture(f"profile-{kind}")
        tab.tap("menu")
        tab.shows("go-settings")
        tab.picture(f"menu-{kind}")
        tab.tap("go-settings")
        tab.shows("go-orders")
        tab.picture(f"settings-{kind}")
        tab.tap("go-orders")
        tab.tap("tab-all")
        tab.shows(f"order-{number}")
        tab.picture(f"orders-{kind}")
        tab.tap(f"order-{number}")
        tab.shows("cancel-order")
        tab.picture(f"order-{kind}")
        tab.tap("cancel-order")
        tab.reads("Tell us why you cancelled")
        tab.tap("reason-bu_not_needed")
        tab.picture(f"cancel-{kind}")
        tab.tap("submit")
        tab.shows("undo")
        tab.picture(f"undo-{kind}")
        tab.shows("notice")
        tab.picture(f"notice-{kind}")
        tab.page.go_back()
        tab.tap("tab-cancelled")
        tab.shows(f"order-{number}")
        tab.tap("notice-close")
        tab.gone("notice")
        tab.picture(f"cancelled-{kind}")
        tab.visit("/inbox")
        tab.reads("cancelled")
        tab.picture(f"inbox-{kind}")
        assert tab.elsewhere() == []
        assert tab.complaints == []


def test_a_reload_keeps_the_count_and_undo_still_works(browser: Browsing, shop: Shop, tmp_path: Path) -> None:
    settle(shop, replace(JOURNEY, undo_ms=20 * SECOND))
    number = place(shop)
    with served(tmp_path) as address:
        tab = submitted(browser.tab(address), number)
        tab.page.reload()
        tab.listen()
        tab.tap("undo")
        tab.gone("undo")
    assert column(shop, number, "status") == "UNPAID"


def test_a_tab_closed_on_purpose_sends_nothing_and_the_next_says_so(
    browser: Browsing, shop: Shop, tmp_path: Path
) -> None:
    settle(shop, replace(JOURNEY, undo_ms=6 * SECOND))
    number = place(shop)
    with served(tmp_path) as address:
        submitted(browser.tab(address), number).page.close()
        time.sleep(7)  # who is back before the count ends goes on with it
        tab = browser.tab(address)
        tab.visit()
        tab.reads("nothing was sent")
        assert column(shop, number, "status") == "UNPAID"


def test_two_people_at_once_see_what_concerns_them(browser: Browsing, shop: Shop, tmp_path: Path) -> None:
    settle(shop, replace(JOURNEY, undo_ms=0))
    number = place(shop)
    with served(tmp_path) as address:
        mai, other = browser.tab(address), browser.tab(address, DESK)
        other.visit(f"/orders/{number}")
        other.shows("cancel-order")
        submitted(mai, number, undo=False)
        other.gone("cancel-order")
        other.reads("Cancelled")


def submitted(tab: Tab, number: int, *, undo: bool = True) -> Tab:
    """The tab, in which the cancel of an order was just submitted."""
    tab.visit(f"/orders/{number}")
    for identifier in ("cancel-order", "reason-bu_not_needed", "submit"):
        tab.tap(identifier)
    if undo:
        tab.shows("undo")
    return tab
