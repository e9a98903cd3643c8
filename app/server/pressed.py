"""Files made small once, before anybody asks for them: at a request it would take seconds."""

import gzip
import logging
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.server.client import File

log = logging.getLogger("takeback")

ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""The best first."""
BROTLI_QUALITY = 9
"""The client in ten seconds; 11 takes a hundred of them for an eighth less."""
_TIGHT = frozenset({".png", ".woff2", ".whl", ".zip"})
_LEAST = 512
_NICE = 10


class Pressed:
    """A folder with the small forms of files, each under the name of what it holds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._found: dict[tuple[str, str], Path] = {}

    def of(self, file: File, encodings: Iterable[str]) -> tuple[str, Path] | None:
        """The best of the `encodings` that there is of a file, and where."""
        for encoding, ending in ENCODINGS.items():
            if encoding not in encodings:
                continue
            path = self._found.get((file.name, encoding)) or self._folder / f"{file.name}{ending}"
            if path.exists():
                self._found[file.name, encoding] = path
                return encoding, path
        return None

    def press_beside(self, files: Iterable[File]) -> threading.Thread:
        """Have what is missing made, in a thread that stands back and holds up no end."""
        thread = threading.Thread(target=self._press_calmly, args=(files,), name="press", daemon=True)
        thread.start()
        return thread

    def _press_calmly(self, files: Iterable[File]) -> None:
        with suppress(AttributeError, OSError):  # not on every system
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        with _alone(self._folder) as alone:
            if alone:
                self.press(files)

    def press(self, files: Iterable[File]) -> None:
        """Make what is missing, small files first; for this process only where nothing can be written."""
        for file in sorted(files, key=_size):
            if file.path.suffix in _TIGHT or _size(file) < _LEAST:
                continue
            for encoding in reversed(ENCODINGS):
                if self.of(file, {encoding}) is None:
                    self._write(file, encoding)

    def _write(self, file: File, encoding: str) -> None:
        small = _pressed(file.read(), encoding)
        name = f"{file.name}{ENCODINGS[encoding]}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._found[file.name, encoding] = _put(self._folder, name, small)
        except OSError as error:
            log.warning("what the client loads is made small again at each start: %s", error)
            self._folder = Path(tempfile.mkdtemp(prefix="takeback-client-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            self._found[file.name, encoding] = _put(self._folder, name, small)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else makes files small there meanwhile; where nothing can be written, nobody does."""
    import portalocker  # noqa: PLC0415  (not on the way to the first picture)

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "pressing").open("a", encoding="ascii")
    except OSError:
        yield True
        return
    with lock:
        try:
            portalocker.lock(lock, portalocker.LOCK_EX | portalocker.LOCK_NB)
        except portalocker.LockException:
            yield False
        else:
            yield True


def _put(folder: Path, name: str, content: bytes) -> Path:
    """Under its name it is whole, or it is not there."""
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as unfinished:
        unfinished.write(content)
    Path(unfinished.name).chmod(0o644)
    return Path(unfinished.name).replace(folder / name)


def _pressed(content: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.compress(content, 9, mtime=0)
    import brotli  # type: ignore[import-untyped] # noqa: PLC0415  (with the parts of the served app)

    return bytes(brotli.compress(content, quality=BROTLI_QUALITY, lgwin=24))


def _size(file: File) -> int:
    return file.path.stat().st_size if file.content is None else len(file.content)
