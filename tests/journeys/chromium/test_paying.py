"""An order is paid in a real browser: refused, another way, paid; on a phone and wide, in each language."""

from collections.abc import Callable

import pytest

from app.ui.texts import t
from tests.actions.steps import column
from tests.browser import DESK, PHONE, Browsing
from tests.journeys.chromium.house import House

LOOKS = (("en", PHONE, False), ("id", DESK, False), ("vi", PHONE, True))


@pytest.mark.parametrize(("language", "window", "dark"), LOOKS, ids=str)
def test_an_order_is_refused_and_then_paid_another_way(
    browser: Browsing,
    house: House,
    speaks: Callable[[str], None],
    language: str,
    window: tuple[int, int],
    dark: bool,
) -> None:
    speaks(language)
    buyer = house.newcomer()
    number = house.order(buyer, language)
    tab = browser.tab(house.address, window, dark=dark, language=language, person=buyer.id)
    name = f"pay-{language}-{window[0]}{'-dark' if dark else ''}"
    tab.visit("/orders")
    tab.shows(f"pay-{number}")
    tab.picture(f"{name}-1-list")
    tab.tap(f"order-{number}")
    tab.shows("pay")
    tab.picture(f"{name}-2-order")
    tab.tap("pay")
    tab.shows("more-time")
    tab.picture(f"{name}-3-card")
    tab.tap("bank-refuses")
    tab.tap("pay")
    tab.shows("payment-refused")
    tab.reads(t("trouble.insufficient_funds"))
    tab.picture(f"{name}-4-refused")
    tab.tap("way-transfer")
    tab.shows("copy-account")
    tab.picture(f"{name}-5-transfer")
    tab.tap("way-wallet")
    tab.gone("copy-account")
    tab.tap("bank-approves")
    tab.picture(f"{name}-6-wallet")
    tab.tap("pay")
    tab.shows("payment-paid")
    tab.picture(f"{name}-7-paid")
    assert column(house.shop, number, "status") == "AWAITING_SHIPMENT"
    tab.tap("see-order")
    tab.gone("payment-paid")
    assert tab.elsewhere() == []
    assert tab.complaints == []
