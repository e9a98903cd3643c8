"""Before an APK is built it is told in one line what is missing, and nothing is begun."""

import shutil
import subprocess
import sys
from pathlib import Path
from tomllib import loads

import pytest

from app.packaging import preflight
from app.packaging.android import build_apk, build_number
from app.packaging.phone import not_for_phones
from app.packaging.preflight import ready, unknown
from app.shop.rules.errors import Refused
from tests.browser import ROOT, TAKEBACK

TOLD = loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["flet"]


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with Flutter and the Android SDK."""
    for name in ("flutter", "dart"):
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / name).write_text("#!/bin/sh\n")
        (tmp_path / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("ANDROID_HOME", str(tmp_path))


def refused(**environment: str) -> tuple[str, str]:
    """The code, and what is missing where these variables are all there is."""
    with pytest.raises(Refused) as error:
        ready(ROOT, environment)
    return error.value.code, str(error.value.facts["what"])


def test_whatever_the_app_needs_has_a_form_for_android() -> None:
    assert not_for_phones() == []


def test_every_key_is_one_that_the_builder_reads() -> None:
    assert unknown(TOLD) == []


def test_a_key_that_the_builder_does_not_read_is_told(tmp_path: Path) -> None:
    assert unknown({"android": {"permisions": {"x": True}}, "splash": {"colour": "#fff"}, "orgs": "app"}) == [
        "android.permisions.x",
        "splash.colour",
        "orgs",
    ]


def test_a_phone_is_asked_for_no_permission() -> None:
    assert not any(TOLD["android"]["permission"].values())
    assert "permissions" not in TOLD


def test_a_machine_without_flutter_is_told_so_in_one_line(tmp_path: Path) -> None:
    home = {
        "PATH": str(tmp_path),
        "HOME": str(tmp_path),
        "TAKEBACK_DATA": str(tmp_path),
        "TAKEBACK_LANGUAGE": "en",
    }
    done = subprocess.run(
        [*TAKEBACK, "build", "apk", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        env=home,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "this machine lacks Flutter SDK" in done.stderr
    assert "Android SDK" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("tools")
def test_a_key_to_sign_with_that_is_not_there_is_told(tmp_path: Path) -> None:
    code, what = refused(FLET_ANDROID_SIGNING_KEY_STORE=str(tmp_path / "none.jks"))
    assert code == "build_preflight"
    assert "none.jks" in what
    assert "FLET_ANDROID_SIGNING_KEY_STORE_PASSWORD" in what


def test_an_installed_app_says_that_it_takes_the_source(tmp_path: Path) -> None:
    with pytest.raises(Refused) as error:
        ready(tmp_path, {})
    assert error.value.code == "build_source"


@pytest.mark.usefixtures("tools")
def test_the_builder_gets_everything_and_what_it_made_is_the_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def built(command: list[str], **_said: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        made = Path(command[command.index("--output") + 1])
        made.mkdir()
        (made / "takeback.apk").write_bytes(b"apk")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", built)
    build_apk(tmp_path / "out", "shop.example")
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["takeback.apk"]
    assert asked[0][:6] == [sys.executable, "-m", "flet_cli.cli", "build", "apk", str(ROOT)]
    assert asked[0][-4:] == ["--deep-linking-scheme", "https", "--deep-linking-host", "shop.example"]


@pytest.mark.usefixtures("tools")
def test_a_builder_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed: subprocess.CompletedProcess[str] = subprocess.CompletedProcess(["flet"], 7)
    monkeypatch.setattr(subprocess, "run", lambda *_said, **_more: failed)
    with pytest.raises(Refused) as error:
        build_apk(tmp_path / "out")
    assert (error.value.code, error.value.facts) == ("build_apk", {"status": 7})
    assert not (tmp_path / "out").exists()


def test_a_newer_version_has_a_higher_number(tmp_path: Path) -> None:
    numbers = []
    for version in ("0.1.0", "0.1.1", "0.2.0", "1.0.0"):
        (tmp_path / "pyproject.toml").write_text(f'[project]\nversion = "{version}"\n')
        numbers.append(build_number(tmp_path))
    assert numbers == [100, 101, 200, 10_000]


def test_a_picture_that_the_builder_would_miss_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyproject.toml", "main.py"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    monkeypatch.setattr(preflight, "not_for_phones", list)
    with pytest.raises(Refused) as error:
        ready(tmp_path, {})
    assert "assets/icon_android.png" in str(error.value.facts["what"])
    assert "app/languages/*.mo" in str(error.value.facts["what"])
