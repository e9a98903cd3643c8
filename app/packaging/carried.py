"""What of Python the app has in a browser: the packages installed here, without what it never asks for."""

import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping
from fnmatch import fnmatch
from importlib.metadata import Distribution, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.languages import LANGUAGES
from app.packaging.unasked import leave_out
from app.shop.rules.errors import Refused

BROWSER = {
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
    "platform_machine": "wasm32",
    "os_name": "posix",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "python_version": "3.14",
    "python_full_version": "3.14.2",
    "extra": "",
}
"""How requirements see the Python that `flet-web` 1.0.5 carries: Pyodide 314.0.7."""
ABI, PLATFORM = "cp314", "pyemscripten_2026_0_wasm32"
COMPILED = ("msgpack", "pydantic-core")
"""What needs compiled code there too; what else is compiled here is as well in Python."""
NOT_THERE = {
    "flet-web",  # serves
    "pygments",  # what the command line is drawn with
    "rich",
    "markdown-it-py",
    "mdurl",
    "typer",
    "shellingham",
    "annotated-doc",
}
OURS = "takeback"
LEFT_OUT = (
    "*.po",
    "*.so",
    "*.pyd",
    "*.pyc",
    "*.pyi",
    "*.pyx",
    "*.pxd",
    "*.c",
    "*.txt",
    "*.typed",
    "*.dist-info/*",
    "alembic/templates/*",
    "alembic/testing/*",
    "app/art/*",
    "app/commands/*",
    "app/desktop/*",
    "app/packaging/*",
    "app/server/*",
    "babel/locale-data/*",
    "flet/controls/cupertino/*.json",  # icons that are not drawn
    "flet/testing/*",
    "flutter/*",  # what a builder takes into a client of its own
    "mako/testing/*",
    "portalocker/redis.py",
    "pydantic/v1/*",
    "pydantic/mypy.py",
    "sqlmodel/.agents/*",
    "sqlalchemy/dialects/mssql/*",
    "sqlalchemy/dialects/mysql/*",
    "sqlalchemy/dialects/oracle/*",
    "sqlalchemy/ext/asyncio/*",
    "sqlalchemy/ext/automap.py",
    "sqlalchemy/ext/horizontal_shard.py",
    "sqlalchemy/ext/mypy/*",
    "sqlalchemy/ext/serializer.py",
    "sqlalchemy/testing/*",
    "tzdata/zoneinfo/*.tab",  # for who chooses a zone by its place
    "tzdata/zoneinfo/*.zi",
    # Of Python's own:
    "_pydatetime.py",  # these two are there compiled
    "_pyio.py",
    "_pyrepl/*",
    "bdb.py",
    "cProfile.py",
    "compileall.py",
    "doctest.py",
    "filecmp.py",
    "fileinput.py",
    "ftplib.py",
    "idlelib/*",
    "imaplib.py",
    "mailbox.py",
    "modulefinder.py",
    "multiprocessing/*",
    "pdb.py",
    "pickletools.py",
    "plistlib.py",
    "poplib.py",
    "profile.py",
    "pstats.py",
    "pyclbr.py",
    "pydoc.py",
    "pydoc_data/*",
    "site-packages/*",
    "smtplib.py",
    "symtable.py",
    "tabnanny.py",
    "trace.py",
    "tracemalloc.py",
    "unittest/*",
    "wave.py",
    "wsgiref/*",
    "xmlrpc/*",
)
LICENCES = ("*.dist-info/licenses/*", "*.dist-info/LICEN[CS]E*")
"""Whose the packages are: that goes along with what they wrote."""
LOCALES = tuple(f"babel/locale-data/{name}.dat" for name in ("root", *LANGUAGES))
KEPT = (*LOCALES, *LICENCES, "app/packaging/__init__.py", "app/packaging/page.py")
"""What is not left out all the same."""


def gather(into: Path) -> None:
    """Copy them; raises Refused where a browser's own form of one cannot be fetched."""
    into.mkdir(parents=True)
    for name in sorted(needed(BROWSER, NOT_THERE)):
        if name not in COMPILED:
            _copy(distribution(name), into)
    app = Path(__file__).parent.parent
    for file in app.rglob("*"):
        _copy_file(file, f"app/{file.relative_to(app).as_posix()}", into)
    fetch(COMPILED, into)
    leave_out(into)


def needed(environment: Mapping[str, str], without: Collection[str]) -> set[str]:
    """The packages that the app stands on where requirements see `environment`, but for some and theirs."""
    found: set[str] = set()
    waiting = [OURS]
    while waiting:
        for line in distribution(waiting.pop()).requires or ():
            wanted = Requirement(line)
            name = canonicalize_name(wanted.name)
            there = wanted.marker is None or wanted.marker.evaluate(dict(environment))
            if there and name not in found and name not in without:
                found.add(name)
                waiting.append(name)
    return found


def _copy(package: Distribution, into: Path) -> None:
    for file in package.files or ():
        _copy_file(Path(str(file.locate())), file.as_posix(), into)


def _copy_file(file: Path, name: str, into: Path) -> None:
    if name.startswith("..") or "__pycache__" in name or not file.is_file():
        return
    if carried(name):
        copy = into / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)


def carried(name: str) -> bool:
    """Whether a file of this name goes along."""
    return any(fnmatch(name, one) for one in KEPT) or not any(fnmatch(name, one) for one in LEFT_OUT)


def fetch(names: Iterable[str], into: Path) -> None:
    """Unpack the browser's form of these packages, of the versions installed here. Raises Refused."""
    wanted = [f"{name}=={distribution(name).version}" for name in names]
    with TemporaryDirectory() as wheels:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        command += ["--python-version", BROWSER["python_version"], "--abi", ABI, "--platform", PLATFORM]
        command += ["--dest", wheels, *wanted]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            why = done.stderr.strip().splitlines()[-1:]
            raise Refused("build_wheels", {"packages": ", ".join(wanted), "why": "".join(why)})
        for wheel in sorted(Path(wheels).glob("*.whl")):
            with ZipFile(wheel) as packed:
                compiled = [name for name in packed.namelist() if name.endswith(".so") or carried(name)]
                packed.extractall(into, compiled)
