"""What browser tests ask for: one running browser for a package of them, and each without tabs of others."""

from collections.abc import Iterator

import pytest

from tests.browser import Browsing, browsing


# By package: while Playwright runs, its event loop is in the way of tests that have one of their own.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browsing]:
    """The browser."""
    with browsing() as started:
        yield started


@pytest.fixture
def browser(chromium: Browsing) -> Iterator[Browsing]:
    """The browser, without tabs of other tests."""
    yield chromium
    chromium.close_tabs()
