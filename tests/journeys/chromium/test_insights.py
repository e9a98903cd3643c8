"""Insights in a real Chromium: the stock client draws the plots, a table is a table, a file is saved."""

from dataclasses import dataclass

import pytest

from app.shop.reads.insights_file import Plot
from app.ui import routes
from tests.actions.steps import rows
from tests.browser import PHONE, Browsing, Tab
from tests.journeys.chromium.house import House

TWO_COLUMNS = (1280, 900)


@dataclass(frozen=True)
class Seller:
    """Who acts for the shop that the demo's buyers cancelled most of."""

    person: int
    shop: str


@pytest.fixture
def seller(house: House) -> Seller:
    """The one with the most to see."""
    sql = """SELECT m.person_id, s.handle FROM members m JOIN shops s ON s.id = m.shop_id
        JOIN orders o ON o.shop_id = s.id AND o.status = 'CANCELLED' GROUP BY 1, 2 ORDER BY count(*) DESC"""
    return Seller(*rows(house.shop, sql)[0])


def opened(house: House, browser: Browsing, seller: Seller, size: tuple[int, int], *, dark: bool) -> Tab:
    """A tab that shows a year of the shop."""
    tab = browser.tab(house.address, size, dark=dark, person=seller.person)
    tab.visit(routes.insights(seller.shop, 30))
    tab.tap("range-365")
    tab.chosen("range-365")
    return tab


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("room", [PHONE, TWO_COLUMNS], ids=["phone", "wide"])
def test_a_seller_sees_plots_a_table_and_gets_a_file(
    house: House, browser: Browsing, seller: Seller, room: tuple[int, int], dark: bool
) -> None:
    tab = opened(house, browser, seller, room, dark=dark)
    name = f"insights-{room[0]}-{'dark' if dark else 'light'}"
    tab.reads("Cancellations over time. Highest:")
    tab.picture(name)
    tab.tap(f"table-{Plot.OVER_TIME}")
    tab.chosen(f"table-{Plot.OVER_TIME}")
    table = tab.page.locator('[role="table"]').first
    table.wait_for(state="attached")
    assert table.locator('[role="columnheader"]').count() == 4
    tab.picture(f"{name}-table")
    with tab.page.expect_download() as saving:
        tab.tap(f"csv-{Plot.OVER_TIME}")
    content = saving.value.path().read_bytes()
    assert saving.value.suggested_filename.startswith(f"{seller.shop}-over-time-")
    assert content.startswith(b"\xef\xbb\xbfday,orders_placed,orders_cancelled,rate\r\n")
    assert content.count(b"\r\n") == 366
    assert tab.complaints == []
    assert tab.elsewhere() == []
