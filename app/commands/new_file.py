"""Files that commands write: whole or not there, and never over another unless that is asked for."""

from collections.abc import Iterable
from errno import EEXIST
from os import fsync, getpid, strerror
from pathlib import Path


def write_new(target: Path, lines: Iterable[str], *, encoding: str = "utf-8", overwrite: bool = False) -> int:
    """Write a file that is whole or not there; how many lines it has.

    Raises OSError, FileExistsError among them where it is there and not to be overwritten.
    """
    _refuse(target, overwrite=overwrite)
    begun = target.with_name(f"{target.name}.{getpid()}.part")
    file = begun.open("x", encoding=encoding, newline="")  # outside: what is there already is not ours
    count = 0
    try:
        with file:
            for count, line in enumerate(lines, 1):  # noqa: B007
                file.write(line)
            file.flush()
            fsync(file.fileno())
        _refuse(target, overwrite=overwrite)
        begun.replace(target)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise
    return count


def _refuse(target: Path, *, overwrite: bool) -> None:
    if target.exists() and not overwrite:
        raise FileExistsError(EEXIST, strerror(EEXIST), str(target))
