"""For everyone: names and room for a finger on every screen, every size, large letters, a keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest

from app.shop.reads.feed import feed
from app.shop.reads.orders import PAGE
from app.shop.shop import SYSTEM
from app.ui import routes, theme
from app.ui.screens.orders import FIRST
from app.ui.texts import t
from tests.browser import DESK, FOLLOWS, PHONE, Browsing, Tab
from tests.journeys.chromium.house import House
from tests.semantics import answer, told

SMALL = (360, 640)
SIZES = (SMALL, PHONE, (800, 1280), DESK, (1920, 1080))
STILL = 60
"""How many times a screen is looked at until two looks find the same."""
FINGER = 47.5
"""Pixels: 48, less what rounding takes."""
SCREENS = (
    *(routes.PROFILE, routes.SETTINGS, routes.ORDERS, routes.INBOX, routes.ACCOUNTS, routes.LANGUAGE),
    *(routes.APPEARANCE, routes.POLICY, routes.IMPORT, routes.ABOUT, "/nowhere"),
)
TAPPABLE = """
    () => [...document.querySelectorAll('flt-semantics[role=button], [flt-tappable]')]
    .map(node => {
        const box = node.getBoundingClientRect();
        let { width, height } = box;
        for (let up = node.parentElement; up; up = up.parentElement) {
            const edge = up.getBoundingClientRect();
            if (box.top - edge.top < 1 || edge.bottom - box.bottom < 1) height = Math.max(height, 48);
            if (box.left - edge.left < 1 || edge.right - box.right < 1) width = Math.max(width, 48);
            if (!up.parentElement?.closest('flt-semantics')) break;
        }
        let named = node.getAttribute('aria-label') || node.textContent.trim();
        for (let up = node.parentElement; !named && up?.tagName === 'FLT-SEMANTICS'; up = up.parentElement)
            named = up.getAttribute('aria-label');
        return [named || '', width, height, node.getAttribute('flt-semantics-identifier') || ''];
    })
"""
"""Name, width, height and identifier of each thing to tap, as a screen reader finds them; what the edge of a
list cuts off counts as high enough."""
BEYOND = """
    () => [...document.querySelectorAll('flt-semantics')]
        .filter(node => node.childElementCount === 0 && node.textContent.trim())
        .map(node => [node.textContent.trim(), node.getBoundingClientRect()])
        .filter(([, box]) => box.width > innerWidth + 1)
        .map(([text]) => text)
"""
"""Texts that are wider than the screen."""
FASTEST = 33
"""Milliseconds between two presses of a key: nobody is faster."""
WHOLE = """
    names => {
        const [box, above] = names.map(
            name => document.querySelector(`[flt-semantics-identifier="${name}"]`)?.getBoundingClientRect());
        return box && above && box.height > 100 && box.top >= above.bottom && box.bottom <= innerHeight;
    }
"""
"""Whether something in a list is seen whole, below what stands above the list: what is not is cut or gone."""
REACHED = """
    ([room, ...names]) => {
        const [before, chosen] = names.map(
            name => document.querySelector(`[flt-semantics-identifier="${name}"]`)?.getBoundingClientRect());
        return before && chosen && before.right > room && chosen.left > room && chosen.right <= innerWidth;
    }
"""
"""Whether there is room for a finger at the left of a tab that is seen whole."""
AS_WIDE = """
    ([name, width]) => {
        const box = document.querySelector(`[flt-semantics-identifier="${name}"]`)?.getBoundingClientRect();
        return box && Math.abs(box.width - width) < 1;
    }
"""
"""Whether so much of something can be seen."""


def shown(house: House, language: str, browser: Browsing, area: tuple[int, int]) -> tuple[Tab, list[str]]:
    """A tab of somebody who has orders, and the addresses of every screen for them."""
    person = house.regular(language)
    number = house.order(person, language)
    tab = browser.tab(house.address, area, language=language, person=person.id)
    return tab, [*SCREENS, routes.order(number), routes.cancel(number), routes.orders("completed")]


def at(tab: Tab, address: str) -> list[Any]:
    """Be there, and wait until it stands still; the things to tap."""
    tab.go(address)
    before: list[Any] = []
    for _ in range(STILL):
        tab.page.wait_for_timeout(400)
        found: list[Any] = answer(tab.page, TAPPABLE)
        if found and found == before:
            return found
        before = found
    raise AssertionError(f"{address} does not stand still: {before}")


@pytest.mark.parametrize(("language", "area"), [("en", PHONE), ("vi", SMALL), ("id", DESK)])
def test_every_thing_to_tap_has_a_name_and_room_for_a_finger(
    language: str, area: tuple[int, int], house: House, browser: Browsing
) -> None:
    tab, addresses = shown(house, language, browser, area)
    tab.visit()
    tab.shows("menu")
    for address in addresses:
        found = at(tab, address)
        nameless = [one for one in found if not one[0]]
        narrow = [one for one in found if 0 < min(one[1], one[2]) < FINGER]
        assert (nameless, narrow) == ([], []), address


@pytest.mark.parametrize("area", [PHONE, DESK], ids=str)
def test_a_card_and_its_cancel_are_both_told_and_nothing_is_inside_a_button(
    area: tuple[int, int], house: House, browser: Browsing
) -> None:
    person = house.newcomer()
    number = house.order(person)
    tab = browser.tab(house.address, area, person=person.id)
    tab.visit(routes.ORDERS)
    tab.shows(f"cancel-{number}")
    tab.page.wait_for_timeout(500)
    found = [one for one in told(tab.page) if one.role in ("button", "link")]
    assert [one.name for one in found if one.role == "button"].count(t("cancel")) == 1
    assert [house.title(number) in one.name for one in found if one.role == "link"] == [True]
    assert [one for one in found if "button" in one.within] == []
    tab.page.locator(f'[flt-semantics-identifier="order-{number}"]').focus()
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(f"**{routes.order(number)}")


@pytest.mark.parametrize("area", SIZES, ids=str)
def test_every_size_has_its_layout(area: tuple[int, int], house: House, browser: Browsing) -> None:
    tab, _ = shown(house, "en", browser, area)
    tab.visit(routes.ORDERS)
    wide = area[0] >= 900
    tab.shows("tab-all")
    first = tab.page.locator('[flt-semantics-identifier^="order-"]').first
    first.wait_for(state="attached")
    first.click()
    tab.shows("rail-orders" if wide else "back")
    if not wide:
        tab.gone("tab-all")
    assert tab.find("rail-orders").count() == (1 if wide else 0)
    tab.page.wait_for_timeout(400)
    assert (tab.page.locator('[flt-semantics-identifier^="order-"]').count() > 0) == wide
    tab.picture(f"size-{area[0]}-{area[1]}")
    assert tab.complaints == []


@pytest.mark.parametrize(("language", "area"), [("vi", SMALL), ("id", PHONE)])
def test_letters_of_twice_the_size_fit_and_leave_everything_within_reach(
    language: str, area: tuple[int, int], house: House, browser: Browsing, speaks: Callable[[str], None]
) -> None:
    speaks(language)
    house.count(20)
    tab, addresses = shown(house, language, browser, area)
    tab.page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '32px' })"
    )
    tab.visit()
    tab.shows("menu")
    for address in addresses:
        at(tab, address)
        tab.picture(f"large-{language}-{address.strip('/').replace('/', '-').partition('?')[0]}"[:40])
        assert answer(tab.page, BEYOND) == [], address
    at(tab, addresses[-2])
    tab.tap("reason-bu_not_needed")
    tab.chosen("reason-bu_not_needed")
    tab.tap("submit")
    tab.shows("undo")
    tab.reads(t("undo"))
    tab.tap("undo")  # else the next test of this person would be told that nothing was sent
    tab.gone("undo")


def test_a_keyboard_alone_opens_orders_and_goes_back(house: House, browser: Browsing) -> None:
    person = house.newcomer()
    number, other = house.order(person), house.order(person)
    tab = browser.tab(house.address, DESK, person=person.id)
    tab.visit("/orders")
    tab.shows(f"order-{number}")
    newest, older = sorted((number, other), reverse=True)
    for key, there in (("ArrowDown", newest), ("ArrowDown", older), ("ArrowUp", newest)):
        tab.page.keyboard.press(key)
        tab.page.wait_for_url(f"**/orders/{there}")
    tab.tap("cancel-order")
    tab.shows("submit")
    tab.page.keyboard.press("Escape")
    tab.gone("submit")
    assert tab.route == f"/orders/{newest}"
    tab.page.keyboard.press("Escape")
    tab.page.wait_for_url("**/orders")


@pytest.mark.parametrize("area", [SMALL, DESK], ids=str)
def test_arrows_go_on_beyond_what_is_loaded_and_the_row_stays_in_view(
    area: tuple[int, int], house: House, browser: Browsing
) -> None:
    person = house.newcomer()
    numbers = sorted((house.order(person) for _ in range(FIRST + 3)), reverse=True)
    tab = browser.tab(house.address, area, person=person.id)
    tab.visit(routes.ORDERS)
    tab.shows(f"order-{numbers[0]}")
    ways = [("ArrowDown", one) for one in numbers] + [("ArrowUp", one) for one in numbers[-2::-1]]
    for key, number in ways:
        tab.page.keyboard.press(key)
        tab.chosen(f"order-{number}")
        tab.page.wait_for_function(WHOLE, arg=[f"order-{number}", "tab-all"])


@pytest.mark.parametrize("area", [SMALL, DESK], ids=str)
def test_however_fast_the_keys_are_the_list_comes_along(
    area: tuple[int, int], house: House, browser: Browsing
) -> None:
    person = house.newcomer()
    numbers = sorted((house.order(person) for _ in range(FIRST + PAGE + 3)), reverse=True)
    tab = browser.tab(house.address, area, person=person.id)
    tab.visit(routes.ORDERS)
    tab.shows(f"order-{numbers[0]}")
    for key, number in (("ArrowDown", numbers[-1]), ("ArrowUp", numbers[0])):
        for _ in range(2 * len(numbers)):
            tab.page.keyboard.press(key)
            tab.page.wait_for_timeout(FASTEST)
        tab.chosen(f"order-{number}")
        tab.page.wait_for_function(WHOLE, arg=[f"order-{number}", "tab-all"])


@pytest.mark.parametrize("language", ["en", "id", "vi"])
def test_a_finger_reaches_the_tab_before_the_chosen_one(
    language: str, house: House, browser: Browsing
) -> None:
    tab = browser.tab(house.address, SMALL, language=language, person=house.newcomer().id)
    tab.visit(routes.orders("to-ship"))
    for chosen, before in (("to-ship", "pending-payment"), ("pending-payment", "all")):
        tab.chosen(f"tab-{chosen}")
        tab.page.wait_for_function(REACHED, arg=[FINGER, f"tab-{before}", f"tab-{chosen}"])
        tab.page.wait_for_timeout(FOLLOWS)  # what still scrolls takes no tap
        box = tab.find(f"tab-{before}").bounding_box()
        assert box is not None
        tab.page.mouse.click(theme.TOUCH / 2, box["y"] + box["height"] / 2)
    tab.chosen("tab-all")


@pytest.mark.parametrize("language", ["en", "id", "vi"])
def test_the_last_tab_is_seen_whole_when_a_link_leads_to_it(
    language: str, house: House, browser: Browsing
) -> None:
    person = house.regular(language)
    tab, other = (browser.tab(house.address, language=language, person=person.id) for _ in range(2))
    tab.visit(routes.ORDERS)
    tab.tap("tab-completed")
    tab.tap("tab-cancelled")
    tab.page.wait_for_timeout(2 * FOLLOWS)
    box = tab.find("tab-cancelled").bounding_box()
    assert box is not None
    other.visit(routes.orders("cancelled"))
    other.chosen("tab-cancelled")
    other.page.wait_for_function(AS_WIDE, arg=["tab-cancelled", box["width"]])


@pytest.mark.parametrize(("area", "side"), [(SMALL, 2), (DESK, 5)], ids=str)
def test_arrows_go_by_the_columns_of_the_shop(
    area: tuple[int, int], side: int, house: House, browser: Browsing
) -> None:
    goods = [one.id for one in feed(house.shop, SYSTEM, limit=PAGE + side).products]
    tab = browser.tab(house.address, area, person=house.newcomer().id)
    tab.visit(routes.shop(everywhere=True))
    tab.shows(f"product-{goods[0]}")
    ways = [("ArrowDown", at) for at in range(0, PAGE + 1, side)]
    ways += [("ArrowLeft", PAGE - 1), ("ArrowRight", PAGE), ("ArrowUp", PAGE - side)]
    for key, at in ways:
        tab.page.keyboard.press(key)
        tab.chosen(f"product-{goods[at]}")
        tab.page.wait_for_function(WHOLE, arg=[f"product-{goods[at]}", "category-all"])
    tab.picture(f"grid-keys-{area[0]}")
    tab.page.keyboard.press("Enter")
    tab.shows("buy")
    assert tab.route == routes.shop(everywhere=True, product=goods[PAGE - side])
    tab.page.keyboard.press("Escape")
    tab.chosen(f"product-{goods[PAGE - side]}")


def test_two_windows_of_one_person_stay_the_same(house: House, browser: Browsing) -> None:
    house.count(8)
    person = house.newcomer()
    number = house.order(person)
    one = browser.tab(house.address, person=person.id)
    other = browser.tab(house.address, DESK, person=person.id)
    other.visit("/orders?tab=pending-payment")
    other.shows(f"order-{number}")
    one.visit(f"/orders/{number}/cancel")
    one.tap("reason-bu_not_needed")
    one.tap("submit")
    for tab in (one, other):
        tab.shows("undo")
    for tab in (one, other):
        tab.shows("notice")
    other.gone(f"order-{number}")
    one.tap("notice-close")
    for tab in (one, other):
        tab.gone("notice")
