"""Journey B at the seller's, in a real Chromium: the queue, a request, the option listed."""

import pytest

from app.shop.actions.pay import pay
from app.shop.actions.request import ask_to_cancel
from app.shop.reads.requests import request_panel
from app.shop.shop import Actor
from tests.actions.steps import fresh, rows
from tests.browser import DESK, PHONE, Browsing
from tests.journeys.chromium.house import House

LOOKS = ((PHONE, "en", False), (DESK, "en", False), (PHONE, "vi", True))


def asked(house: House) -> tuple[int, Actor]:
    """A paid order of a newcomer who asks to have it cancelled, and who sells it."""
    buyer = house.newcomer()
    number = house.order(buyer)
    pay(house.shop, buyer, number, key=fresh())
    ask_to_cancel(
        house.shop, buyer, number, "BP_WRONG_VARIANT", "I meant the other colour, sorry", key=fresh()
    )
    sql = """
        SELECT min(members.person_id) FROM members
        JOIN orders ON orders.shop_id = members.shop_id WHERE orders.number = :number
    """
    return number, Actor(rows(house.shop, sql, number=number)[0][0])


@pytest.mark.parametrize(("view", "language", "dark"), LOOKS, ids=["phone", "wide", "phone-dark-vi"])
def test_a_seller_lists_the_option_from_the_queue(
    house: House, browser: Browsing, view: tuple[int, int], language: str, dark: bool
) -> None:
    number, seller = asked(house)
    name = f"seller-{view[0]}-{language}"
    tab = browser.tab(house.address, view, dark=dark, language=language, person=seller.id)
    tab.visit("/seller")
    tab.shows(f"seller-request-{number}")
    tab.picture(f"{name}-1-queue")
    tab.tap("select-several")
    tab.tap(f"seller-request-{number}")
    tab.picture(f"{name}-2-selected")
    tab.tap("select-several")
    tab.tap(f"seller-request-{number}")
    tab.shows("list-option")
    tab.picture(f"{name}-3-request")
    tab.tap("offer-change")
    tab.shows("offer-ship_date")
    tab.picture(f"{name}-4-offer")
    tab.tap("keep-order")
    tab.gone("submit")
    tab.tap("list-option")
    tab.shows("reason-note")
    tab.picture(f"{name}-5-list-option")
    tab.tap("submit")
    tab.shows("why-not")
    tab.picture(f"{name}-6-listed")
    newest = request_panel(house.shop, seller, number).newest
    assert newest is not None
    assert (newest.status, newest.answer_reason) == ("OPTION_LISTED", "SP_BUYER_REQUESTED")
    assert tab.complaints == []
    assert tab.elsewhere() == []
