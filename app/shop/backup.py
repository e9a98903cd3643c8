"""A backup: one whole, checked file of the store as it stood at one moment, while others go on writing."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from app.shop.photos import unwritten
from app.shop.place import SqliteFile
from app.shop.rules.errors import (
    NotFound,
    Refused,
    StoreDamaged,
    StoreFull,
    StoreReadOnly,
    StoreTrouble,
)
from app.shop.shop import Shop

PAGES = 1024
"""Pages copied between two reports of progress."""

_BESIDE = ("", "-wal", "-shm", "-journal", "-writer")


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup and its size in bytes."""

    file: Path
    size: int

    def as_json(self) -> dict[str, str | int]:
        """What `backup --json` prints."""
        return {"file": str(self.file), "size": self.size}

    def line(self) -> str:
        """One line for people."""
        return f"{self.file} holds the whole store: {self.size / 1e6:,.1f} MB."


def backup(
    store: Shop | Path,
    out: Path,
    *,
    overwrite: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Backup:
    """Copy the whole store to the file `out`, which appears only when it is complete and checked.

    `progress` is told (pages copied, pages in all). Raises Refused where the store is on a server or `out` is
    there already (or is the store itself), NotFound where there is no store, StoreTrouble where it is damaged
    or `out` cannot be written.
    """
    source = _file_of(store)
    _may_write(source, out, overwrite)
    part = out.with_name(f"{out.name}.{os.getpid()}.part")
    try:
        _copy(source, part, progress)
        _check(part, source)
        _flush(part)
        size = part.stat().st_size
        part.replace(out)
        _flush_folder(out.parent)
    except (sqlite3.Error, OSError) as error:
        raise _told(error, source, out) from error
    finally:
        for beside in _BESIDE:
            Path(f"{part}{beside}").unlink(missing_ok=True)
    return Backup(out, size)


def _file_of(store: Shop | Path) -> Path:
    if isinstance(store, Path):
        source = store
    elif isinstance(store.place, SqliteFile):
        source = store.place.path
    else:
        raise Refused("backup_on_server", {"tool": "pg_dump"}, "use_pg_dump")
    if not source.is_file():
        raise NotFound("no_such_store", {"store": str(source)})
    return source


def _may_write(source: Path, out: Path, overwrite: bool) -> None:
    if out.resolve() in {Path(f"{source.resolve()}{beside}") for beside in _BESIDE}:
        raise Refused("backup_onto_store", {"file": str(out)})
    if out.is_dir() or (out.exists() and not overwrite):
        raise Refused("backup_exists", {"file": str(out)})


def _copy(source: Path, part: Path, progress: Callable[[int, int], None] | None) -> None:
    def step(_status: int, left: int, pages: int) -> None:
        if progress:
            progress(pages - left, pages)

    address = f"{source.absolute().as_uri()}?mode=rw"  # a missing file is an error, not a new store
    with (
        closing(sqlite3.connect(address, uri=True, isolation_level=None)) as store,
        closing(sqlite3.connect(part, isolation_level=None)) as copy,
    ):
        # A copy without a snapshot of its own starts over at each commit of another: it would never end.
        store.execute("BEGIN")
        if store.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
            raise StoreDamaged("store_foreign", {"store": str(source)})
        copy.execute("PRAGMA synchronous=OFF")  # flushed once, when it is whole
        store.backup(copy, pages=PAGES, progress=step)


def _check(part: Path, source: Path) -> None:
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        found = copy.execute("PRAGMA quick_check(1)").fetchone()
    if found != ("ok",):
        raise StoreDamaged("store_damaged", {"store": str(source)})


def _flush(file: Path) -> None:
    with file.open("r+b") as whole:
        os.fsync(whole.fileno())


def _flush_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows opens no folders; its rename is durable by itself
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _told(error: sqlite3.Error | OSError, source: Path, out: Path) -> Exception:
    if isinstance(error, OSError):
        return unwritten(error, out)
    told = SqliteFile(source).translated(error)
    if isinstance(told, StoreFull | StoreReadOnly):
        told.facts["store"] = str(out)
    return told if isinstance(told, StoreTrouble) else error
