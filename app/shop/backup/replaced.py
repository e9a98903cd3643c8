"""A store that is replaced by another, in its own folder: whole before, meanwhile and afterwards."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from app.shop.backup.copying import opened, photos_of
from app.shop.folder import PHOTOS, STORE
from app.shop.photos import Photos
from app.shop.place import SqliteFile
from app.shop.place.locks import alone
from app.shop.rules.errors import Refused, StoreBusy, StoreDamaged


@contextmanager
def in_place_of(folder: Path) -> Iterator[None]:
    """Nobody else has the backup in `folder` open meanwhile; afterwards it has the photos its store knows.

    Raises Refused where it is in use, or is no backup.
    """
    store = folder / STORE
    with ExitStack() as held:
        try:
            held.enter_context(alone(store))
            fold(store)
        except StoreBusy as error:
            raise Refused("backup_in_use", {"file": str(folder)}) from error
        except StoreDamaged as error:
            raise Refused("backup_exists", {"file": str(folder)}) from error
        try:
            yield
        finally:
            with suppress(sqlite3.Error, OSError):  # what stays too long does no harm
                with opened(store) as kept:
                    known = frozenset(photos_of(kept))
                Photos(folder / PHOTOS).keep_only(known)


def fold(store: Path) -> None:
    """Have a store be one file: what stands in a log beside it would be taken for the new store's.

    Raises StoreBusy where any program has it open, StoreDamaged where it is none.
    """
    try:
        with opened(store, patience=0, alone=True) as folded:
            folded.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise SqliteFile(store).translated(error) from error
