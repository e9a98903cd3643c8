"""The app on a phone: it writes into its own folders alone, begins no process, and Back leads back."""

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.phone.device import BOOT, install, started


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app is installed as on a phone."""
    folder = tmp_path_factory.mktemp("phone")
    install(folder)
    return folder


def state(folder: Path) -> str:
    """A sum over everything in `folder`."""
    found = hashlib.blake2b()
    for file in sorted(folder.rglob("*")):
        found.update(f"{file}{file.stat().st_mtime_ns}".encode())
    return found.hexdigest()


async def test_a_phone_opens_it_brings_in_examples_and_takes_one_back(phone: Path, tmp_path: Path) -> None:
    before = state(phone)
    kept: dict[str, Any] = {}
    async with started(phone, tmp_path, kept=kept) as device:
        await device.tap("start-examples")
        await device.shows("menu")
        await device.visit("/orders?tab=pending-payment")
        await device.until(lambda: [one for one in device.identifiers() if one.startswith("order-")])
        order = next(one for one in device.identifiers() if one.startswith("order-"))
        await device.tap(order)
        await device.tap("cancel-order")
        await device.tap("reason-bu_not_needed")
        await device.tap("submit")
        await device.shows("undo")
        await device.shows("notice")
        await device.back()
        await device.shows("tab-cancelled")
        await device.back()
        await device.shows("menu")
        assert len(device.views) == 1  # where Android itself takes Back, and leaves the app
    # What Flet's client leaves of takeback://orders/<number>.
    async with started(phone, tmp_path, order.replace("order-", "/"), kept) as device:
        await device.until(lambda: device.sees("Cancelled"))
        await device.back()
        await device.shows("tab-cancelled")
    assert state(phone) == before
    assert {one.name for one in tmp_path.iterdir()} == {"data", "cache", "temp"}
    assert (tmp_path / "data" / "takeback.db").is_file()
    assert list((tmp_path / "temp").iterdir()) == []


@pytest.mark.parametrize(
    "does",
    [
        "import subprocess; subprocess.run(['true'])",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "import os; os.fork()",
        "open(__file__ + '.new', 'w')",
        "import os; os.mkdir('/tmp/elsewhere')",
        "import sqlite3; sqlite3.connect(__file__ + '.db')",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import tempfile; tempfile.gettempdir()",
    ],
)
def test_what_is_not_allowed_on_a_phone_ends_the_app(tmp_path: Path, does: str) -> None:
    (tmp_path / "main.py").write_text(does)
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-B",
            str(BOOT),
            str(tmp_path),
            str(tmp_path),
            str(tmp_path / "storage"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "forbidden on a phone" in done.stderr
    assert {one.name for one in tmp_path.iterdir()} == {"main.py", "storage"}
