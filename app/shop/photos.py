"""The photos of a store: files beside it, each written whole or not at all, found by an id made here."""

import errno
import os
import re
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from app.shop.pictures import Picture
from app.shop.rules.errors import Refused, StoreFull, StoreReadOnly, StoreTrouble

FOLDER = "photos"
"""What their folder is called, beside a store or in the data folder."""
REMEMBERED = 256
"""Small pictures kept in memory: a thread is read again with each message."""
WHOLE, SMALL = ".jpg", "-small.jpg"
_BEGUN = ".part"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_ID = re.compile(r"[0-9a-f]{32}")


class Photos:
    """The folder with the photos; with no folder, those of a store that keeps none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.small = lru_cache(REMEMBERED)(self._small)

    def new(self) -> str:
        """The id of a photo that is to be kept; raises Refused where there is no folder."""
        if self._folder is None:
            raise Refused("photos_not_here")
        return secrets.token_hex(16)

    def keep(self, photo: str, picture: Picture) -> None:
        """Keep `picture`; raises StoreFull or StoreReadOnly where it cannot be written, and keeps nothing."""
        try:
            self._write(photo, SMALL, picture.small)
            self._write(photo, WHOLE, picture.whole)
        except OSError as error:
            self.remove(photo)
            raise unwritten(error, self._folder) from error

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

    def _file(self, photo: str, kind: str) -> Path:
        if self._folder is None or not _ID.fullmatch(photo):
            raise FileNotFoundError(photo)
        # A folder of a million files is slow on some systems.
        return self._folder / photo[:2] / f"{photo}{kind}"

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


def unwritten(error: OSError, where: Path | None) -> StoreTrouble:
    """Why nothing can be written there, as people are told it."""
    kind, code = (StoreFull, "store_full") if error.errno in _FULL else (StoreReadOnly, "store_read_only")
    return kind(code, {"store": str(where)})
