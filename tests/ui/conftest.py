"""A stocked shop for the screens, on SQLite: what they do does not depend on the database."""

import tempfile
from pathlib import Path

import pytest

from app.shop.shop import Shop
from tests.conftest import Clock
from tests.people import stock
from tests.ui.looking import Look


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that only pass through do so in a folder of this test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))


@pytest.fixture
def shop(sqlite_shop: Shop) -> Shop:
    """A shop with people and goods in it."""
    stock(sqlite_shop)
    return sqlite_shop


@pytest.fixture
def look(shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock) -> Look:
    """The app over that shop."""
    return Look(sqlite_url, tmp_path, clock)
