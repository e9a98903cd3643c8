"""Journey D in a real Chromium: from what a creator shows to a paid order, in each language and theme."""

from collections.abc import Callable

import pytest

from app.ui import routes
from tests.actions.steps import column, rows
from tests.browser import DESK, PHONE, Browsing
from tests.journeys.chromium.house import CURRENCIES, House

LOOKS = (("en", "light", PHONE), ("id", "dark", DESK), ("vi", "dark", PHONE))
_SHOWN = """
    SELECT products.id, title FROM products JOIN variants ON variants.product_id = products.id
    WHERE variants.currency = :currency ORDER BY shown IS NULL, creator_id IS NULL, products.id LIMIT 1
"""
_THERE = """
    SELECT variants.id FROM variants JOIN balances ON balances.subject = variants.id
    WHERE balances.kind = 'STOCK' AND balances.free > 1 AND variants.product_id = :product ORDER BY 1
"""


@pytest.mark.parametrize(("language", "theme", "window"), LOOKS, ids=str)
def test_what_a_creator_shows_is_found_ordered_and_paid(
    house: House,
    browser: Browsing,
    speaks: Callable[[str], None],
    language: str,
    theme: str,
    window: tuple[int, int],
) -> None:
    speaks(language)
    buyer = house.regular(language)
    ((product, title),) = rows(house.shop, _SHOWN, currency=CURRENCIES[language])
    variant = rows(house.shop, _THERE, product=product)[:2][-1][0]
    tab = browser.tab(house.address, window, dark=theme == "dark", language=language, person=buyer.id)

    def sees(step: str) -> None:
        tab.picture(f"d-{step}-{language}-{window[0]}-{theme}")

    tab.visit()
    tab.tap("go-shop")
    tab.shows("category-all")
    sees("1-feed")
    tab.tap("find-products")
    tab.type("products-search", title[:3])
    tab.page.wait_for_url("**/shop?q=*")  # a person pauses, and types on
    tab.page.keyboard.type(title[3:])
    tab.shows(f"product-{product}")
    sees("2-found")
    tab.tap(f"product-{product}")
    tab.shows("buy")
    sees("3-product")
    tab.page.mouse.move(window[0] * 2 // 3, 500)
    tab.page.mouse.wheel(0, 320)  # a finger reaches only what is in view
    tab.tap(f"variant-{variant}")
    sees("4-variant")
    tab.tap("buy")
    tab.shows("place-order")
    tab.tap("method-card")
    sees("5-checkout")
    tab.tap("place-order")
    tab.shows("more-time")
    sees("6-pay")
    number = int(tab.route.removeprefix(f"{routes.ORDERS}/").partition("/")[0])
    assert column(house.shop, number, "status") == "UNPAID"
    assert rows(house.shop, "SELECT variant_id FROM lines WHERE order_number = :n", n=number) == [(variant,)]
    tab.tap("pay")
    tab.shows("payment-paid")
    sees("7-paid")
    assert column(house.shop, number, "status") in ("AWAITING_SHIPMENT", "ON_HOLD")
    tab.tap("see-order")
    tab.reads(title)
    sees("8-order")
    assert tab.elsewhere() == []
    assert tab.complaints == []
