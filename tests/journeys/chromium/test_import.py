"""Two exports of a shop in a real Chromium: last month's, then this month's; each number is on the screen."""

import re
from pathlib import Path

from app.ui import routes
from tests.browser import PHONE, Browsing, Tab, served
from tests.files.seller import as_csv, sku_row

SENT = {"Order Status": "Dikirim", "Order Substatus": "Sedang transit", "Shipped Time": "15/06/2026 09:00:00"}
GONE = {
    "Order Status": "Dibatalkan",
    "Cancelation/Return Type": "Cancel",
    "Cancelled Time": "15/06/2026 10:00:00",
    "Cancel By": "Pembeli",
    "Cancel Reason": "Berubah pikiran",
}

_LISTS = """count => document.querySelectorAll('[flt-semantics-identifier^="order-"]').length === count"""


def choose(tab: Tab, file: Path) -> None:
    """Pick this file."""
    with tab.page.expect_file_chooser() as chooser:
        tab.tap("choose-files")
    chooser.value.set_files([file])


def figures(tab: Tab, n: int) -> dict[str, str]:
    """The figures of the `n`th report, as a screen reader tells them."""
    tab.page.wait_for_url(f"**{routes.import_report(n)}")
    names = ("read", "new", "changed", "same", "skipped", "flagged")
    told = {name: tab.shows(f"figure-{name}") for name in names}
    return {
        name: (one.get_attribute("aria-label") or one.inner_text()).split()[0] for name, one in told.items()
    }


def lists(tab: Tab, of: str, count: int) -> None:
    """Wait until so many orders stand on a tab of the list."""
    tab.go(routes.orders(of))
    tab.chosen(f"tab-{of}")
    tab.page.wait_for_function(_LISTS, arg=count)


def delete_account(tab: Tab) -> None:
    """Delete the account of who looks, who is the only one there."""
    tab.go(routes.DELETE)
    tab.reads("Type your handle")
    handle = re.search(r"Type your handle, (\S+)\.", tab.page.content())
    assert handle
    tab.picture("import-3-delete")
    tab.type("handle-text", handle[1])
    tab.tap("delete-account")
    tab.shows("start-examples")


def test_this_month_s_export_brings_last_month_s_orders_up_to_date(browser: Browsing, tmp_path: Path) -> None:
    last = as_csv(tmp_path / "last month.csv", [sku_row(n) for n in (1, 2, 3)])
    later = [sku_row(1), sku_row(2, cells=SENT), sku_row(3, cells=GONE), sku_row(4)]
    this = as_csv(tmp_path / "this month.csv", later)
    with served(tmp_path / "data") as address:
        tab = browser.tab(address, PHONE)
        tab.visit()
        tab.tap("start-import")
        choose(tab, last)
        tab.tap("check-first")
        tab.shows("only-checked")
        checked = figures(tab, 1)
        tab.picture("import-1-checked")
        tab.tap("bring-in")
        tab.shows("see-accounts")
        brought = {"read": "3", "new": "3", "changed": "0", "same": "0", "skipped": "0", "flagged": "0"}
        assert figures(tab, 2) == checked == brought
        choose(tab, this)
        tab.tap("bring-in")
        told = {"read": "4", "new": "1", "changed": "2", "same": "1", "skipped": "0", "flagged": "1"}
        assert figures(tab, 3) == told
        tab.picture("import-2-report")
        for of, count in (("to-ship", 2), ("to-receive", 1), ("cancelled", 1)):
            lists(tab, of, count)
        delete_account(tab)
        assert tab.complaints == []
        assert tab.elsewhere() == []
