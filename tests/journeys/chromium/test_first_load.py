"""What a browser asks for: a third of a bare Flet app at first, then hardly anything; no other host."""

import re
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.first_load import bare, load, pressed
from tests.browser import CACHE, Browsing, started
from tests.served import Served

FIRST = 0.35
"""Of a bare Flet app's bytes."""
SECOND = 0.001
PATIENCE = 180
"""Seconds that making the small forms may take on a busy machine."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app as it is served to many."""
    with started(tmp_path_factory.mktemp("first"), "serve", TAKEBACK_PORT="0") as (process, address):
        yield Served(process, address)


def small(served: Served) -> None:
    """Wait until the client's small forms are made: as large as it is, a browser does not keep it."""
    page = served.get("/")[1]
    (program,) = set(re.findall(r"/client/[0-9a-f]+/", page))
    asked = urllib.request.Request(
        f"{served.address}{program}main.dart.wasm", headers={"Accept-Encoding": "br"}, method="HEAD"
    )
    end = time.monotonic() + PATIENCE
    while urllib.request.urlopen(asked).headers["Content-Encoding"] != "br":
        assert time.monotonic() < end
        time.sleep(0.5)


def test_emoji_need_no_other_host_and_a_second_visit_asks_for_the_page_alone(
    browser: Browsing, served: Served
) -> None:
    small(served)
    tab = browser.tab(served.address)
    tab.visit()
    tab.shows("sign-in")
    assert tab.elsewhere() == []
    assert tab.complaints == []
    with tab.page.expect_response("**/notocoloremoji/**") as emoji:
        tab.type("sign-in-name", "😀")
    assert emoji.value.ok
    emoji.value.finished()
    assert tab.elsewhere() == []
    again = load(tab.page.context, served.address)
    assert [address for address, size in again.sent.items() if size] == [f"{served.address}/"]


def test_a_first_visit_brings_a_third_of_a_bare_app(browser: Browsing, served: Served, full: bool) -> None:
    if not full:  # the small forms take a processor for 20 s, the bare app a page of its own
        again = browser.browser.new_context()
        browser.contexts.append(again)
        brought = load(again, served.address)
        assert brought.hosts == {served.address.rpartition("/")[2]}
        return
    pressed(Path(CACHE))
    ours, others = browser.browser.new_context(), browser.browser.new_context()
    browser.contexts += [ours, others]
    first, second = load(ours, served.address), load(ours, served.address)
    with bare() as (_, address):
        plain = load(others, address)
    assert first.total <= FIRST * plain.total
    assert second.total <= SECOND * plain.total
