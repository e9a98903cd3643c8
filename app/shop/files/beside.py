"""Where an import is tried out: on the store itself, or beside it where others would have to wait."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.shop.backup.copying import copied
from app.shop.folder import STORE
from app.shop.place import SqliteFile
from app.shop.shop import Shop
from app.shop.store import open_shop


@contextmanager
def beside(shop: Shop) -> Iterator[Shop]:
    """The shop, or where many use it and only one of them can write, a copy of it as of now, then gone.

    Raises StoreTrouble where there is no room for one.
    """
    place = shop.place
    if not (shop.served and isinstance(place, SqliteFile)):
        yield shop
        return
    with TemporaryDirectory(prefix="takeback-") as folder:
        copy = Path(folder, STORE)
        try:
            with copied(place, copy, None):
                pass
        except sqlite3.Error as error:
            raise place.translated(error) from error
        with closing(open_shop(f"sqlite:///{copy}", shop.now)) as aside:
            yield aside
