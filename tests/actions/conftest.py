"""After every story the whole store is looked over."""

from collections.abc import Iterator

import pytest

from app.shop.check import check
from app.shop.shop import Shop


@pytest.fixture(autouse=True)
def sound(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every invariant holds when the test is over."""
    shop: Shop | None = next(
        (request.getfixturevalue(name) for name in ("shop", "sqlite_shop") if name in request.fixturenames),
        None,
    )
    yield
    if shop:
        assert check(shop).violations == ()
