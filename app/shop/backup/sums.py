"""The list of a backup: the SHA-256 of every file in it, in the form that `sha256sum --check` reads."""

import os
from collections.abc import Mapping, Set
from hashlib import file_digest
from pathlib import Path

from app.shop.photos import flush_folder

LIST = "SHA256SUMS"

Sums = Mapping[str, Set[str]]
"""What each file of a backup may be, by its name in the folder.

That is one sum. It is two while a store takes another's place: whichever is there, the list is right.
"""


def sum_of(file: Path) -> str:
    """The sum of a file; raises OSError."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def either(one: Sums, other: Sums) -> Sums:
    """What is in one list or in the other."""
    return {name: one.get(name, set()) | other.get(name, set()) for name in {*one, *other}}


def read_list(folder: Path) -> Sums:
    """The list of the backup in `folder`, empty where there is none; raises OSError."""
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    sums: dict[str, set[str]] = {}
    for told, _, name in (line.partition("  ") for line in lines):
        sums.setdefault(name, set()).add(told)
    return sums


def write_list(folder: Path, sums: Sums) -> int:
    """Write the list, whole or not at all; its bytes. Raises OSError."""
    lines = (f"{told}  {name}\n" for name in sorted(sums) for told in sorted(sums[name]))
    written = "".join(lines).encode()
    part = folder / f"{LIST}.part"
    try:
        with part.open("wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / LIST)
    finally:
        part.unlink(missing_ok=True)
    flush_folder(folder)
    return len(written)
