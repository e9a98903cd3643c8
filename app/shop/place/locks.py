"""Locks between processes, on files beside the store: whose turn it is to write, and who has it open."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

import portalocker

from app.shop.rules.errors import StoreBusy, StoreReadOnly

WRITER, OPEN = "-writer", "-open"
"""The endings of the lock files: one writer holds the first, all who have it open share the second."""


def lock_file(store: Path, ending: str) -> TextIOWrapper:
    """The lock file of a store, not locked yet; raises StoreReadOnly where there can be none."""
    try:
        return Path(f"{store}{ending}").open("a", encoding="ascii")
    except OSError as error:
        raise StoreReadOnly("store_read_only", {"store": str(store)}) from error


def take(file: TextIOWrapper, how: portalocker.LockFlags, store: Path, until: float) -> None:
    """Lock `file`; raises StoreBusy where others still hold it at `until` (of the monotonic clock)."""
    pause = 0.0002
    while True:
        try:
            portalocker.lock(file, how | portalocker.LOCK_NB)
        except portalocker.LockException as error:
            if time.monotonic() > until:
                raise StoreBusy("store_busy", {"store": str(store)}) from error
            time.sleep(pause)
            pause = min(pause * 1.5, 0.002)
        else:
            return


def share(store: Path, patience: float) -> TextIOWrapper:
    """Say that this process has the store open, until the file that is answered is closed.

    Raises StoreBusy where it is being replaced for longer than `patience` seconds.
    """
    shared = lock_file(store, OPEN)
    try:
        take(shared, portalocker.LOCK_SH, store, time.monotonic() + patience)
    except BaseException:
        shared.close()
        raise
    return shared


@contextmanager
def alone(store: Path) -> Iterator[None]:
    """Nobody opens the store meanwhile, so its file may be replaced; raises StoreBusy where somebody has."""
    with lock_file(store, OPEN) as mine:
        take(mine, portalocker.LOCK_EX, store, time.monotonic())
        yield
