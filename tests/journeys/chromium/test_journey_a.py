"""Journey A in a real Chromium, the long way and the short one: each language, theme and size."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import pytest

from app.ui.texts import reason_text, t
from tests.actions.steps import column
from tests.browser import DESK, PHONE, Browsing, Tab
from tests.journeys.chromium.house import House
from tests.semantics import answer


@dataclass(frozen=True)
class Look:
    """In which language and theme, and how large."""

    language: str
    theme: str
    size: tuple[int, int]

    def __str__(self) -> str:
        """How pictures of it are named."""
        return f"{self.language}-{self.size[0]}-{self.theme}"


LONG = (Look("en", "light", PHONE), Look("id", "dark", DESK), Look("vi", "dark", PHONE))
SHORT = (Look("en", "dark", DESK), Look("id", "light", PHONE), Look("vi", "light", DESK))
"""Each way meets every language, theme and size; at full size, all of them together."""
ALL = tuple(Look(*one) for one in product(("en", "id", "vi"), ("light", "dark"), (PHONE, DESK)))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The looks of this run."""
    few = LONG if "long" in metafunc.function.__name__ else SHORT
    metafunc.parametrize("look", ALL if metafunc.config.getoption("--full") else few, ids=str)


class Journey:
    """One person on the way, with an order to take back; pictures are kept of each step."""

    def __init__(self, house: House, browser: Browsing, look: Look) -> None:
        person = house.regular(look.language)
        house.count(4)
        self.house, self.look = house, look
        self.number = house.order(person, look.language)
        self.title = house.title(self.number)
        self.tab: Tab = browser.tab(
            house.address, look.size, dark=look.theme == "dark", language=look.language, person=person.id
        )
        self.tab.visit()
        self.tab.shows("menu")
        self.heard = len(self.tab.said)

    def sees(self, step: str, *words: str) -> None:
        """At this step the words can be read."""
        for part in words:
            self.tab.reads(part)
        self.tab.picture(f"{step}-{self.look}")

    def submits(self, step: str) -> None:
        """Why, and off: the count runs, then the notice says what came of it."""
        tab, title = self.tab, self.title
        tab.shows("submit")
        self.sees(step, t("tell_us_why"), t("keep_order"), t("nothing_charged"))
        tab.reads(reason_text("BU_NOT_NEEDED"))
        tab.tap("reason-bu_not_needed")
        tab.tap("submit")
        tab.shows("undo")
        assert column(self.house.shop, self.number, "status") == "UNPAID"
        self.sees(f"undo-{step}", t("undo"))
        tab.shows("notice")
        self.sees(f"notice-{step}", t("result.nothing", title=title))
        assert column(self.house.shop, self.number, "status") == "CANCELLED"
        # Once each: a count that is read out every second would drown everything else.
        assert tab.said[self.heard :] == [
            t("cancelling_aloud", title=title),
            t("result.nothing", title=title),
        ]

    def ends(self) -> None:
        """The notice stays until it is closed; nobody else was asked for anything."""
        self.tab.tap("notice-close")
        self.tab.gone("notice")
        assert answer(self.tab.page, "() => document.documentElement.lang") == self.look.language
        assert self.tab.elsewhere() == []
        assert self.tab.complaints == []


def test_an_unpaid_order_is_taken_back_the_long_way(
    look: Look, house: House, browser: Browsing, speaks: Callable[[str], None]
) -> None:
    speaks(look.language)
    way = Journey(house, browser, look)
    tab = way.tab
    way.sees("profile", t("orders"), t("tab.pending-payment"), t("all_orders"))
    tab.tap("menu")
    tab.shows("go-settings")
    way.sees("menu", t("menu"), t("switch_account"))
    tab.tap("go-settings")
    tab.shows("go-orders")
    way.sees("settings", t("settings_and_privacy"), t("language_name"), t("appearance"))
    tab.tap("go-orders")
    tab.tap("tab-all")
    tab.shows(f"order-{way.number}")
    way.sees("orders", t("tab.all"), t("status.UNPAID"), way.title)
    tab.tap(f"order-{way.number}")
    tab.shows("cancel-order")
    way.sees("order", t("order"), t("ahead.BUYER.UNPAID"), t("prices"), t("total"))
    tab.tap("cancel-order")
    way.submits("cancel")
    to_the_inbox(tab)
    tab.shows("notice")
    way.sees("inbox", t("inbox"), t("notice.order_cancelled"), way.title)
    to_the_cancelled(tab)
    tab.shows(f"order-{way.number}")
    way.sees("cancelled", t("tab.cancelled"), t("status.CANCELLED"))
    way.ends()


def to_the_inbox(tab: Tab) -> None:
    """From the order; on a phone over the profile."""
    if tab.page.viewport_size == {"width": PHONE[0], "height": PHONE[1]}:
        tab.tap("back")
        tab.gone("why-not")
        tab.tap("back")
        tab.gone("tab-all")
    tab.tap("inbox")


def to_the_cancelled(tab: Tab) -> None:
    """From the inbox; on a phone over the profile."""
    if tab.page.viewport_size == {"width": PHONE[0], "height": PHONE[1]}:
        tab.tap("go-profile")
        tab.tap("strip-cancelled")
    else:
        tab.tap("rail-orders")
        tab.tap("tab-cancelled")


def test_an_unpaid_order_is_taken_back_in_four_taps_the_short_way(
    look: Look, house: House, browser: Browsing, speaks: Callable[[str], None]
) -> None:
    speaks(look.language)
    way = Journey(house, browser, look)
    tab = way.tab
    tab.tap("strip-pending-payment")
    tab.shows(f"cancel-{way.number}")
    way.sees("pending", t("tab.pending-payment"), t("cancel"))
    tab.tap(f"cancel-{way.number}")
    way.submits("cancel-from-list")
    assert tab.taps == 4
    tab.gone(f"order-{way.number}")
    way.ends()
