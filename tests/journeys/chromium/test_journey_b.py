"""Journey B in a real Chromium: buyer, seller and platform side by side, each in a browser of their own."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from app.shop.actions.pay import pay
from app.ui import routes
from app.ui.texts import t
from tests.actions.steps import column, fresh, rows
from tests.browser import DESK, PHONE, Browsing, Tab
from tests.journeys.chromium.house import House

LOOKS = (("en", "light"), ("id", "dark"), ("vi", "light"))
_SELLER = """SELECT min(members.person_id) FROM members JOIN orders ON orders.shop_id = members.shop_id
    WHERE orders.number = :number"""


@dataclass
class Sides:
    """A paid order, and tabs of whoever it concerns; pictures are kept of all of them at each step."""

    house: House
    browser: Browsing
    language: str
    theme: str
    number: int = 0
    buyer: Tab = field(init=False)
    seller: Tab = field(init=False)
    steps: int = 0

    def __post_init__(self) -> None:
        """The buyer on a phone, the seller at a desk."""
        buyer = self.house.regular(self.language)
        self.number = self.house.order(buyer, self.language)
        pay(self.house.shop, buyer, self.number, key=fresh())
        seller = rows(self.house.shop, _SELLER, number=self.number)[0][0]
        self.buyer, self.seller = self.tab(buyer.id, PHONE), self.tab(seller, DESK)

    def tab(self, person: int, size: tuple[int, int]) -> Tab:
        """A tab of somebody's."""
        dark = self.theme == "dark"
        return self.browser.tab(self.house.address, size, dark=dark, language=self.language, person=person)

    def picture(self, step: str, *tabs: Tab) -> None:
        """What each of them sees now."""
        self.steps += 1
        for tab in tabs or (self.buyer, self.seller):
            width = tab.page.viewport_size["width"] if tab.page.viewport_size else 0
            tab.picture(f"b-{step}-{self.steps:02}-{self.language}-{self.theme}-{width}")

    def ask(self) -> None:
        """The buyer asks from the chat, while the seller has the queue open and then opens the request."""
        self.seller.visit(routes.SELLER)
        self.seller.shows("tab-to-answer")
        self.buyer.visit(routes.order(self.number))
        self.buyer.tap("contact-seller")
        self.buyer.shows("ask-to-cancel")
        self.picture("chat", self.buyer)
        self.buyer.tap("ask-to-cancel")
        self.buyer.tap("reason-bp_wrong_variant")
        self.buyer.shows("reason-text")
        self.picture("ask", self.buyer)
        self.buyer.tap("submit")
        self.buyer.shows("withdraw")
        self.seller.shows(f"seller-request-{self.number}")
        self.picture("asked")
        self.seller.tap(f"seller-request-{self.number}")

    def answer(self, tab: Tab, what: str, reason: str, note: str) -> None:
        """Somebody answers with a reason and a note."""
        tab.tap(what)
        if reason:
            tab.tap(reason)
            tab.type("reason-note", note)
        tab.shows("submit")
        self.picture(what, tab)
        tab.tap("submit")
        tab.gone("submit")

    def calm(self, *tabs: Tab) -> None:
        """Nothing went wrong anywhere, and nothing to another host."""
        for tab in (self.buyer, self.seller, *tabs):
            assert tab.complaints == []
            assert tab.elsewhere() == []


@pytest.fixture
def sides(house: House, browser: Browsing, look: tuple[str, str], speaks: Callable[[str], None]) -> Sides:
    """Both sides of a paid order."""
    speaks(look[0])
    house.count(4)
    return Sides(house, browser, *look)


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_a_listed_option_is_confirmed_and_the_money_seen_on_its_way_without_reloading(sides: Sides) -> None:
    buyer, seller, number = sides.buyer, sides.seller, sides.number
    sides.ask()
    sides.answer(seller, "list-option", "", "")
    buyer.shows("confirm-cancel")
    sides.picture("listed")
    buyer.tap("confirm-cancel")
    buyer.reads(t("request.APPROVED"))
    seller.reads(t("request.APPROVED"))
    sides.picture("confirmed")
    buyer.tap("pinned-order")
    buyer.shows("refund-1")
    sides.picture("refund", buyer)
    assert column(sides.house.shop, number, "status") == "CANCELLED"
    sides.calm()


@pytest.mark.parametrize("look", LOOKS[:1], ids="-".join)
def test_a_refusal_is_brought_before_the_platform_which_decides_for_the_buyer(sides: Sides) -> None:
    buyer, seller, number = sides.buyer, sides.seller, sides.number
    staff = sides.tab(rows(sides.house.shop, "SELECT min(person_id) FROM staff")[0][0], DESK)
    staff.visit(routes.PLATFORM_REQUESTS)
    staff.shows("go-platform-requests")
    sides.ask()
    sides.answer(seller, "decline", "reason-sr_packed", "It leaves the house this evening.")
    buyer.shows("escalate")
    sides.picture("declined")
    buyer.tap("escalate")
    buyer.type("reason-text", "It was not packed when I asked.")
    sides.picture("escalate", buyer)
    buyer.tap("submit")
    buyer.reads(t("request.ESCALATED"))
    staff.tap(f"seller-request-{number}")
    staff.shows("overrule")
    sides.picture("escalated", buyer, seller, staff)
    sides.answer(staff, "overrule", "reason-op_experience", "The shop had a day to stop it.")
    buyer.reads(t("request.APPROVED"))
    seller.reads(t("request.APPROVED"))
    sides.picture("decided", buyer, seller, staff)
    assert column(sides.house.shop, number, "status") == "CANCELLED"
    sides.calm(staff)


@pytest.mark.parametrize("look", LOOKS[1:2], ids="-".join)
def test_a_change_is_offered_and_accepted(sides: Sides) -> None:
    buyer, seller, number = sides.buyer, sides.seller, sides.number
    sides.ask()
    seller.tap("offer-change")
    seller.tap("offer-ship_date")
    seller.tap("day-1")
    sides.picture("offer", seller)
    seller.tap("submit")
    buyer.shows("accept-offer")
    sides.picture("offered")
    buyer.tap("accept-offer")
    buyer.reads(t("request_ahead.SUPERSEDED"))
    seller.reads(t("request_ahead.SUPERSEDED"))
    sides.picture("accepted")
    assert column(sides.house.shop, number, "status") == "AWAITING_SHIPMENT"
    sides.calm()
