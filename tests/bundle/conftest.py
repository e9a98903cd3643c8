"""The bundle, made once for a run, with a client that tells what it saw."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

import portalocker
import pytest

from app.packaging.desktop import build_desktop
from tests.browser import ROOT
from tests.commands.conftest import takeback

__all__ = ["takeback"]

NAME = "của Mỹ Anh"
"""A folder whose name has spaces, and letters that ASCII has not."""


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a client without a screen."""
    folder = tmp_path_factory.mktemp("client")
    program = folder / "flet"
    python = f'PYTHONPATH={quote(str(ROOT))} exec {quote(sys.executable)} -m tests.bundle.native "$@"'
    program.write_text(f"#!/bin/sh\n{python}\n", encoding="utf-8")
    program.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory, worker_id: str, client: Path) -> Iterator[Path]:
    """The bundle's folder; of all who test at one time, the first makes it and the last takes it away.

    It is not among what tests write: that may be in memory, where some systems let no program run.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    users, place = shared / "bundle-users", shared / "bundle-place"
    with portalocker.Lock(shared / "bundle.lock", timeout=600):
        users.mkdir(exist_ok=True)
        (users / worker_id).touch()
        if not place.exists():
            folder = tempfile.mkdtemp()
            build_desktop(Path(folder, NAME), client)
            place.write_text(folder)
    yield Path(place.read_text(), NAME)
    with portalocker.Lock(shared / "bundle.lock", timeout=600):
        (users / worker_id).unlink()
        if not any(users.iterdir()):
            shutil.rmtree(place.read_text())
            place.unlink()
