"""The guided tour in a real Chromium: by tapping what is pointed at, and by Next, in each language."""

from collections.abc import Callable

import pytest

from app.ui import routes
from app.ui.texts import t
from app.ui.tour.steps import STEPS
from tests.browser import DESK, PHONE, Browsing, Tab
from tests.journeys.chromium.house import House
from tests.semantics import read

LOOKS = (("en", "light", PHONE), ("id", "dark", DESK), ("vi", "light", PHONE))
BY_HAND = {
    "menu": "menu",
    "settings": "go-settings",
    "orders": "go-orders",
    "all": "tab-all",
    "cancel": "cancel-order",
    "reason": "reason-bu_not_needed",
    "submit": "submit",
    "notice": "notice-close",
    "cancelled": "tab-cancelled",
    "to-ship": "tab-to-ship",
    "contact": "contact-seller",
    "ask": "ask-to-cancel",
    "why": "reason-bp_not_needed",
    "send": "submit",
    "answer": "tour-next",
    "confirm": "confirm-cancel",
    "refund": "pinned-order",
    "end": "tour-next",
}


PICTURED = ("menu", "settings", "order", "reason", "undo", "notice", "to-ship", "contact", "confirm", "end")


def order(tab: Tab, state: str) -> str:
    """The order that stands in the list in this state, once it is there."""
    tab.page.wait_for_function(
        "state => [...document.querySelectorAll('[flt-semantics-identifier^=order-]')]"
        ".some(card => card.textContent.includes(state) || card.ariaLabel?.includes(state))",
        arg=state,
    )
    return next(one.identifier for one in read(tab.page) if one.identifier.startswith("order-"))


def by_hand(tab: Tab, code: str) -> None:
    """Do the step oneself."""
    if code == "cancelled":
        tab.tap("back")
        tab.shows("tab-cancelled")
    if code in ("order", "find"):
        tab.tap(order(tab, t("status.UNPAID" if code == "order" else "status.AWAITING_SHIPMENT")))
    else:
        tab.tap(BY_HAND[code])


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look[:2])))
def test_the_tour_leads_through_both_journeys_and_back(
    house: House, browser: Browsing, look: tuple[str, str, tuple[int, int]], speaks: Callable[[str], None]
) -> None:
    language, theme, size = look
    speaks(language)
    person = house.newcomer().id
    tab = browser.tab(house.address, size, dark=theme == "dark", language=language, person=person)
    tab.visit(routes.TOUR)
    tab.shows("tour-begin")
    tab.picture(f"tour-00-begin-{language}-{theme}-{size[0]}")
    tab.tap("tour-begin")
    for n, step in enumerate(STEPS, 1):
        tab.hears(t(f"tour.{step.code}"))
        if step.code in PICTURED:
            tab.picture(f"tour-{n:02}-{step.code}-{language}-{theme}-{size[0]}")
        if step.code == "undo":
            continue
        if language == "en":
            by_hand(tab, step.code)
        else:
            tab.tap("tour-next")
    tab.shows("tour-orders")
    tab.picture(f"tour-99-done-{language}-{theme}-{size[0]}")
    assert tab.complaints == []
    assert tab.elsewhere() == []
