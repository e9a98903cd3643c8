"""Stores to write orders out of, and empty ones to take them into."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from app.shop.export.orders import Asked, Exported, Form, export_orders
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.conftest import Clock

Written = Callable[..., Path]


@pytest.fixture
def another(empty_store: Path, tmp_path: Path, clock: Clock) -> Iterator[Callable[[], Shop]]:
    """Opens an empty store of its own each time."""
    with ExitStack() as opened:

        def open_another() -> Shop:
            folder = tmp_path / f"another-{len(list(tmp_path.glob('another-*')))}"
            folder.mkdir()
            shutil.copy(empty_store, folder / "shop.db")
            return opened.enter_context(closing(open_shop(f"sqlite:///{folder / 'shop.db'}", now=clock)))

        yield open_another


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes what is asked for of a store to a file, as the command does."""

    def write(shop: Shop, form: Form = Form.JSON, name: str = "out", **asked: object) -> Path:
        path = tmp_path / f"{name}.{'jsonl' if form is Form.JSON else 'csv'}"
        wanted = Asked(form, asked.pop("of", None), **asked)  # type: ignore[arg-type]
        encoding = "utf-8" if form is Form.JSON else "utf-8-sig"
        with path.open("w", encoding=encoding, newline="") as file:
            file.writelines(export_orders(shop, wanted, Exported(form)))
        return path

    return write
