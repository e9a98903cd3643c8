"""The desktop bundle: a folder with the app, its Python and Flet's client, for machines that have neither."""

import os
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from fnmatch import fnmatch
from importlib.metadata import distribution
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import PyInstaller  # noqa: F401  (that it is missing is said at once)
from flet_cli.commands.pack import Command  # type: ignore[import-untyped]
from flet_desktop import ensure_client_cached, get_artifact_filename  # type: ignore[import-untyped]
from packaging.markers import default_environment
from packaging.utils import canonicalize_name

from app.desktop import bundled
from app.desktop.window import NOT_TO_BE_HAD
from app.home import ASSETS
from app.main import TITLE
from app.packaging.aside import made_aside
from app.packaging.carried import LICENCES, LOCALES, OURS, needed
from app.server.client import OURS as SHOWN
from app.shop import migrations
from app.shop.rules.errors import Refused

APP = Path(__file__).parent.parent
PROGRAM = TITLE
"""What is started, in the bundle."""
CLIENT_PROGRAM = {"win32": "flet.exe", "darwin": "*.app"}.get(sys.platform, "flet")
"""The client in its folder."""
BY_NAME = ("app.ui.screens", "app.ui.dialogs")
"""What holds modules that are imported by name (`app/ui/component.py`), which PyInstaller does not see."""
NEVER_ASKED_FOR = (
    "_pytest",
    "anyio",
    "app.commands",
    "app.packaging",
    "app.server",
    "argon2",
    "brotli",
    "cffi",
    "chardet",
    "click",
    "fastapi",
    "flet.testing",
    "flet_cli",
    "flet_web",
    "greenlet",
    "h11",
    "httpcore",
    "httptools",
    "httpx",
    "hypothesis",
    "idna",
    "markdown_it",
    "mypy",
    "numpy",
    "oauthlib",
    "pip",
    "psutil",
    "psycopg",
    "pydantic.mypy",
    "pydantic.v1",
    "pygments",
    "pytest",
    "setuptools",
    "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle",
    "sqlalchemy.ext.mypy",
    "starlette",
    "tkinter",
    "typer",
    "uvicorn",
    "uvloop",
    "watchfiles",
    "websockets",
    "zxcvbn",
)
"""Modules that are found by who reads imports, and that the window never comes to."""


def build_desktop(out: Path, client: Path | None = None) -> None:
    """Make the bundle in the folder `out`, which must be new or empty. Raises Refused.

    `client` is the folder of Flet's client; without one it is what Flet has here, or downloads.
    """
    out = out.absolute()
    with made_aside(out) as made, TemporaryDirectory() as folder:
        work = Path(folder)
        _stage_client(_client(client), work / "client")
        _stage_data(work / "data")
        _pack(work)
        bundle = work / "dist"
        if sys.platform != "darwin":  # there it is an .app, whole as it is
            bundle /= PROGRAM
            _lay_out(work / "client", bundle / "_internal")
            _trim(bundle / "_internal")
            _write_entry(work / "dist", bundle, out)
        shutil.move(bundle, made)


def _client(given: Path | None) -> Path:
    """The folder in which the client lies. Raises Refused where there is none."""
    if given is None:
        try:
            with redirect_stdout(StringIO()):  # it talks of a first use, which this is not
                given = Path(ensure_client_cached())
        except NOT_TO_BE_HAD as error:
            why = str(getattr(error, "reason", error))
            raise Refused("build_no_client", {"why": why, "archive": get_artifact_filename()}) from error
    for folder in (given, given / "flet"):
        if any(one.is_file() or one.suffix == ".app" for one in folder.glob(CLIENT_PROGRAM)):
            return folder
    raise Refused("build_not_a_client", {"folder": str(given), "program": CLIENT_PROGRAM})


def _stage_client(client: Path, into: Path) -> None:
    """Copy the client to where `flet pack` looks for it below what it takes for FLET_VIEW_PATH."""
    shutil.copytree(client, into if sys.platform == "darwin" else into / "flet", symlinks=True)


def _stage_data(into: Path) -> None:
    """Copy what the app reads that no import leads to, as it lies in the bundle."""
    shown = [one for name in SHOWN for one in (ASSETS / name, *(ASSETS / name).rglob("*")) if one.is_file()]
    for file in shown:
        _copy(file, into / "app" / "assets" / file.relative_to(ASSETS))
    revisions = Path(migrations.__file__).parent
    files = [revisions / "env.py", *revisions.glob("versions/*.py"), *(APP / "languages").rglob("*.mo")]
    for file in files:
        _copy(file, into / "app" / file.relative_to(APP))
    if (python := Path(os.__file__).with_name("LICENSE.txt")).is_file():
        _copy(python, into / "python.dist-info" / python.name)
    here = {"extra": "", **{name: str(value) for name, value in default_environment().items()}}
    for name in {OURS} | needed(here, {canonicalize_name(one) for one in NEVER_ASKED_FOR}):
        for words in distribution(name).files or ():
            if any(fnmatch(words.as_posix(), one) for one in LICENCES):
                _copy(Path(str(words.locate())), into / words)


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)


def _pack(work: Path) -> None:
    version = distribution(OURS).version
    command = [sys.executable, "-m", "flet.cli", "pack", str(Path(bundled.__file__)), "--yes"]
    command += ["--name", PROGRAM, "--product-name", PROGRAM, "--icon", str(ASSETS / "icon.png")]
    command += ["--product-version", version, "--file-version", f"{version}.0"]
    command += ["--add-data", f"{work / 'data'}{os.pathsep}."]
    command += [f"--pyinstaller-build-args=--exclude-module={name}" for name in NEVER_ASKED_FOR]
    command += ["--hidden-import", "tzdata", "--pyinstaller-build-args=--optimize=2"]
    command += [f"--pyinstaller-build-args=--collect-submodules={package}" for package in BY_NAME]
    if sys.platform != "darwin":  # where Flet refuses it; one file would be unpacked anew at each start
        command.append("--onedir")
    environment = os.environ | {"FLET_VIEW_PATH": str(work / "client")}
    done = subprocess.run(  # noqa: S603
        command, cwd=work, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        why = (done.stdout + done.stderr).strip().splitlines()[-1:]
        raise Refused("build_pack", {"why": "".join(why)})


def _lay_out(client: Path, inside: Path) -> None:
    """Have the client in the bundle ready to run.

    Flet would unpack it into the home folder at the first start, by a name in which the libc of that machine
    stands: with a newer one it would not find it, and download another.
    """
    packed = inside / "flet_desktop" / "app"
    if sys.platform == "win32":  # packed it has our icon
        client = client.parent / "unpacked"
        shutil.unpack_archive(next(packed.glob("*.zip")), client)
    shutil.rmtree(packed)
    shutil.move(client / "flet", inside / bundled.CLIENT)


def _trim(inside: Path) -> None:
    for name in ("direct_url.json", "RECORD", "uv_*.json"):  # where things lay on this machine
        for file in inside.glob(f"*.dist-info/{name}"):
            file.unlink()
    for file in inside.glob("babel/locale-data/*.dat"):
        if file.relative_to(inside).as_posix() not in LOCALES:
            file.unlink()


def _write_entry(dist: Path, bundle: Path, out: Path) -> None:
    """Move what tells a Linux desktop of the app into the bundle, with the places at which it will be."""
    for file in (*dist.glob("*.desktop"), *dist.glob("*.png")):
        shutil.move(file, bundle)
    program = Command.escape_desktop_exec(str(out / PROGRAM))
    icon = Command.escape_desktop_value(str(out / f"{PROGRAM}.png"))
    places = {"Exec": f'Exec="{program}"', "Icon": f"Icon={icon}"}
    for entry in bundle.glob("*.desktop"):
        lines = entry.read_text(encoding="utf-8").splitlines()
        told = [places.get(line.partition("=")[0], line) for line in lines]
        entry.write_text("\n".join([*told, ""]), encoding="utf-8")
