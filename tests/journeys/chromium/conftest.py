"""One browser and one served app; a tab of each test's own."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from _pytest._code.code import ExceptionRepr

from app.shop.demo import fill
from app.shop.store import open_shop
from tests.actions.steps import plenty
from tests.browser import DESK, PHONE, Browsing, served
from tests.browsers import browser, chromium
from tests.journeys.chromium.house import House, wall_clock

__all__ = ["browser", "chromium"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine is sometimes late: what fails runs once more, and both are reported."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What fails tells what was to be seen instead."""
    report = yield
    browser = item.funcargs.get("browser") if isinstance(item, pytest.Function) else None
    if report.when == "call" and isinstance(browser, Browsing) and isinstance(report.longrepr, ExceptionRepr):
        for address, seen in browser.seen():
            report.longrepr.addsection(f"the tab at {address}", seen)
    return report


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What does not depend on the size is tried on a phone; at full size, in a wide window too."""
    if "size" in metafunc.fixturenames:
        wide = metafunc.config.getoption("--full")
        metafunc.parametrize("size", (PHONE, DESK) if wide else (PHONE,), ids=lambda size: str(size[0]))


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The store and the app over it."""
    data = tmp_path_factory.mktemp("house")
    with closing(open_shop(f"sqlite:///{data / 'takeback.db'}", wall_clock)) as shop:
        fill(shop, orders=200)
        plenty(shop)
        with served(data) as address:
            yield House(shop, address)


@pytest.fixture
def speaks(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has the texts that a test expects be in a language."""
    return lambda language: monkeypatch.setenv("TAKEBACK_LANGUAGE", language)
