"""A backup that is replaced by a newer one, in its own folder: whole before, meanwhile and afterwards."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import portalocker

from app.shop.backup.copying import opened, photos_of
from app.shop.folder import PHOTOS, STORE
from app.shop.photos import Photos
from app.shop.place import SqliteFile
from app.shop.rules.errors import Refused, StoreBusy, StoreDamaged


@contextmanager
def in_place_of(folder: Path) -> Iterator[None]:
    """Nobody else writes the backup in `folder` meanwhile; afterwards it has the photos its store knows.

    Raises Refused where it is in use, or is no backup.
    """
    with Path(f"{folder / STORE}-writer").open("a", encoding="ascii") as turn:
        try:
            portalocker.lock(turn, portalocker.LOCK_EX | portalocker.LOCK_NB)
        except portalocker.LockException as error:
            raise Refused("backup_in_use", {"file": str(folder)}) from error
        _fold(folder)
        try:
            yield
        finally:
            with suppress(sqlite3.Error, OSError):  # what stays too long does no harm
                with opened(folder / STORE) as store:
                    known = frozenset(photos_of(store))
                Photos(folder / PHOTOS).keep_only(known)


def _fold(folder: Path) -> None:
    """Have its store be one file: what stands in a log beside it would be taken for the new store's."""
    try:
        with opened(folder / STORE, patience=0) as store:
            store.execute("PRAGMA journal_mode=DELETE")
    except (sqlite3.Error, StoreDamaged) as error:
        told = SqliteFile(folder / STORE).translated(error)
        if isinstance(told, StoreBusy):
            raise Refused("backup_in_use", {"file": str(folder)}) from error
        if isinstance(told, StoreDamaged):
            raise Refused("backup_exists", {"file": str(folder)}) from error
        raise
