"""Files of orders at the site: brought in on the screen, and what is done with them then lasts."""

from pathlib import Path

from tests.browser import Browsing
from tests.files.made import as_file, tiktok_order
from tests.site.test_site import Visit


def test_an_order_of_a_file_is_cancelled_and_still_so_at_the_next_visit(
    browser: Browsing, host: str, tmp_path: Path
) -> None:
    visit = Visit(browser, host)
    tab = visit.begins()
    tab.tap("start-import")
    file = as_file(tmp_path, [tiktok_order(n, status="UNPAID") for n in (1, 2)], "orders.json")
    with tab.page.expect_file_chooser() as chooser:
        tab.tap("choose-files")
    chooser.value.set_files([file])
    tab.tap("bring-in")
    tab.reads("2 orders came in")
    tab.picture("site-import")
    order = visit.takes_back()
    visit.returns()
    tab.reads("Cancelled")
    tab.tap("back")
    tab.tap("tab-cancelled")
    tab.shows(order)
    tab.picture("site-imported")
    assert tab.elsewhere() == []
    assert tab.complaints == []
