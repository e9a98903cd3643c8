"""The `takeback` command as a shell runs it, without the shell."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.commands import run


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
    for name in ("TAKEBACK_DATABASE", "TAKEBACK_LANGUAGE", "TAKEBACK_POLICY", "TAKEBACK_SECRET"):
        monkeypatch.delenv(name, raising=False)

    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr("sys.argv", ["takeback", *map(str, arguments)])
        status = run()
        told = capsys.readouterr()
        return Ran(status, told.out, told.err)

    return ran
