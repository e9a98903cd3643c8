"""In the middle of each step: back, another address, a reload, turning, a lost connection, a closed tab."""

import time
from collections.abc import Callable

import pytest

from app.shop.shop import Actor
from app.ui import routes
from tests.actions.steps import column
from tests.browser import Browsing, Tab
from tests.journeys.chromium.house import House
from tests.wire import wired

UPRIGHT = (800, 1280)
"""A tablet: on its side it is wide."""


@pytest.fixture
def mai(house: House) -> Actor:
    """A person whom nothing happened to so far."""
    return house.newcomer()


@pytest.fixture
def number(house: House, mai: Actor) -> int:
    """An unpaid order of hers."""
    return house.order(mai)


def asked(tab: Tab, number: int) -> None:
    """From the list to the open dialog with a reason chosen."""
    tab.tap(f"order-{number}")
    tab.tap("cancel-order")
    tab.tap("reason-bu_not_needed")
    tab.chosen("reason-bu_not_needed")


def status(house: House, number: int) -> str:
    """How the order stands in the store."""
    return str(column(house.shop, number, "status"))


def test_browser_back_leads_to_the_screen_before_and_the_count_goes_along(
    house: House, browser: Browsing, mai: Actor, number: int
) -> None:
    house.count(10)
    tab = browser.tab(house.address, person=mai.id)
    tab.visit()
    tab.tap("strip-pending-payment")
    tab.chosen("tab-pending-payment")
    tab.page.go_back()
    tab.shows("menu")
    tab.page.go_forward()
    tab.tap(f"order-{number}")
    tab.shows("cancel-order")
    tab.page.go_back()
    tab.chosen("tab-pending-payment")
    asked(tab, number)
    tab.page.go_back()
    tab.chosen("tab-pending-payment")
    tab.gone("submit")
    tab.page.go_forward()
    tab.shows("cancel-order")
    tab.gone("submit")
    tab.tap("cancel-order")
    tab.tap("reason-bu_not_needed")
    tab.tap("submit")
    tab.shows("undo")
    tab.page.go_back()
    tab.shows(f"order-{number}")
    tab.shows("undo")
    tab.page.go_back()
    tab.shows("menu")
    tab.shows("notice")
    tab.page.go_forward()
    tab.shows("tab-all")
    tab.shows("notice")
    assert status(house, number) == "CANCELLED"
    assert tab.complaints == []


def test_a_reload_keeps_where_one_is_what_was_chosen_and_the_count(
    size: tuple[int, int], house: House, browser: Browsing, mai: Actor, number: int
) -> None:
    house.count(14)
    tab = browser.tab(house.address, size, person=mai.id)

    def reload() -> None:
        tab.page.reload()
        tab.listen()

    tab.visit("/orders?tab=pending-payment")
    tab.shows(f"order-{number}")
    reload()
    tab.chosen("tab-pending-payment")
    tab.tap(f"order-{number}")
    tab.shows("cancel-order")
    reload()
    tab.tap("cancel-order")
    tab.tap("reason-bu_not_needed")
    tab.chosen("reason-bu_not_needed")
    reload()
    tab.chosen("reason-bu_not_needed")
    tab.tap("submit")
    tab.shows("undo")
    reload()
    tab.shows("undo")
    assert status(house, number) == "UNPAID"
    tab.shows("notice")
    assert status(house, number) == "CANCELLED"
    reload()
    tab.shows("notice")
    tab.tap("notice-close")
    tab.gone("notice")
    reload()
    tab.reads("Cancelled")
    tab.gone("notice")
    assert tab.complaints == []


def test_undo_still_works_after_a_reload(house: House, browser: Browsing, mai: Actor, number: int) -> None:
    house.count(20)
    tab = browser.tab(house.address, person=mai.id)
    tab.visit(f"/orders/{number}/cancel")
    tab.tap("reason-bu_not_needed")
    tab.tap("submit")
    tab.shows("undo")
    tab.page.wait_for_url(f"**{routes.order(number)}")
    tab.page.reload()
    tab.listen()
    tab.tap("undo")
    tab.gone("undo")
    tab.shows("cancel-order")
    assert status(house, number) == "UNPAID"


def test_another_address_shows_its_screen_and_the_count_goes_along(
    house: House, browser: Browsing, mai: Actor, number: int
) -> None:
    house.count(12)
    tab = browser.tab(house.address, person=mai.id)
    tab.visit(f"/orders/{number}")
    tab.tap("back")
    tab.gone("cancel-order")
    asked(tab, number)
    tab.go("/settings")
    tab.shows("go-language")
    tab.gone("submit")
    tab.visit(f"/orders/{number}/cancel")
    tab.tap("reason-bu_not_needed")
    tab.tap("submit")
    tab.shows("undo")
    tab.visit("/inbox")
    tab.shows("undo")
    tab.shows("notice")
    assert tab.route == "/inbox"
    tab.visit("/orders?tab=cancelled")
    tab.shows(f"order-{number}")
    tab.shows("notice")
    assert status(house, number) == "CANCELLED"
    assert tab.complaints == []


def test_a_lost_connection_comes_back_to_what_was_there_and_the_count_ran_on(
    size: tuple[int, int], house: House, browser: Browsing, mai: Actor, number: int
) -> None:
    house.count(10)
    with wired(house.address) as wire:
        tab = browser.tab(wire.address, size, person=mai.id)

        def lose(until: Callable[[], bool] = lambda: True) -> None:
            wire.cut()
            tab.page.wait_for_timeout(700)
            tab.until(until)
            tab.found(wire.mend)

        tab.visit("/orders?tab=pending-payment")
        tab.shows(f"order-{number}")
        lose()
        tab.chosen("tab-pending-payment")
        tab.tap(f"order-{number}")
        tab.shows("cancel-order")
        lose()
        tab.tap("cancel-order")
        tab.tap("reason-bu_not_needed")
        tab.chosen("reason-bu_not_needed")
        lose()
        tab.chosen("reason-bu_not_needed")
        tab.tap("reason-bu_address")
        tab.chosen("reason-bu_address")
        lose()
        tab.tap("submit")
        tab.shows("undo")
        assert status(house, number) == "UNPAID"
        lose(lambda: status(house, number) == "CANCELLED")
        tab.shows("notice")
        tab.gone("undo")
        lose()
        tab.tap("notice-close")
        tab.gone("notice")
        tab.shows("why-not")


def test_undo_still_works_after_a_lost_connection(
    house: House, browser: Browsing, mai: Actor, number: int
) -> None:
    house.count(20)
    with wired(house.address) as wire:
        tab = browser.tab(wire.address, person=mai.id)
        tab.visit(f"/orders/{number}/cancel")
        tab.tap("reason-bu_not_needed")
        tab.tap("submit")
        tab.shows("undo")
        wire.cut()
        tab.page.wait_for_timeout(700)
        tab.found(wire.mend)
        tab.tap("undo")
        tab.gone("undo")
        tab.shows("cancel-order")
    assert status(house, number) == "UNPAID"


def test_a_tab_closed_on_purpose_sends_nothing_and_the_next_says_so(
    house: House, browser: Browsing, mai: Actor, number: int
) -> None:
    house.count(10)
    tab = browser.tab(house.address, person=mai.id)
    tab.visit(f"/orders/{number}/cancel")
    tab.tap("reason-bu_not_needed")
    tab.tap("submit")
    tab.shows("undo")
    tab.page.close()
    time.sleep(10.5)  # who is back before the count ends goes on with it
    again = browser.tab(house.address, person=mai.id)
    again.visit()
    again.reads("nothing was sent")
    assert status(house, number) == "UNPAID"


def test_turning_the_screen_keeps_the_dialog_and_what_it_holds(house: House, browser: Browsing) -> None:
    person = house.newcomer()
    number = house.order(person)
    tab = browser.tab(house.address, UPRIGHT, person=person.id)
    tab.visit("/orders")
    tab.tap(f"cancel-{number}")
    tab.tap("more-reasons")
    tab.tap("reason-bu_other")
    tab.type("reason-text", "twice")
    for width, height in (UPRIGHT[::-1], UPRIGHT, UPRIGHT[::-1]):
        tab.page.set_viewport_size({"width": width, "height": height})
        tab.gone("submit")
        tab.shows("submit")
        tab.chosen("reason-bu_other")
        tab.picture(f"turned-{width}")
    tab.tap("submit")  # which would be refused without the words
    tab.tap("undo")
    tab.gone("undo")
    assert tab.complaints == []
