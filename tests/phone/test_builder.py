"""Flet's builder, as far as it goes without Flutter: it reads what is prepared as it is meant."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from flet_cli.cli import parse_command_line  # type: ignore[import-untyped]
from flet_cli.commands.flutter_base import BaseFlutterCommand  # type: ignore[import-untyped]
from flet_platform_assets import (  # type: ignore[import-untyped]
    IconOptions,
    SplashOptions,
    load_source,
    render_icons,
    render_splash,
)

from app.home import ASSETS
from tests.browser import ROOT

PYTHON = {"full_version": "3.14.2", "pyodide_version": "314.0.7", "android_abis": ["arm64-v8a", "x86_64"]}
"""What the builder would otherwise ask the internet."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What of a checkout the builder reads first."""
    for name in ("pyproject.toml", "main.py"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    told = {"default_python_version": "3.14", "pythons": {"3.14": PYTHON}}
    (tmp_path / "pythons.json").write_text(json.dumps(told))
    monkeypatch.setenv("FLET_PYTHON_BUILD_MANIFEST", str(tmp_path / "pythons.json"))
    monkeypatch.setattr(BaseFlutterCommand, "initialize_command", lambda _self: None)
    return tmp_path


def read(project: Path, *said: str) -> dict[str, Any]:
    """What the builder makes of the configuration."""
    given = parse_command_line(["build", "apk", str(project), *said])
    builder = given.handler.__self__
    builder.options, builder.verbose, builder.target_platform = given, 0, "apk"
    builder.update_status = lambda *_said: None
    builder.initialize_command()
    builder.validate_entry_point()
    builder.setup_template_data()
    return dict(builder.template_data)


def test_it_reads_who_the_app_is_and_asks_a_phone_for_nothing(project: Path) -> None:
    told = read(project)
    options = told["options"]
    assert (told["bundle_id"], told["product_name"]) == ("app.takeback", "Takeback")
    assert not any(options["android_permissions"].values())
    assert options["deep_linking"] == {"scheme": "takeback", "host": "orders"}
    assert options["target_arch"] == PYTHON["android_abis"]
    assert not options["android_signing"]


def test_it_takes_the_links_of_a_host_and_a_key_to_sign_with(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLET_ANDROID_SIGNING_KEY_STORE", "upload.jks")
    said = ("--deep-linking-scheme", "https", "--deep-linking-host", "shop.example")
    options = read(project, *said)["options"]
    assert options["deep_linking"] == {"scheme": "https", "host": "shop.example"}
    assert options["android_signing"]


@pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO")  # the builder leaves the .ico open
@pytest.mark.parametrize(
    ("platform", "name"),
    [
        ("android", "icon_android.png"),
        ("macos", "icon_macos.png"),
        ("windows", "icon_windows.ico"),
        ("linux", "icon.png"),
    ],
)
def test_it_finds_nothing_wrong_with_an_icon(platform: str, name: str) -> None:
    source, finished = load_source(ASSETS / name)
    made = render_icons(
        source,
        IconOptions(),
        platform=platform,
        pre_rendered=finished,
        derived=name == "icon.png",
    )
    assert made.assets or made.ico
    assert made.warnings == []


def test_it_finds_nothing_wrong_with_the_splash_in_light_and_dark() -> None:
    light, dark = (
        load_source(ASSETS / name)[0] for name in ("splash_android.png", "splash_dark_android.png")
    )
    made = render_splash(light, dark, SplashOptions(), platform="android")
    assert any("night" in one.relative_path for one in made.assets)
    assert made.warnings == []
