"""A store leaves the site as one file and comes back in, whole or not at all."""

from contextlib import closing
from pathlib import Path

import pytest

from app.clock import wall_clock
from app.shop.backup.restore import restore
from app.shop.check import check
from app.shop.store import open_shop
from tests.actions.steps import column
from tests.browser import Browsing
from tests.site.indoors import brought
from tests.site.test_site import Visit


@pytest.fixture
def visit(browser: Browsing, host: str) -> Visit:
    """A visit of somebody new."""
    return Visit(browser, host)


def exported(visit: Visit, folder: Path) -> Path:
    """The file that *Export* makes."""
    visit.tab.go("/settings/move")
    with visit.tab.page.expect_download() as download:
        visit.tab.tap("export-store")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def picks(visit: Visit, file: Path) -> None:
    """Pick the file that is to come in."""
    with visit.tab.page.expect_file_chooser() as chooser:
        visit.tab.tap("import-store")
    chooser.value.set_files(str(file))
    visit.tab.shows("replace-store")


def test_what_was_cancelled_is_still_so_where_the_exported_file_comes_in(
    visit: Visit, browser: Browsing, tmp_path: Path
) -> None:
    visit.has_examples()
    order = visit.takes_back()
    number = int(order.removeprefix("order-"))
    file = exported(visit, tmp_path)
    done = restore(f"sqlite:///{tmp_path}/takeback.db", file, wall_clock)  # a shell takes it too
    assert done.orders == 200
    other = Visit(browser, visit.host)  # a browser that knows nothing
    tab = other.begins()
    tab.tap("start-move")
    picks(other, file)
    tab.picture("site-move-found")
    tab.tap("replace-store")
    tab.shows("menu")
    other.returns()
    other.tab.go(f"/orders/{number}")
    tab.reads("Cancelled")
    with closing(open_shop(f"sqlite:///{brought(tab, tmp_path / 'kept')}", wall_clock)) as shop:
        assert check(shop).sound
        assert column(shop, number, "status") == "CANCELLED"


def test_a_page_that_goes_down_while_a_file_comes_in_has_the_store_before_or_the_new_one(
    visit: Visit, tmp_path: Path, full: bool
) -> None:
    visit.has_examples()
    file = exported(visit, tmp_path)
    order = visit.takes_back()
    number = int(order.removeprefix("order-"))
    for n in range(12 if full else 3):
        visit.tab.go("/settings/move")
        picks(visit, file)
        visit.tab.tap("replace-store")
        visit.tab.page.wait_for_timeout(300 * n)
        visit.tab.page.goto("about:blank")
        visit.begins("/settings/move")
        visit.tab.shows("export-store")
        with closing(open_shop(f"sqlite:///{brought(visit.tab, tmp_path / str(n))}", wall_clock)) as shop:
            assert check(shop).sound
            if column(shop, number, "status") == "UNPAID":
                return
            assert column(shop, number, "status") == "CANCELLED"
