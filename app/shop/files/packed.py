"""What is packed, by its content: a .gz is the file in it, a .zip a folder of files; bombs are refused."""

import gzip
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Protocol

from app.shop.files.findings import Unusable

LARGEST, RATIO, SLACK = 1 << 30, 200, 16 << 20
"""What is packed may unpack to a gigabyte, and beyond 16 MiB to no more than 200 times its own size."""
FILES = 1000
"""Files that one .zip may hold."""

BROKEN: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,  # with NotImplementedError: encrypted, or of a compression method that is not supported
    ValueError,
    LookupError,
    OSError,
    struct.error,
    MemoryError,  # of a dictionary (LZMA) that is said to be huge
)
"""What the libraries raise for what is damaged, cut off or made to mislead."""
with suppress(ImportError):  # not every Python has it; zipfile then supports no such method
    from lzma import LZMAError

    BROKEN += (LZMAError,)

_CHUNK = 1 << 18
_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
_SHEET = re.compile(r"(.*/)?worksheets/[^/]+\.xml", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[^\w.() +-]")
_LONGEST_NAME = 60
"""Characters of a name, each up to four bytes of the 255 that systems take."""
_LOCKED = 0x1


class _Reads(Protocol):
    def read(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


class Limited:
    """A stream out of something of `packed` bytes; raises Unusable where it unpacks to too much."""

    def __init__(self, stream: _Reads, packed: int, read: int = 0) -> None:
        self._stream = stream
        self._most = min(LARGEST, max(SLACK, RATIO * packed))
        self.total = read
        """Bytes that came out of it so far."""

    def read(self, size: int = _CHUNK) -> bytes:
        """The next bytes."""
        chunk = self._stream.read(size)
        self.total += len(chunk)
        if self.total > self._most:
            raise Unusable("unpacks_too_large")
        return chunk

    def close(self) -> None:
        """Close what it reads from."""
        self._stream.close()


def _begins(path: Path) -> bytes:
    with suppress(OSError):  # what is wrong with it is told when it is read
        if path.is_file():
            with path.open("rb") as file:
                return file.read(4)
    return b""


def sheets_of(path: Path) -> tuple[str, ...]:
    """The parts of a workbook that are sheets; none for whatever is no workbook."""
    if _begins(path) not in _ZIP:
        return ()
    try:
        with zipfile.ZipFile(path) as found:
            return tuple(name for name in found.namelist() if _SHEET.fullmatch(name))
    except BROKEN:
        return ()


def is_packed(path: Path) -> bool:
    """Whether a file is packed; a workbook is not, though its format is a .zip too."""
    begins = _begins(path)
    return begins.startswith(_GZIP) or (begins in _ZIP and not sheets_of(path))


def unpack(path: Path, folder: Path) -> None:
    """Write the files in `path` into a folder; raises Unusable where it is damaged, locked or a bomb."""
    try:
        if _begins(path).startswith(_GZIP):
            with gzip.open(path) as stream:
                _write(Limited(stream, path.stat().st_size), folder / _named(path.stem))
        else:
            _unzip(path, folder)
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno:
            raise Unusable("not_readable", value=error.strerror) from error
        unsupported = isinstance(error, RuntimeError)
        raise Unusable("compression_unsupported" if unsupported else "broken_archive") from error


def _unzip(path: Path, folder: Path) -> None:
    size, read = path.stat().st_size, 0
    with zipfile.ZipFile(path) as found:
        members = [one for one in found.infolist() if not one.is_dir() and "__MACOSX/" not in one.filename]
        if len(members) > FILES:
            raise Unusable("unpacks_too_large")
        for member in members:
            if member.flag_bits & _LOCKED:
                raise Unusable("locked")
            name = _named(PurePosixPath(member.filename.replace("\\", "/")).name)
            with found.open(member) as stream:
                limited = Limited(stream, size, read)
                _write(limited, _free(folder, name))
                read = limited.total


def _named(name: str) -> str:
    """A name that stays in its folder and that every system takes."""
    return _NOT_IN_NAMES.sub("_", name).lstrip(".")[-_LONGEST_NAME:] or "file"


def _free(folder: Path, name: str) -> Path:
    path, n = folder / name, 1
    while path.exists():
        n += 1
        path = folder / f"{n} {name}"
    return path


def _write(stream: Limited, path: Path) -> None:
    with path.open("wb") as file:
        while chunk := stream.read():
            file.write(chunk)


def scaled(advance: Callable[[int], None], path: Path, folder: Path) -> Callable[[int], None]:
    """`advance` for what was unpacked into `folder`: told of its bytes, it counts those of `path`."""
    size = path.stat().st_size
    total = sum(one.stat().st_size for one in folder.iterdir()) or 1
    return lambda read: advance(read * size // total)
