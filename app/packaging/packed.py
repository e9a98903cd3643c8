"""The app's Python as a page fetches it: compiled, in what the first screen takes and what comes after it."""

import json
import subprocess
import sys
import tarfile
from contextlib import closing
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from playwright._impl._driver import compute_driver_executable

from app.clock import wall_clock
from app.packaging.carried import carried
from app.packaging.named import controls
from app.packaging.page import CONTROLS, module
from app.shop.demo import fill
from app.shop.folder import STORE
from app.shop.rules.errors import Refused
from app.shop.store import open_shop

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HERE = Path(__file__).parent
STDLIB = "python_stdlib.zip"
FIRST, REST, NAMES = "first.tar.zst", "rest.tar.zst", "rest.txt"
"""Two archives, and in the first of them the names of the modules that are in the other."""
LEVEL = 19
"""The smallest that zstd makes without asking more memory of who unpacks it."""


def pack(folder: Path, pyodide: Path, out: Path) -> None:
    """Compile all Python in `folder` and write it to `out`, with what Python itself needs. Raises Refused."""
    with ZipFile(pyodide / STDLIB) as library:
        library.extractall(folder, [name for name in library.namelist() if carried(name)])  # noqa: S202
    drawn_with = "\n".join(sorted(controls(folder / "app")))
    (folder / "app" / "packaging" / CONTROLS).write_text(drawn_with, encoding="utf-8")
    _node("compile.mjs", pyodide, folder)
    for source in folder.rglob("*.py"):
        if source.with_suffix(".pyc").exists():
            source.unlink()
    with TemporaryDirectory() as data:
        _examples(Path(data))
        booted, started = json.loads(_node("first.mjs", pyodide, folder, data))
    files = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    boot = [name for name in files if name.removesuffix(".pyc") in set(booted)]
    with ZipFile(out / "pyodide" / STDLIB, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for name in boot:
            packed.write(folder / name, name)
    unopened = set(files).difference(boot, started)
    later = sorted(name for name in unopened if _waits(name, unopened))
    modules = "\n".join(module(name) for name in later if name.endswith(".pyc"))
    (folder / NAMES).write_text(modules, encoding="utf-8")
    _tar(folder, [NAMES, *set(files).difference(boot, later)], out / FIRST)
    _tar(folder, later, out / REST)


def _waits(name: str, unopened: set[str]) -> bool:
    # Who asks for a module can be made to wait for it, and for what its package holds, such as time zones.
    # Any other file has to be there when it is opened.
    package = f"{PurePosixPath(name).parent}/__init__.pyc"
    return name.endswith(".pyc") or ".dist-info/" in name or package in unopened


def _examples(data: Path) -> None:
    """Make a store there: what makes it comes later in a page, what shows it at first."""
    with closing(open_shop(f"sqlite:///{data / STORE}", wall_clock)) as shop:
        fill(shop)


def _node(script: str, *folders: Path | str) -> str:
    node, _ = compute_driver_executable()
    command = [str(node), str(HERE / script), *map(str, folders)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        why = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise Refused("build_compile", {"why": "".join(why[-1:])[:500]})
    return done.stdout


def _kind(name: str) -> tuple[str, str]:
    # What is alike lies together: it makes each other small.
    return PurePosixPath(name).suffix, name


def _tar(folder: Path, names: list[str], into: Path) -> None:
    content = BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in sorted(names, key=_kind):
            file = tarfile.TarInfo(name)
            file.size = (folder / name).stat().st_size
            with (folder / name).open("rb") as held:
                archive.addfile(file, held)
    into.write_bytes(zstd.compress(content.getvalue(), LEVEL))
