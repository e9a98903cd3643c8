"""A disk that is full: it is said calmly, nothing is half done, and once there is room all goes on."""

from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.clock import wall_clock
from app.shop.check import check
from app.shop.store import open_shop
from app.ui.texts import t
from tests.actions.steps import column
from tests.browser import Browsing
from tests.site.indoors import brought
from tests.site.test_site import Visit


@pytest.fixture
def visit(browser: Browsing, host: str) -> Visit:
    """A visit of somebody new."""
    return Visit(browser, host)


def allow(visit: Visit, size: int | None) -> None:
    """Let the site keep so many bytes (None: as many as it wants)."""
    address = urlsplit(visit.host)
    limit = {} if size is None else {"quotaSize": size}
    talk = visit.tab.page.context.new_cdp_session(visit.tab.page)  # it holds for as long as this
    talk.send("Storage.overrideQuotaForOrigin", {"origin": f"{address.scheme}://{address.netloc}"} | limit)


def test_a_cancel_without_room_is_told_and_nothing_of_it_is_done(visit: Visit, tmp_path: Path) -> None:
    tab = visit.tab
    visit.has_examples()
    allow(visit, 1)
    order = visit.takes_back()
    number = int(order.removeprefix("order-"))
    tab.reads(t("store_full"))
    tab.picture("site-full")
    with closing(open_shop(f"sqlite:///{brought(tab, tmp_path / 'full')}", wall_clock)) as shop:
        assert check(shop).sound
        assert column(shop, number, "status") == "UNPAID"
    allow(visit, None)
    tab.tap("notice-close")
    assert visit.takes_back() == order
    visit.returns()
    tab.reads("Cancelled")
