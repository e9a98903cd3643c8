"""Journey C in a real Chromium: the wrong colour is put right at once, or asked of the seller."""

from collections.abc import Callable

import pytest

from app.shop.actions.pay import pay
from app.shop.reads.fixes import fix_choice
from app.shop.shop import Actor
from app.ui import routes
from app.ui.texts import t
from tests.actions.steps import column, fresh, rows
from tests.browser import DESK, PHONE, Browsing, Tab
from tests.journeys.chromium.house import House

LOOKS = (("en", "light", PHONE), ("id", "dark", PHONE), ("vi", "light", DESK))
_SELLER = """SELECT min(members.person_id) FROM members JOIN orders ON orders.shop_id = members.shop_id
    WHERE orders.number = :number"""


def another(house: House, buyer: Actor, number: int) -> str:
    """The identifier of a variant to take instead."""
    (line, *_) = fix_choice(house.shop, buyer, number).lines
    return next(f"variant-{one.id}" for one in line.variants if one.enough)


def calm(*tabs: Tab) -> None:
    """Nothing went wrong anywhere, and nothing to another host."""
    for tab in tabs:
        assert tab.complaints == []
        assert tab.elsewhere() == []


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(look[:2]))
def test_the_wrong_colour_is_put_right_in_four_taps(
    house: House,
    browser: Browsing,
    look: tuple[str, str, tuple[int, int]],
    speaks: Callable[[str], None],
) -> None:
    language, theme, size = look
    speaks(language)
    buyer = house.regular(language)
    number = house.order(buyer, language)
    tab = browser.tab(house.address, size, dark=theme == "dark", language=language, person=buyer.id)

    def picture(step: str) -> None:
        tab.picture(f"c-{step}-{language}-{theme}-{size[0]}")

    tab.visit(routes.ORDERS)
    tab.tap(f"cancel-{number}")
    tab.tap("reason-bu_coupon")
    picture("voucher")
    tab.tap("reason-bu_wrong_variant")
    variant = another(house, buyer, number)
    tab.tap(variant)
    tab.shows("fix-submit")
    picture("instead")
    tab.tap("keep-order")
    tab.gone("submit")
    tab.tap(f"order-{number}")
    tab.shows("fix")
    picture("order")
    tab.tap("fix")
    tab.tap("fix-payment-method")
    picture("method")
    tab.tap("fix-variant")
    tab.tap(variant)
    picture("variant")
    tab.tap("fix-submit")
    tab.shows("notice")
    picture("changed")
    assert column(house.shop, number, "status") == "UNPAID"
    tab.tap("notice-close")  # it would wait for whoever is this person next
    tab.gone("notice")
    calm(tab)


@pytest.mark.parametrize("look", LOOKS[:1], ids=lambda look: "-".join(look[:2]))
def test_the_seller_of_a_paid_order_is_asked_and_accepts(
    house: House,
    browser: Browsing,
    look: tuple[str, str, tuple[int, int]],
    speaks: Callable[[str], None],
) -> None:
    language, theme, _ = look
    speaks(language)
    person = house.regular(language)
    number = house.order(person, language)
    pay(house.shop, person, number, key=fresh())
    sells = int(rows(house.shop, _SELLER, number=number)[0][0])
    buyer, seller = (
        browser.tab(house.address, size, dark=theme == "dark", language=language, person=who)
        for size, who in ((PHONE, person.id), (DESK, sells))
    )
    seller.visit(routes.SELLER)
    seller.shows("tab-to-answer")
    buyer.visit(routes.order(number))
    buyer.tap("fix")
    buyer.tap(another(house, person, number))
    buyer.picture(f"c-asking-{language}-{theme}-412")
    buyer.tap("fix-submit")
    buyer.reads(t("cancel_instead"))
    buyer.picture(f"c-asked-{language}-{theme}-412")
    seller.shows(f"accept-change-{number}")
    seller.picture(f"c-queue-{language}-{theme}-1280")
    seller.tap(f"seller-request-{number}")
    seller.tap("accept-change")
    seller.shows("submit")
    seller.picture(f"c-accepting-{language}-{theme}-1280")
    seller.tap("submit")
    buyer.reads(t("change_done"))
    seller.reads(t("change_done"))
    buyer.picture(f"c-done-{language}-{theme}-412")
    calm(buyer, seller)
