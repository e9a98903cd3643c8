"""The `takeback` command as a shell runs it, without the shell."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.clock import wall_clock
from app.commands import run
from app.settings import VARIABLES
from app.shop.demo import fill
from app.shop.store import open_shop


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, read as JSON."""
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line it said on stderr; fails where it is not one line."""
        (line,) = self.err.splitlines()
        return line


Takeback = Callable[..., Ran]


@pytest.fixture
def takeback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Takeback:
    """Runs `takeback` with these arguments over a data folder of the test's own."""
    monkeypatch.setenv("TAKEBACK_DATA", str(tmp_path / "data"))
    for name in VARIABLES.keys() - {"TAKEBACK_DATA"}:
        monkeypatch.delenv(name, raising=False)

    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr("sys.argv", ["takeback", *map(str, arguments)])
        status = run()
        told = capsys.readouterr()
        return Ran(status, told.out, told.err)

    return ran


@pytest.fixture(scope="package")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo store, to be copied."""
    store = tmp_path_factory.mktemp("demo") / "takeback.db"
    with closing(open_shop(f"sqlite:///{store}", wall_clock)) as shop:
        fill(shop, orders=60)
    return store


@pytest.fixture
def demo(takeback: Takeback, filled: Path, tmp_path: Path) -> Takeback:
    """The command over a demo store."""
    (tmp_path / "data").mkdir()
    shutil.copy(filled, tmp_path / "data")
    return takeback
