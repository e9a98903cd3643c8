"""The photos of a store: files beside it, each written whole or not at all, found by an id made here."""

import errno
import os
import re
import secrets
from collections.abc import Set
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from app.shop.pictures import Picture
from app.shop.rules.errors import Refused, StoreFull, StoreReadOnly, StoreTrouble

REMEMBERED = 256
"""Small pictures kept in memory: a thread is read again with each message."""
WHOLE, SMALL = ".jpg", "-small.jpg"
_BEGUN = ".part"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_ID = re.compile(r"[0-9a-f]{32}")


class Photos:
    """The folder with the photos; with no folder, those of a store that keeps none."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.small = lru_cache(REMEMBERED)(self._small)

    def new(self) -> str:
        """The id of a photo that is to be kept; raises Refused where there is no folder."""
        if self.folder is None:
            raise Refused("photos_not_here")
        return secrets.token_hex(16)

    def keep(self, photo: str, picture: Picture) -> None:
        """Keep `picture`; raises StoreFull or StoreReadOnly where it cannot be written, and keeps nothing."""
        try:
            self._write(photo, SMALL, picture.small)
            self._write(photo, WHOLE, picture.whole)
        except OSError as error:
            self.remove(photo)
            raise unwritten(error, self.folder) from error

    def whole(self, photo: str) -> bytes | None:
        """The picture as it is kept; None where it is not there."""
        return self._read(photo, WHOLE)

    def _small(self, photo: str) -> bytes | None:
        return self._read(photo, SMALL)

    def remove(self, photo: str) -> None:
        """Keep it no longer."""
        for kind in (WHOLE, SMALL):
            with suppress(OSError):
                file = self._file(photo, kind)
                file.unlink(missing_ok=True)
                file.with_suffix(_BEGUN).unlink(missing_ok=True)

    def take(self, photo: str, kept: "Photos") -> dict[str, bytes]:
        """Keep `photo` as `kept` has it; its files by name, none (and nothing kept) where that lacks one.

        Raises OSError where it cannot be written: then it is as it was, or whole.
        """
        files = kept.files(photo)
        for kind in (SMALL, WHOLE) if files else ():
            self._write(photo, kind, files[_name(photo, kind)])
        return files

    def files(self, photo: str) -> dict[str, bytes]:
        """Both files of a photo by their names in the folder; none where one is not there."""
        found = {_name(photo, kind): self._read(photo, kind) for kind in (SMALL, WHOLE)}
        whole = {name: content for name, content in found.items() if content is not None}
        return whole if len(whole) == len(found) else {}

    def keep_only(self, known: Set[str]) -> None:
        """Keep no photo but those of `known`; raises OSError."""
        for file in _files(self.folder):
            photo = file.name[:32]
            if _ID.fullmatch(photo) and (photo not in known or file.suffix == _BEGUN):
                file.unlink(missing_ok=True)

    def flush(self) -> None:
        """Have the disk know every name of a file: their content it has already."""
        for folder in {file.parent for file in _files(self.folder)}:
            flush_folder(folder)

    def _file(self, photo: str, kind: str) -> Path:
        if self.folder is None or not _ID.fullmatch(photo):
            raise FileNotFoundError(photo)
        return self.folder / _name(photo, kind)

    def _read(self, photo: str, kind: str) -> bytes | None:
        try:
            return self._file(photo, kind).read_bytes()
        except OSError:
            return None

    def _write(self, photo: str, kind: str, content: bytes) -> None:
        file = self._file(photo, kind)
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(_BEGUN)
        try:
            with part.open("wb") as written:
                written.write(content)
                written.flush()
                os.fsync(written.fileno())
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)


def names_of(photo: str) -> tuple[str, ...]:
    """What the files of a photo are called in the folder."""
    return _name(photo, SMALL), _name(photo, WHOLE)


def _name(photo: str, kind: str) -> str:
    # A folder of a million files is slow on some systems.
    return f"{photo[:2]}/{photo}{kind}"


def _files(folder: Path | None) -> list[Path]:
    return list(folder.glob("??/*")) if folder else []


def flush_folder(folder: Path) -> None:
    """Have the disk know the names in `folder`."""
    with suppress(OSError):  # Windows opens no folders; its rename is durable by itself
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def unwritten(error: OSError, where: Path | None) -> StoreTrouble:
    """Why nothing can be written there, as people are told it."""
    kind, code = (StoreFull, "store_full") if error.errno in _FULL else (StoreReadOnly, "store_read_only")
    return kind(code, {"store": str(where)})
