"""The memory of Python that a first visit leaves: the next begins there, and none that is spoilt stops it."""

from contextlib import closing
from pathlib import Path

import pytest

from app.clock import wall_clock
from app.shop.check import check
from app.shop.store import open_shop
from tests.actions.steps import column
from tests.browser import Browsing, Tab
from tests.site.indoors import brought
from tests.site.test_full import allow
from tests.site.test_site import Visit

MARK = 0x54414B53
"""What a snapshot begins with once it is whole (`app/packaging/site/snapshot.js`)."""
HEAD = """
    async () => {
        const root = await navigator.storage.getDirectory();
        for await (const [name, folder] of root.entries()) {
            if (!name.endsWith(" snapshot")) continue;
            for await (const file of folder.values()) {
                return [...new Uint32Array(await (await file.getFile()).slice(0, 8).arrayBuffer())];
            }
        }
        return null;
    }
"""
"""The mark, and whether it is being tried; null where there is no snapshot."""
SPOILT = """
    async ([at, length]) => {
        const root = await navigator.storage.getDirectory();
        for await (const [name, folder] of root.entries()) {
            if (!name.endsWith(" snapshot")) continue;
            for await (const file of folder.values()) {
                const writing = await file.createWritable({ keepExistingData: true });
                await writing.write({ type: "write", position: at, data: new Uint8Array(length).fill(1) });
                await writing.close();
            }
        }
    }
"""
SPOILS = {"that was tried in vain": (4, 1), "whose content is no longer what it was": (4096, 90_000_000)}
"""How a snapshot is spoilt: from where on, and how many bytes."""
TAKEN = 15_000
"""Milliseconds in which one would be taken."""


@pytest.fixture
def visit(browser: Browsing, host: str) -> Visit:
    """A visit of somebody new."""
    return Visit(browser, host)


def has_snapshot(tab: Tab) -> bool:
    """Whether one is kept, and proven."""
    return bool(tab.page.evaluate(HEAD) == [MARK, 0])


def archives(tab: Tab) -> int:
    """How often the app was fetched to be imported."""
    return sum(url.endswith("first.tar.zst") for url in tab.asked)


def test_the_next_visit_begins_where_the_first_came_to(visit: Visit, tmp_path: Path) -> None:
    tab = visit.tab
    visit.has_examples()
    tab.until(lambda: has_snapshot(tab))
    assert archives(tab) == 1
    visit.returns()
    order = visit.takes_back()
    visit.returns()
    tab.reads("Cancelled")
    tab.go("/settings/policy")
    tab.reads("Policy of the shop")
    assert archives(tab) == 1
    with closing(open_shop(f"sqlite:///{brought(tab, tmp_path / 'after')}", wall_clock)) as shop:
        assert check(shop).sound
        assert column(shop, int(order.removeprefix("order-")), "status") == "CANCELLED"
    assert tab.complaints == []


@pytest.mark.parametrize("spoils", SPOILS.values(), ids=SPOILS)
def test_the_app_begins_all_the_same_from_a_snapshot(visit: Visit, spoils: tuple[int, int]) -> None:
    tab = visit.tab
    visit.has_examples()
    tab.until(lambda: has_snapshot(tab))
    tab.page.evaluate(SPOILT, spoils)
    assert archives(tab) == 1
    visit.returns()
    visit.takes_back()
    assert archives(tab) == 2
    tab.until(lambda: has_snapshot(tab))


def test_where_there_is_little_room_the_store_has_it(visit: Visit) -> None:
    visit.begins()
    allow(visit, 170_000_000)
    visit.tab.tap("start-examples")
    visit.tab.shows("menu")
    visit.tab.page.wait_for_timeout(TAKEN)
    assert visit.tab.page.evaluate(HEAD) is None
