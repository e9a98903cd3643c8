"""A stocked shop for the screens, on SQLite: what they do does not depend on the database."""

from pathlib import Path

import pytest

from app.shop.shop import Shop
from tests.conftest import Clock
from tests.people import stock
from tests.ui.looking import Look


@pytest.fixture
def shop(sqlite_shop: Shop) -> Shop:
    """A shop with people and goods in it."""
    stock(sqlite_shop)
    return sqlite_shop


@pytest.fixture
def look(shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock) -> Look:
    """The app over that shop."""
    return Look(sqlite_url, tmp_path, clock)
