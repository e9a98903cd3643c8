"""What a person does at the site: it starts, keeps what was done, and works without a network."""

import re
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Route

from app.clock import wall_clock
from app.packaging.packed import REST
from app.shop.check import check
from app.shop.demo import fill
from app.shop.reads.people import default_account
from app.shop.store import open_shop
from tests.actions.steps import column, many, rows, run
from tests.browser import DESK, PHONE, Browsing, Tab
from tests.people import stock
from tests.site.indoors import BEGINS, STORE, brought, move_in

INSTEAD = "#instead button"
"""What is there instead of the app."""
FAR_AWAY = "Pacific/Marquesas"
"""A clock that is half an hour off, and no seller's."""
LATELY = """
    SELECT number, at FROM orders JOIN events ON order_number = number
    WHERE buyer_id = :person AND at < (SELECT max(at) FROM events) - 86400000 ORDER BY at DESC
"""
"""The orders of a person with their events, but those of the last day."""
CANCELS = "SELECT count(*) FROM events WHERE order_number = :number AND action = 'cancel'"


class Visit:
    """A person at the site in one tab."""

    def __init__(self, browser: Browsing, host: str, size: tuple[int, int] = PHONE) -> None:
        self.host = host
        self.rest = f"{host}{REST}"
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

    def never_gets_the_rest_by_itself(self) -> None:
        """Let what comes after the first screen come only to who waits for it."""

        def come(route: Route) -> None:
            if route.request.resource_type == "fetch":
                route.abort()
            else:
                route.continue_()

        self.tab.page.context.route(self.rest, come)

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
        self.tab.go("/orders?tab=pending-payment")
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


def test_who_asks_for_a_screen_before_it_has_come_waits_for_it(visit: Visit) -> None:
    visit.never_gets_the_rest_by_itself()
    visit.has_examples()
    visit.tab.go("/settings/policy")
    visit.tab.reads("Policy of the shop")
    assert visit.rest in visit.tab.refused


def test_a_clock_that_has_not_come_yet_is_waited_for(visit: Visit, tmp_path: Path) -> None:
    with closing(open_shop(f"sqlite:///{tmp_path / STORE}", wall_clock)) as shop:
        fill(shop)
        run(shop, "UPDATE people SET time_zone = :zone", zone=FAR_AWAY)
        number, at = rows(shop, LATELY, person=default_account(shop))[0]
    move_in(visit.tab, tmp_path / STORE)
    visit.never_gets_the_rest_by_itself()
    tab = visit.begins(f"/orders/{number}")
    tab.reads(f"{datetime.fromtimestamp(at / 1000, ZoneInfo(FAR_AWAY)):%H:%M}")
    tab.until(lambda: visit.rest in tab.refused)


def test_where_nothing_lasts_it_is_said_and_everything_else_works(visit: Visit) -> None:
    def without_storage(route: Route) -> None:
        answer = route.fetch()
        denied = "Object.defineProperty(navigator, 'storage', { value: undefined });\n"
        route.fulfill(response=answer, body=denied + answer.text())

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
    times = 20 if full else 3
    with closing(open_shop(f"sqlite:///{tmp_path / STORE}", wall_clock)) as shop:
        stock(shop)
        many(shop, times)
    move_in(visit.tab, tmp_path / STORE)
    visit.begins()
    for n in range(times):
        visit.tab.go("/orders?tab=pending-payment")
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
