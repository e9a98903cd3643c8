"""A backup as one file: its folder in a .zip, which a person carries from one place to another."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, is_zipfile

from app.shop.access import for_owner
from app.shop.backup import Backup, Progress, backup
from app.shop.backup.sums import LIST
from app.shop.files.findings import Unusable
from app.shop.files.packed import BROKEN, Limited
from app.shop.folder import PHOTOS, STORE
from app.shop.photos import unwritten
from app.shop.rules.errors import Refused, ShopError
from app.shop.shop import Shop

ENDING = ".zip"
_OURS = re.compile(rf"{re.escape(STORE)}|{LIST}|{PHOTOS}/([0-9a-f]{{2}})/\1[0-9a-f]{{30}}(-small)?\.jpg")
"""What there is in a backup; nothing else is unpacked, and nothing to anywhere else."""

_SPOILT: tuple[type[Exception], ...] = (Unusable, *BROKEN)


@for_owner
def pack(
    shop: Shop,
    out: Path,
    *,
    person: int | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Backup:
    """Back the store and its photos up to one file, `out`, which is there only when it is whole.

    It says as which `person` one looked. Raises as `backup` does.
    """
    out = out.absolute()
    if os.path.lexists(out) and not (overwrite and out.is_file()):
        raise Refused("backup_exists", {"file": str(out)})
    with TemporaryDirectory(prefix="takeback-") as folder:
        made = backup(shop, Path(folder, "backup"), progress=progress)
        part = out.with_name(f"{out.name}.{os.getpid()}.part")
        try:
            _zip(made.folder, part, b"" if person is None else b"%d" % person)
            part.replace(out)
        except OSError as error:
            raise unwritten(error, out) from error
        finally:
            part.unlink(missing_ok=True)
    return Backup(out, out.stat().st_size, made.photos, made.lost)


def _zip(folder: Path, part: Path, comment: bytes) -> None:
    with part.open("xb") as whole:
        with ZipFile(whole, "w", ZIP_DEFLATED) as packed:
            packed.comment = comment
            for file in sorted(one for one in folder.rglob("*") if one.is_file()):
                photo = file.suffix == ".jpg"
                name = file.relative_to(folder).as_posix()
                packed.write(file, name, ZIP_STORED if photo else ZIP_DEFLATED)
        whole.flush()
        os.fsync(whole.fileno())


@contextmanager
def unpacked(source: Path) -> Iterator[Path]:
    """The folder of a backup that may be packed; what is wrong with that is told of `source`.

    Raises Refused where it is damaged, or made to mislead.
    """
    if not is_zipfile(source):
        yield source
        return
    with TemporaryDirectory(prefix="takeback-") as folder:
        try:
            _unzip(source, Path(folder))
            yield Path(folder)
        except ShopError as error:
            error.rename(folder, str(source))
            raise


def _unzip(source: Path, folder: Path) -> None:
    read = 0
    try:
        with ZipFile(source) as packed:
            for one in packed.infolist():
                if not _OURS.fullmatch(one.filename):
                    continue
                file = folder / one.filename
                file.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(one) as stream, file.open("wb") as written:
                    limited = Limited(stream, source.stat().st_size, read)
                    while chunk := limited.read():
                        written.write(chunk)
                    read = limited.total
    except OSError as error:
        if error.errno:
            raise unwritten(error, folder) from error
        raise Refused("backup_damaged", {"file": str(source)}) from error
    except _SPOILT as error:
        raise Refused("backup_damaged", {"file": str(source)}) from error


def person_in(source: Path) -> int | None:
    """As which person one looked where a backup was packed; None where it does not say."""
    if not is_zipfile(source):
        return None
    with ZipFile(source) as packed:
        return int(packed.comment) if packed.comment.isdigit() else None


def photos_in(source: Path) -> int:
    """How many files of photos a packed backup has; none where it is no such thing."""
    if not is_zipfile(source):
        return 0
    with ZipFile(source) as packed:
        return sum(one.startswith(f"{PHOTOS}/") for one in packed.namelist())
