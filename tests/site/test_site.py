"""What a person does at the site: it starts, keeps what was done, and works without a network."""

import re
from base64 import b64decode
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from app.clock import wall_clock
from app.shop.check import check
from app.shop.store import open_shop
from tests.actions.steps import column, rows
from tests.browser import DESK, PHONE, Browsing, Tab

INSTEAD = "#instead button"
"""What is there instead of the app."""
BEGINS = 120_000
"""Milliseconds a site may take to begin, on a machine that is busy with everything else."""
CANCELS = "SELECT count(*) FROM events WHERE order_number = :number AND action = 'cancel'"
FILES = """
    async folder => {
        const kept = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder);
        const files = [];
        for await (const handle of kept.values()) {
            const file = new Uint8Array(await (await handle.getFile()).arrayBuffer());
            if (file.length < 4096) continue;
            const length = new DataView(file.buffer).getUint32(8);
            const path = new TextDecoder().decode(file.subarray(16, 16 + length));
            const letters = Array.from(file.subarray(4096), (byte) => String.fromCharCode(byte));
            if (path) files.push([path, btoa(letters.join(''))]);
        }
        return files;
    }
"""
"""Path and content of each file that lasts, as `lasting.js` keeps them."""


class Visit:
    """A person at the site in one tab."""

    def __init__(self, browser: Browsing, host: str, size: tuple[int, int] = PHONE) -> None:
        self.host = host
        self.tab: Tab = browser.tab(f"{host}#", size)
        self.tab.page.set_default_timeout(BEGINS)

    def begins(self, route: str = "/") -> Tab:
        """Load the page."""
        self.tab.visit(route)
        return self.tab

    def returns(self) -> Tab:
        """Load it again where it is."""
        self.tab.page.reload()
        self.tab.listen()
        return self.tab

    def goes(self, route: str) -> None:
        """Go to an address within the app."""
        self.tab.page.evaluate("to => { location.hash = to }", route)

    def orders(self) -> list[str]:
        """The orders listed, from the top."""
        listed = self.tab.page.locator('[flt-semantics-identifier^="order-"]')
        listed.first.wait_for(state="attached")
        return [str(one.get_attribute("flt-semantics-identifier")) for one in listed.all()]

    def has_examples(self) -> None:
        """Bring in the example orders."""
        self.begins()
        self.tab.tap("start-examples")
        self.tab.shows("menu")

    def takes_back(self) -> str:
        """Cancel the first order that is not paid; its identifier."""
        self.goes("/orders?tab=pending-payment")
        order = self.orders()[0]
        self.tab.tap(order)
        self.tab.tap("cancel-order")
        self.tab.tap("reason-bu_not_needed")
        self.tab.tap("submit")
        self.tab.shows("undo")
        self.tab.shows("notice")
        return order


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On a phone; at full size, in a wide window too."""
    if "size" in metafunc.fixturenames:
        sizes = (PHONE, DESK) if metafunc.config.getoption("--full") else (PHONE,)
        metafunc.parametrize("size", sizes, ids=lambda size: str(size[0]))


@pytest.fixture
def visit(browser: Browsing, host: str) -> Visit:
    """A visit of somebody new."""
    return Visit(browser, host)


def test_what_was_taken_back_is_still_so_after_a_reload_and_without_a_network(
    browser: Browsing, host: str, size: tuple[int, int]
) -> None:
    visit = Visit(browser, host, size)
    visit.has_examples()
    order = visit.takes_back()
    tab = visit.returns()
    tab.reads("Cancelled")
    tab.page.evaluate("navigator.serviceWorker.ready")
    tab.page.wait_for_function("async () => (await caches.keys()).length == 1")
    tab.until(lambda: tab.page.evaluate("navigator.serviceWorker.controller != null"))
    tab.page.wait_for_load_state("networkidle")
    tab.page.context.set_offline(True)
    visit.returns()
    tab.reads("Cancelled")
    tab.page.context.set_offline(False)
    if size == PHONE:  # in a wide window the list is beside it
        tab.tap("back")
    tab.tap("tab-cancelled")
    tab.shows(order)
    assert tab.elsewhere() == []
    assert tab.complaints == []


def test_one_tab_at_a_time_works_with_the_orders(visit: Visit) -> None:
    visit.has_examples()
    second = visit.tab.page.context.new_page()
    second.goto(visit.host)
    second.wait_for_selector(INSTEAD)
    assert "open in another tab" in second.inner_text("#instead")
    visit.tab.shows("menu")
    second.click(INSTEAD)
    visit.tab.page.wait_for_selector(INSTEAD)
    taken = Tab(second, f"{visit.host}#")
    second.set_default_timeout(BEGINS)
    taken.listen()
    taken.shows("menu")
    visit.tab.page.click(INSTEAD)
    second.wait_for_selector(INSTEAD)
    visit.tab.listen()
    visit.tab.shows("menu")


def test_where_nothing_lasts_it_is_said_and_everything_else_works(visit: Visit) -> None:
    def without_storage(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        denied = "Object.defineProperty(navigator, 'storage', { value: undefined });\n"
        route.fulfill(response=answer, body=denied + answer.text())  # type: ignore[attr-defined]

    visit.tab.page.context.route(re.compile(r"worker\.js$"), without_storage)
    tab = visit.begins()
    tab.reads("This browser lets the page keep nothing.")
    tab.tap("passing-close")
    tab.tap("start-examples")
    tab.shows("menu")
    visit.takes_back()
    visit.returns()
    tab.shows("start-examples")


def test_a_page_that_goes_down_in_the_middle_of_a_cancel_leaves_all_of_it_or_nothing(
    visit: Visit, tmp_path: Path, full: bool
) -> None:
    visit.has_examples()
    for n in range(20 if full else 3):
        visit.goes("/orders?tab=pending-payment")
        order = visit.orders()[0]
        number = int(order.removeprefix("order-"))
        visit.tab.tap(order)
        visit.tab.tap("cancel-order")
        visit.tab.tap("reason-bu_not_needed")
        visit.tab.tap("submit")
        visit.tab.shows("undo")
        # It is sent when the count is over, 5 s after the tap: the page goes before, in it, or after.
        visit.tab.page.wait_for_timeout(4_500 + 60 * n)
        visit.returns()
        visit.tab.shows("back")
        with closing(open_shop(f"sqlite:///{brought(visit.tab, tmp_path / str(n))}", wall_clock)) as shop:
            assert check(shop).sound
            status, events = column(shop, number, "status"), rows(shop, CANCELS, number=number)[0][0]
        assert (status, events) in (("UNPAID", 0), ("CANCELLED", 1))
        if status == "UNPAID":
            visit.tab.shows("cancel-order")


def brought(tab: Tab, folder: Path) -> Path:
    """The store that the page keeps, copied out of the browser as it lies there."""
    folder.mkdir()
    for path, content in tab.page.evaluate(FILES, quote(urlsplit(tab.address).path, safe="")):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b64decode(content))
    return folder / "takeback.db"
