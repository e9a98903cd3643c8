"""The APK for Android phones: Flet's builder makes it, of what is prepared in pyproject.toml and `assets`."""

import os
import subprocess
import sys
from pathlib import Path
from tomllib import loads

from app.packaging.aside import made_aside
from app.packaging.preflight import ready
from app.shop.rules.errors import Refused

ROOT = Path(__file__).parents[2]


def build_apk(out: Path, host: str | None = None, *, fetch: bool = False) -> None:
    """Make the APK in the folder `out`, which must be new or empty. Raises Refused.

    `host`: links to https://HOST/orders/NUMBER open the app, in place of takeback://orders/NUMBER; `fetch`:
    the builder fetches Flutter and the Android SDK where they are missing.
    """
    ready(ROOT, os.environ, fetch=fetch)
    with made_aside(out) as made:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "flet_cli.cli", *_said(made, host, fetch=fetch)], cwd=ROOT, check=False
        )
        if done.returncode or not any(made.glob("*.apk")):
            raise Refused("build_apk", {"status": done.returncode})


def _said(made: Path, host: str | None, *, fetch: bool) -> list[str]:
    said = ["build", "apk", str(ROOT), "--output", str(made), "--no-rich-output", "--skip-flutter-doctor"]
    said += ["--build-number", str(build_number(ROOT))]
    if host:
        said += ["--deep-linking-scheme", "https", "--deep-linking-host", host]
    return [*said, "--yes"] if fetch else said


def build_number(root: Path) -> int:
    """The number by which Android tells a newer version: two digits for each part of ours."""
    version = loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    number = 0
    for part in version.split("."):
        number = number * 100 + int(part)
    return number
