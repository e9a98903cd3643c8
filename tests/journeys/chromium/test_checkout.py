"""From a link to an order in a real Chromium: a newcomer writes an address, chooses, adds, and orders."""

import pytest

from app.shop.reads.addresses import address_book
from app.ui import routes
from tests.actions.steps import rows
from tests.browser import Browsing
from tests.journeys.chromium.house import CURRENCIES, House

LOOKS = (("en", "light"), ("id", "dark"), ("vi", "light"))
_GOODS = """SELECT min(variants.id), max(variants.id), max(products.id) FROM variants
    JOIN products ON products.id = variants.product_id
    JOIN balances ON balances.kind = 'STOCK' AND balances.subject = variants.id
    WHERE variants.currency = :currency AND balances.free > 5
    GROUP BY products.shop_id HAVING count(DISTINCT products.id) > 1 ORDER BY products.shop_id LIMIT 1"""
_ORDER = "SELECT number, total_minor, payment_method FROM orders WHERE buyer_id = :buyer"
_PIECES = "SELECT sum(quantity) FROM lines WHERE order_number = :number"
_WRITTEN = {"recipient": "Lan Anh", "phone": "0901 234 567", "lines": "12 Melati", "city": "Huế"}


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_a_newcomer_orders_from_a_link(house: House, browser: Browsing, language: str, theme: str) -> None:
    one, other, product = rows(house.shop, _GOODS, currency=CURRENCIES[language])[0]
    buyer = house.newcomer()
    tab = browser.tab(house.address, dark=theme == "dark", language=language, person=buyer.id)

    def picture(step: str) -> None:
        tab.picture(f"checkout-{step}-{language}-{theme}")

    tab.visit(routes.checkout(((one, 1), (other, 2))))
    tab.shows("place-order")
    picture("1-opened")
    tab.tap("checkout-address")
    for part, text in _WRITTEN.items():
        tab.type(f"address-{part}", text)
    picture("2-address")
    tab.tap("save-address")
    tab.gone("address-recipient")
    tab.tap("vouchers")
    tab.shows("vouchers-done")
    picture("3-vouchers")
    tab.tap("vouchers-done")
    tab.gone("vouchers-done")
    tab.tap(f"more-{one}")
    tab.tap("method-wallet")
    tab.chosen("method-wallet")
    tab.tap("add-item")
    tab.shows(f"product-{product}")
    picture("4-what-else")
    tab.tap(f"product-{product}")
    tab.shows("add-to-order")
    picture("5-added")
    tab.tap("add-to-order")
    tab.gone("add-to-order")
    tab.chosen("method-wallet")
    picture("6-together")
    tab.tap("place-order")
    tab.gone("place-order")
    picture("7-ordered")
    ((number, total, method),) = rows(house.shop, _ORDER, buyer=buyer.id)
    assert (method, total > 0) == ("WALLET", True)
    assert rows(house.shop, _PIECES, number=number) == [(2 + 2 + 1,)]
    assert tab.route in (routes.order(number), routes.pay(number))
    assert [entry.parts.city for entry in address_book(house.shop, buyer)] == ["Huế"]
    assert tab.elsewhere() == []
    assert tab.complaints == []
