"""A backup put in the place of the store, once all of it is seen to be whole; the store before is kept.

The new store is made aside and takes the other's place in one step: whoever is killed leaves the old one or
the new one. Photos are only added. Nobody opens the store meanwhile. Who was erased in the store that is
replaced is erased in the new one before it is looked over.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Set
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path

from app.shop.backup.copying import BESIDE, Progress, opened, photos_of
from app.shop.backup.erased import Erased, NotErased, erase_again, erased_in
from app.shop.backup.packed import unpacked
from app.shop.backup.replaced import fold
from app.shop.backup.sums import LIST, Sums, read_list
from app.shop.check import check
from app.shop.folder import PHOTOS, STORE
from app.shop.photos import Photos, flush_folder, names_of, unwritten
from app.shop.place import SqliteFile, place_of
from app.shop.place.locks import alone
from app.shop.rules.errors import NotFound, Refused, StoreBusy, StoreDamaged, StoreNewer
from app.shop.shop import Clock
from app.shop.store import open_shop

CHUNK = 1 << 20
"""Bytes copied between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was put in place: what is in it, and where the one before is kept, if there was one.

    How many people were `erased` again, and who is `back` because something of theirs is open in the backup;
    `unread`: the store before is broken, and who was erased there is not known.
    """

    store: Path
    orders: int
    photos: int
    kept: Path | None
    erased: int = 0
    back: tuple[NotErased, ...] = ()
    unread: bool = False

    def as_json(self) -> dict[str, object]:
        """What `restore --json` prints."""
        told = {"store": str(self.store), "kept": self.kept and str(self.kept)}
        return asdict(self) | told | {"back": [one.as_json() for one in self.back]}


def restore(
    url: str, source: Path, now: Clock, *, keep: bool = True, progress: Progress | None = None
) -> Restored:
    """Put the backup `source`, a folder or packed, in the place of the store that `url` names.

    It is brought to this version; the store before is kept, unless nobody could `keep` it apart.

    `progress` is told (done, in all), of bytes, then of rules, then of photos. Raises Refused where the store
    is on a server or open anywhere, and where the backup has no list, is not what its list says, breaks a
    rule, or is of a newer version; NotFound where there is none; StoreDamaged where another program's file
    is in the store's place; StoreTrouble where the store cannot be written.
    """
    place = place_of(url)
    if not isinstance(place, SqliteFile):
        raise Refused("restore_on_server", {"tool": "pg_restore"}, "use_pg_restore")
    with unpacked(source.absolute()) as folder:
        return _restored(place.path, folder, now, keep, progress)


def _restored(store: Path, folder: Path, now: Clock, keep: bool, progress: Progress | None) -> Restored:
    sums = _listed(folder, store)
    try:
        with _alone_with(store), _made_aside(store) as part:
            _copy(folder / STORE, part, sums[STORE], progress)
            erased = erased_in(store)
            orders, again, back = _looked_over(part, folder, erased or (), now, progress)
            photos = _take_photos(part, folder, store, sums, progress)
            kept = _swap(part, store, now() if keep else None)
    except OSError as error:
        raise unwritten(error, store) from error
    return Restored(store, orders, photos, kept, again, back, unread=erased is None)


def _listed(folder: Path, store: Path) -> Sums:
    if not (folder / STORE).is_file():
        raise NotFound("no_such_backup", {"folder": str(folder)})
    if (folder / STORE).resolve() == store.resolve():
        raise Refused("restore_from_store", {"folder": str(folder)})
    sums = read_list(folder)
    if STORE not in sums:
        raise Refused("backup_unlisted", {"folder": str(folder), "list": LIST}, "back_up_anew")
    return sums


@contextmanager
def _alone_with(store: Path) -> Iterator[None]:
    """Nobody has the store open meanwhile; a broken one is let be: it is why one restores."""
    with ExitStack() as held:
        try:
            held.enter_context(alone(store))
            if store.exists():
                fold(store)
        except StoreBusy as error:
            raise Refused("restore_in_use", {"store": str(store)}) from error
        except StoreDamaged as error:
            if error.code == "store_foreign" and store.stat().st_size:
                raise
        yield


@contextmanager
def _made_aside(store: Path) -> Iterator[Path]:
    """Where the new store is made; what a killed restore left is taken away."""
    for left in store.parent.glob(f"{store.name}.*.new*"):
        left.unlink()
    part = store.with_name(f"{store.name}.{os.getpid()}.new")
    try:
        yield part
    finally:
        for beside in BESIDE:
            Path(f"{part}{beside}").unlink(missing_ok=True)


def _copy(source: Path, part: Path, sums: Set[str], progress: Progress | None) -> None:
    """Copy the very bytes that are compared with the list."""
    told, done, size = sha256(), 0, source.stat().st_size
    with source.open("rb") as read, part.open("xb") as written:
        while chunk := read.read(CHUNK):
            told.update(chunk)
            written.write(chunk)
            done += len(chunk)
            if progress:
                progress(done, size)
    if told.hexdigest() not in sums:
        raise Refused("backup_damaged", {"file": str(source)})


def _looked_over(
    part: Path, folder: Path, erased: Iterable[Erased], now: Clock, progress: Progress | None
) -> tuple[int, int, tuple[NotErased, ...]]:
    """Bring the copy to this version, without those `erased`, and look it all over; how many orders it has.

    And how many were erased in it, and who could not be.
    """
    damaged = Refused("backup_damaged", {"file": str(folder / STORE)})
    try:
        with opened(part) as store:
            if store.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise damaged
        with closing(open_shop(f"sqlite:///{part}", now)) as shop:
            again, back = erase_again(shop, erased)
            report = check(shop, progress)
        fold(part)
    except StoreNewer as error:
        raise Refused("backup_newer", {**error.facts, "folder": str(folder)}) from error
    except (StoreDamaged, sqlite3.Error) as error:
        raise damaged from error
    if not report.sound:
        found = len(report.violations) + sum(report.more.values())
        raise Refused(
            "backup_unsound", {"count": found, "rule": report.violations[0].rule}, "look_into_backup"
        )
    with part.open("r+b") as whole:
        os.fsync(whole.fileno())
    return report.checked["orders"], again, back


def _take_photos(part: Path, folder: Path, store: Path, sums: Sums, progress: Progress | None) -> int:
    """Have every photo of the backup beside the store, each as its list says; how many there are."""
    kept, into = Photos(folder / PHOTOS), Photos(store.parent / PHOTOS)
    with opened(part) as new:
        known = photos_of(new)
    found = 0
    for done, photo in enumerate(known, 1):
        files = kept.files(photo)
        for name in names_of(photo):
            listed = sums.get(f"{PHOTOS}/{name}")
            if listed and (name not in files or sha256(files[name]).hexdigest() not in listed):
                raise Refused("backup_damaged", {"file": str(folder / PHOTOS / name)})
        if files and files != into.files(photo):
            into.take(photo, kept)
        found += bool(files)
        if progress:
            progress(done, len(known))
    into.flush()
    return found


def _swap(part: Path, store: Path, now: int | None) -> Path | None:
    """Put the new store in place in one step; where the one before is kept, if there was one.

    Without `now`, it is not.
    """
    kept = _keep(store, now) if store.exists() and now is not None else None
    part.replace(store)
    flush_folder(store.parent)
    return kept


def _keep(store: Path, now: int) -> Path:
    at = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    names = (store.with_name(f"{store.name}.before-{at}{f'-{n}' if n else ''}") for n in count())
    kept = next(name for name in names if not name.exists())
    try:
        kept.hardlink_to(store)
    except OSError:  # some disks have no second names
        shutil.copyfile(store, kept)
    for beside in ("-wal", "-journal"):  # of a store that is broken: they are its own, and no other's
        if (left := Path(f"{store}{beside}")).exists():
            left.replace(f"{kept}{beside}")
    Path(f"{store}-shm").unlink(missing_ok=True)
    flush_folder(store.parent)
    return kept
