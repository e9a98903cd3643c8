"""What every test can ask for: a clock that stands still, a shop on each database, people and goods in it."""

import asyncio
import inspect
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.memory import memory
from tests.people import Stocked, stock

if TYPE_CHECKING:
    from tests.postgres import Postgres

STORES = ["sqlite"] if sys.platform == "emscripten" else ["sqlite", "postgres"]
"""What a store can be on; in a browser nothing but a file."""
MONDAY = 1_772_442_000_000
"""Monday, 2 March 2026, 09:00 UTC."""


@dataclass(slots=True)
class Clock:
    """Tells `at` (milliseconds UTC) until it is moved or set."""

    at: int = MONDAY

    def __call__(self) -> int:
        """The time it is."""
        return self.at

    def move(self, **by: float) -> None:
        """Let time pass: `minutes=5`, `days=1, milliseconds=1`, as `timedelta` has it."""
        self.at += timedelta(**by) // timedelta(milliseconds=1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full`: the sizes that are promised, not those that keep the whole run under ten minutes."""
    parser.addoption("--full", action="store_true", help="run at the sizes that are promised: takes long")


def pytest_configure(config: pytest.Config) -> None:
    """Properties are tried on the same examples in each run; at full size on many more, new each time.

    What a test writes is in memory; at full size it may be more than that holds.
    """
    large = config.getoption("--full")
    settings.register_profile("same", deadline=None, derandomize=True)
    settings.register_profile("full", deadline=None, max_examples=2_000)
    settings.load_profile("full" if large else "same")
    if not large and (folder := memory()):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """A whole run takes every processor; what is asked for by name runs in this process."""
    return None if config.args_source is pytest.Config.ArgsSource.TESTPATHS else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Chromium comes first: it waits most, and stays with one process while the other does all the rest."""
    items.sort(key=lambda item: "browser" not in getattr(item, "fixturenames", ()))


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine function in an event loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """Whether the run is to be made at full size."""
    return bool(request.config.getoption("--full"))


@pytest.fixture
def clock() -> Clock:
    """The time, standing still on a Monday morning."""
    return Clock()


@pytest.fixture(scope="session")
def postgres() -> "Iterator[Postgres]":
    """The run's PostgreSQL server, started by the first test that needs it; `prepared` in it is a store."""
    from tests.postgres import running  # its driver is not for browsers

    with running() as server, server.database("prepared") as prepared:
        open_shop(prepared, Clock()).close()
        yield server


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty SQLite store, to be copied."""
    store = tmp_path_factory.mktemp("empty") / "shop.db"
    open_shop(f"sqlite:///{store}", Clock()).close()
    return store


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Where an empty SQLite store is to be."""
    return f"sqlite:///{tmp_path / 'shop.db'}"


@pytest.fixture
def postgres_url(postgres: "Postgres") -> Iterator[str]:
    """Where an empty PostgreSQL store is."""
    with postgres.database("shop", template="prepared") as url:
        yield url


@pytest.fixture(params=STORES)
def url(request: pytest.FixtureRequest) -> str:
    """Where an empty store is, on each database."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def sqlite_store(sqlite_url: str, empty_store: Path, tmp_path: Path) -> str:
    """Where an empty SQLite store is."""
    shutil.copy(empty_store, tmp_path / "shop.db")
    return sqlite_url


@pytest.fixture
def shop(request: pytest.FixtureRequest, url: str, clock: Clock, tmp_path: Path) -> Iterator[Shop]:
    """An empty shop, on each database; its photos are kept in the test's own folder."""
    if url.startswith("sqlite"):
        request.getfixturevalue("sqlite_store")
    with closing(open_shop(url, now=clock, photos=tmp_path / "photos")) as opened:
        yield opened


@pytest.fixture
def sqlite_shop(sqlite_store: str, clock: Clock) -> Iterator[Shop]:
    """An empty shop on SQLite, for what only SQLite has, or what no database decides."""
    with closing(open_shop(sqlite_store, now=clock)) as opened:
        yield opened


@pytest.fixture
def stocked(shop: Shop) -> Stocked:
    """`shop` with people and goods in it."""
    return stock(shop)
