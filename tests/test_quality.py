"""The linter and the type checker have nothing to say."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def complaints(*command: str) -> str:
    """What a tool prints about the code, nothing where it is content."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_linter_finds_nothing() -> None:
    said = complaints("ruff", "check", "--quiet")
    assert not said, said


def test_every_type_holds() -> None:
    said = complaints("mypy", "--strict", "--package", "app", "--package", "tests")
    assert not said, said
