"""A backup: one whole, checked folder of the store as it stood at one moment, while others go on writing.

It is a data folder, the store and its photos by their names in it: to start from it is to name it. A new one
is made aside and appears when it is complete. One that is replaced stays whole all the while: photos are only
added to it, its store changes in one step, and what that does not know is taken away then.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from app.shop.backup.copying import BESIDE, fill
from app.shop.backup.replaced import in_place_of
from app.shop.folder import PHOTOS, STORE
from app.shop.photos import flush_folder, unwritten
from app.shop.place import SqliteFile
from app.shop.rules.errors import NotFound, Refused, StoreFull, StoreReadOnly, StoreTrouble
from app.shop.shop import Shop

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: its folder, its bytes, its photos, and how many the store itself had lost."""

    folder: Path
    size: int
    photos: int
    lost: int

    def as_json(self) -> dict[str, str | int]:
        """What `backup --json` prints."""
        return asdict(self) | {"folder": str(self.folder)}


def backup(
    store: Shop | Path, out: Path, *, overwrite: bool = False, progress: Progress | None = None
) -> Backup:
    """Copy the whole store and its photos to the folder `out`, which is there only when all is in it.

    `progress` is told (done, in all), of the pages of the store and then of its photos. With `overwrite` a
    backup that is there is replaced. Raises Refused where the store is on a server, and where `out` is there
    already, in use, or the store itself; NotFound where there is no store; StoreTrouble where it is damaged
    or `out` cannot be written.
    """
    source = _place_of(store)
    out = out.absolute()
    _may_write(source.path, out, overwrite)
    try:
        if out.exists():
            with in_place_of(out):
                filled = fill(out, source, progress)
        else:
            filled = _new(out, source, progress)
    except (sqlite3.Error, OSError) as error:
        raise _told(error, source, out) from error
    return Backup(out, *filled)


def _place_of(store: Shop | Path) -> SqliteFile:
    if isinstance(store, Path):
        source = SqliteFile(store)
    elif isinstance(store.place, SqliteFile):
        source = store.place
    elif store.photos.folder is None:
        raise Refused("backup_on_server", {"tool": "pg_dump"}, "use_pg_dump")
    else:
        photos = str(store.photos.folder)
        raise Refused(
            "backup_on_server", {"tool": "pg_dump", "photos": photos}, "use_pg_dump_and_copy_photos"
        )
    if not source.path.is_file():
        raise NotFound("no_such_store", {"store": str(source.path)})
    return source


def _may_write(source: Path, out: Path, overwrite: bool) -> None:
    store = source.resolve()
    whole = out.resolve()
    taken = {store.parent, store.parent / PHOTOS, *(Path(f"{store}{beside}") for beside in BESIDE)}
    if whole in taken or store.parent / PHOTOS in whole.parents:
        raise Refused("backup_onto_store", {"file": str(out)})
    if os.path.lexists(out) and not (overwrite and (out / STORE).is_file()):
        raise Refused("backup_exists", {"file": str(out)})


def _new(out: Path, source: SqliteFile, progress: Progress | None) -> tuple[int, int, int]:
    aside = out.with_name(f"{out.name}.{os.getpid()}.part")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.mkdir()
        filled = fill(aside, source, progress)
        aside.rename(out)
        flush_folder(out.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return filled


def _told(error: sqlite3.Error | OSError, source: SqliteFile, out: Path) -> Exception:
    if isinstance(error, OSError):
        return unwritten(error, out)
    told = source.translated(error)
    if isinstance(told, StoreFull | StoreReadOnly):
        told.facts["store"] = str(out)
    return told if isinstance(told, StoreTrouble) else error
