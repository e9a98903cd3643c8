"""What a backup is filled with: the store's pages as of one moment, and the photos it knew then."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from app.shop.actions.photos import forget_photo
from app.shop.backup.sums import either, read_list, sum_of, write_list
from app.shop.folder import PHOTOS, STORE
from app.shop.photos import Photos, flush_folder
from app.shop.place import PATIENCE, SqliteFile
from app.shop.place.locks import OPEN, WRITER
from app.shop.rules.errors import StoreDamaged
from app.shop.sql import Work

PAGES = 1024
"""Pages copied between two reports of progress."""
BESIDE = ("", "-wal", "-shm", "-journal", WRITER, OPEN)
"""The endings of a store's files."""

Progress = Callable[[int, int], None]
T = TypeVar("T")


def fill(folder: Path, source: SqliteFile, progress: Progress | None) -> tuple[int, int, int]:
    """Copy the store `source` and its photos into `folder`: bytes and photos copied, and photos it had lost.

    The store appears there in one step, when all that it knows is there and the list has it all.
    """
    part = folder / f"{STORE}.{os.getpid()}.part"
    try:
        with _sound(source) as sound:
            with copied(source, part, progress) as copy:
                photos, lost, sums = _photos(copy, source, folder, progress)
            sums[STORE] = {_flushed(part, threads=source.threads)}
            if not sound():
                raise StoreDamaged("store_damaged", {"store": str(source.path)})
        meanwhile = either(sums, read_list(folder))
        size = write_list(folder, meanwhile)
        part.replace(folder / STORE)
        flush_folder(folder)
        if meanwhile != sums:
            size = write_list(folder, sums)
    finally:
        for beside in BESIDE:
            Path(f"{part}{beside}").unlink(missing_ok=True)
    return size + sum((folder / name).stat().st_size for name in sums), photos, lost


@contextmanager
def _sound(source: SqliteFile) -> Iterator[Callable[[], bool]]:
    """Look for damage meanwhile, which takes as long as the copy; what comes waits for the answer."""
    with _of(source) as store:

        def look() -> bool:
            return bool(store.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))

        with _meanwhile(look, threads=source.threads) as looked:
            try:
                yield looked
            finally:
                store.interrupt()


@contextmanager
def _meanwhile(work: Callable[[], T], *, threads: bool) -> Iterator[Callable[[], T]]:
    """Do `work` beside what comes; without `threads` it is done when one asks for its answer."""
    if not threads:
        yield work
        return
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(work).result


def _flushed(part: Path, *, threads: bool) -> str:
    """Have the disk know the file, and work out its sum meanwhile."""
    with _meanwhile(partial(sum_of, part), threads=threads) as told, part.open("r+b") as whole:
        os.fsync(whole.fileno())
        return told()


def _of(source: SqliteFile) -> AbstractContextManager[sqlite3.Connection]:
    """A connection to a store that others work with; where there can be but one, that one."""
    return opened(source.path.absolute()) if source.threads else nullcontext(source.connection())


@contextmanager
def opened(file: Path, patience: float = PATIENCE, *, alone: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection in autocommit mode to a store that is there; raises StoreDamaged where it is not ours.

    It has the store `alone` where that is asked for: a log is then read without memory that several share.
    """
    address = f"{file.as_uri()}?mode=rw"  # a missing file is an error, not a new store
    with closing(
        sqlite3.connect(address, patience, uri=True, isolation_level=None, check_same_thread=False)
    ) as store:
        if alone:
            store.execute("PRAGMA locking_mode=EXCLUSIVE")
        if store.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
            raise StoreDamaged("store_foreign", {"store": str(file)})
        yield store


def photos_of(store: sqlite3.Connection) -> list[str]:
    """The ids of all photos a store knows; none where it is older than they are."""
    if store.execute("SELECT 1 FROM sqlite_master WHERE name = 'photos'").fetchone() is None:
        return []
    return [photo for (photo,) in store.execute("SELECT id FROM photos ORDER BY id")]


@contextmanager
def copied(source: SqliteFile, part: Path, progress: Progress | None) -> Iterator[sqlite3.Connection]:
    """A copy of the store `source` as of now, made at `part` while others write, and a connection to it."""

    def step(_status: int, left: int, pages: int) -> None:
        if progress:
            progress(pages - left, pages)

    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous=OFF")  # flushed once, when it is whole
        copy.execute("PRAGMA locking_mode=EXCLUSIVE")
        with _of(source) as store:
            # A copy without a snapshot of its own starts over at each commit of another: it would never end.
            store.execute("BEGIN")
            try:
                store.execute("SELECT 1 FROM alembic_version").fetchone()
                store.backup(copy, pages=PAGES, progress=step)
            finally:
                with suppress(sqlite3.Error):  # of a store that is damaged
                    store.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        yield copy


def _photos(
    copy: sqlite3.Connection, source: SqliteFile, folder: Path, progress: Progress | None
) -> tuple[int, int, dict[str, set[str]]]:
    """Copy what `copy` knows of: photos copied, photos that are lost, and the sums of all that are there.

    A photo's file can be missing because it was not written yet at that moment, or was dropped since. Neither
    was sent, so the copy knows it no longer; one that was sent is never taken away.
    """
    kept, into = Photos(source.path.absolute().parent / PHOTOS), Photos(folder / PHOTOS)
    cursor: Any = copy.cursor()
    work = Work(cursor, source.dialect, 0)
    known = photos_of(copy)
    sums: dict[str, set[str]] = {}
    copied = lost = 0
    copy.execute("BEGIN")
    for done, photo in enumerate(known, 1):
        files = into.take(photo, kept)
        copied += bool(files)
        if not files and not forget_photo(work, photo):
            files = into.files(photo)  # the backup that is replaced may have it still
            lost += not files
        sums |= {f"{PHOTOS}/{name}": {sha256(content).hexdigest()} for name, content in files.items()}
        if progress:
            progress(done, len(known))
    copy.execute("COMMIT")
    into.flush()
    return copied, lost, sums
