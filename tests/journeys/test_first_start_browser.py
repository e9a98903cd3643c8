"""The first start in a real Chromium: example orders, and orders out of files that the browser sends."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import PHONE, Browsing, browsing, served
from tests.files.made import as_file, tiktok_order


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browsing]:
    """One browser for all of these."""
    with browsing() as started:
        yield started


@pytest.fixture
def browser(chromium: Browsing) -> Iterator[Browsing]:
    """The browser, without tabs of other tests: they would go on asking for servers that are gone."""
    yield chromium
    chromium.close_tabs()


def test_example_orders_are_two_taps_from_an_empty_store(browser: Browsing, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        tab = browser.tab(address, PHONE)
        tab.visit()
        tab.tap("language-id")
        tab.reads("Lihat-lihat dengan contoh pesanan")
        tab.tap("start-examples")
        tab.shows("menu")


def test_orders_come_in_from_files_that_the_browser_sends(browser: Browsing, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with served(tmp_path / "data", TMPDIR=str(temporary)) as address:
        tab = browser.tab(address, PHONE)
        tab.visit()
        tab.tap("start-import")
        with tab.page.expect_file_chooser() as chooser:
            tab.tap("choose-files")
        large = as_file(tmp_path, [tiktok_order(note="n" * 3_000_000)], "large.json")
        chooser.value.set_files([as_file(tmp_path, "hello", "letter.json"), large])
        tab.tap("bring-in")
        tab.shows("see-accounts")
        tab.reads("1 order came in")
        tab.reads("This is no order file that can be read here.")
        for screen in ("see-accounts", "import-report-1", "go-import"):
            tab.tap("back")
            tab.gone(screen)
        tab.shows("menu")
    assert list(temporary.glob("takeback-*")) == []
