"""Cancellations that are counting down, as files: what a process could not finish, the next one finds."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

import portalocker

from app.ui.state import PendingCancel

log = logging.getLogger("takeback")

NAME = "unsent"
_MINE_ONLY = portalocker.LOCK_EX | portalocker.LOCK_NB


class Unsent:
    """A folder with one file per count, locked while its process lives.

    Of the processes that serve each has a folder of its own, by its `number`; what any of them left is found
    by all, since another time there may be fewer.
    """

    def __init__(self, beside: Path, number: int = 0) -> None:
        """`beside`: where the folders are."""
        self._beside = beside
        self._folder = beside / (f"{NAME}-{number}" if number else NAME)

    @contextmanager
    def kept(self, person: int, cancel: PendingCancel) -> Iterator[None]:
        """Keep `cancel` on file and locked within; the file stays until `forget`.

        A folder that cannot be written costs only the word at the next start, never the cancellation.
        """
        try:
            file = self._written(person, cancel)
        except OSError:
            log.exception("a cancellation is counting down without a file")
            yield
            return
        with file:
            yield

    def _written(self, person: int, cancel: PendingCancel) -> BinaryIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        # Unbuffered: what did not fit would be written once more when the file is closed.
        file = (self._folder / _called(person, cancel.number)).open("wb", buffering=0)
        try:
            with suppress(portalocker.LockException):  # the next start may then speak too early, no more
                portalocker.lock(file, _MINE_ONLY)
            file.write(json.dumps(asdict(cancel)).encode())
        except BaseException:
            file.close()
            raise
        return file

    def forget(self, person: int, number: int) -> None:
        """It was sent, taken back, or its person has been told."""
        with suppress(OSError):
            (self._folder / _called(person, number)).unlink(missing_ok=True)
        for file in self._left(_called(person, number)):
            if _abandoned(file):  # what counts in another process is that one's
                with suppress(OSError):
                    file.unlink(missing_ok=True)

    def found(self, person: int) -> tuple[PendingCancel, ...]:
        """What `person` submitted in a process that ended before it was sent."""
        found = (_abandoned(file) for file in self._left(_called(person, "*")))
        return tuple({cancel.number: cancel for cancel in found if cancel}.values())

    def _left(self, called: str) -> list[Path]:
        return sorted(self._beside.glob(f"{NAME}*/{called}"))


def _called(person: int, number: int | str) -> str:
    return f"{person}-{number}.json"


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
