"""The app's Python as a page fetches it: compiled, in what the first screen takes and what comes after it."""

import json
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from playwright._impl._driver import compute_driver_executable

from app.packaging.carried import carried
from app.packaging.page import module
from app.shop.rules.errors import Refused

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
    _node("compile.mjs", pyodide, folder)
    for source in folder.rglob("*.py"):
        if source.with_suffix(".pyc").exists():
            source.unlink()
    booted, started = json.loads(_node("first.mjs", pyodide, folder))
    files = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    boot = [name for name in files if name.removesuffix(".pyc") in set(booted)]
    with ZipFile(out / "pyodide" / STDLIB, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for name in boot:
            packed.write(folder / name, name)
    others = sorted(set(files) - set(boot))
    later = [name for name in others if _later(name) and name not in set(started)]
    modules = "\n".join(module(name) for name in later if name.endswith(".pyc"))
    (folder / NAMES).write_text(modules, encoding="utf-8")
    _tar(folder, [NAMES, *sorted(set(others) - set(later))], out / FIRST)
    _tar(folder, later, out / REST)


def _later(name: str) -> bool:
    # Who asks for a module can be made to wait for it; a file that is opened has to be there.
    return name.endswith(".pyc") or ".dist-info/" in name


def _node(script: str, pyodide: Path, folder: Path) -> str:
    node, _ = compute_driver_executable()
    command = [str(node), str(HERE / script), str(pyodide), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        why = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise Refused("build_compile", {"why": "".join(why[-1:])[:500]})
    return done.stdout


def _tar(folder: Path, names: list[str], into: Path) -> None:
    content = BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in names:
            file = tarfile.TarInfo(name)
            file.size = (folder / name).stat().st_size
            with (folder / name).open("rb") as held:
                archive.addfile(file, held)
    into.write_bytes(zstd.compress(content.getvalue(), LEVEL))
