"""Where tests keep what is gone when they end: in memory where there is room for it."""

import os
import shutil
from pathlib import Path

ROOM = 1 << 30
"""Bytes that are enough by far."""


def memory() -> Path | None:
    """A folder in memory with room for stores and a server's data; None where there is none.

    A store waits for the disk at each commit, longer than for all else, and a database of PostgreSQL is three
    hundred files to copy. What is in memory outlives a killed process as what is on a disk does. Programs
    stay outside: some systems let none run there.
    """
    folder = Path("/dev/shm")
    roomy = folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= ROOM
    return folder if roomy else None
