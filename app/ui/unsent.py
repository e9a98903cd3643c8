"""Cancellations that are counting down, as files: what a process could not finish, the next one finds."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

import portalocker

from app.ui.state import PendingCancel

log = logging.getLogger("takeback")

_MINE_ONLY = portalocker.LOCK_EX | portalocker.LOCK_NB


class Unsent:
    """A folder with one file per count, locked while its process lives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _file(self, person: int, number: int) -> Path:
        return self._folder / f"{person}-{number}.json"

    @contextmanager
    def kept(self, person: int, cancel: PendingCancel) -> Iterator[None]:
        """Keep `cancel` on file and locked within; the file stays until `forget`.

        A folder that cannot be written costs only the word at the next start, never the cancellation.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._file(person, cancel.number).open("w", encoding="utf-8")
        except OSError:
            log.exception("a cancellation is counting down without a file")
            yield
            return
        with file:
            with suppress(portalocker.LockException):  # the next start may then speak too early, no more
                portalocker.lock(file, _MINE_ONLY)
            json.dump(asdict(cancel), file)
            file.flush()
            yield

    def forget(self, person: int, number: int) -> None:
        """It was sent, taken back, or its person has been told."""
        with suppress(OSError):
            self._file(person, number).unlink(missing_ok=True)

    def found(self, person: int) -> tuple[PendingCancel, ...]:
        """What `person` submitted in a process that ended before it was sent."""
        files = sorted(self._folder.glob(f"{person}-*.json"))
        return tuple(cancel for file in files if (cancel := _abandoned(file)))


def _abandoned(file: Path) -> PendingCancel | None:
    try:
        with file.open("r+", encoding="utf-8") as held:
            portalocker.lock(held, _MINE_ONLY)
            told = json.load(held)
            return PendingCancel(**told | {"lines": tuple(told.get("lines", ()))})
    except (OSError, portalocker.LockException):
        return None
    except (ValueError, TypeError):
        log.warning("%s is no cancellation", file)
        return None
