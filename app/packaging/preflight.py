"""What has to be there before Flet's builder begins: it is all looked at, and told in one line."""

import os
import shutil
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tomllib import loads
from typing import Any

from flet.version import flutter_version

from app.packaging.phone import not_for_phones
from app.shop.rules.errors import Refused

PLATFORMS = ("android", "ios", "linux", "macos", "web", "windows")
READ_BY_THE_TEMPLATE = ("android.manifest_application",)
"""What the builder's own code does not name."""
KEY = "FLET_ANDROID_SIGNING_KEY_STORE"
PASSWORDS = ("FLET_ANDROID_SIGNING_KEY_STORE_PASSWORD", "FLET_ANDROID_SIGNING_KEY_PASSWORD")
PICTURES = ("icon_android.png", "splash_android.png", "splash_dark_android.png")


def ready(root: Path, environment: Mapping[str, str], *, fetch: bool = False) -> None:
    """Raise Refused with whatever is missing to build an APK of the checkout in `root`.

    `fetch`: what the builder fetches by itself may be missing.
    """
    if not (root / "pyproject.toml").is_file() or not (root / "main.py").is_file():
        raise Refused("build_source", {"folder": str(root)})
    if find_spec("flet_cli") is None:
        raise Refused("build_missing", {"package": "flet-cli"})
    wrong = [*_unprepared(root), *_unsigned(environment)]
    if wrong:
        raise Refused("build_preflight", {"what": ", ".join(wrong)})
    if not fetch and (missing := list(_tools(environment))):
        raise Refused("build_tools", {"what": ", ".join(missing)})


def _unprepared(root: Path) -> Iterator[str]:
    told = loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["flet"]
    yield from (f"[tool.flet] {key}" for key in unknown(told))
    yield from (f"{name} (Android)" for name in not_for_phones())
    yield from (f"assets/{name}" for name in PICTURES if not (root / "assets" / name).is_file())
    if not any((root / "app" / "languages").rglob("*.mo")):
        yield "app/languages/*.mo"


def _unsigned(environment: Mapping[str, str]) -> Iterator[str]:
    if store := environment.get(KEY):
        if not Path(store).is_file():
            yield f"{KEY}={store}"
        if not any(environment.get(name) for name in PASSWORDS):
            yield PASSWORDS[0]


def _tools(environment: Mapping[str, str]) -> Iterator[str]:
    """What of the tools is not on this machine, looked for where the builder does."""
    path = environment.get("PATH", os.defpath)
    if not all(shutil.which(name, path=path) for name in ("flutter", "dart")):
        yield f"Flutter SDK {flutter_version}"
    named = [environment[name] for name in ("ANDROID_HOME", "ANDROID_SDK_ROOT") if environment.get(name)]
    if not any(one.is_dir() for one in (*map(Path, named), Path.home() / "Android" / "sdk")):
        yield "Android SDK"


def unknown(told: Mapping[str, Any]) -> list[str]:
    """The keys below [tool.flet] that Flet's builder does not read: it passes over them in silence."""
    builder = files("flet_cli.commands")
    source = "".join((builder / name).read_text(encoding="utf-8") for name in ("build.py", "build_base.py"))
    return [".".join(key) for key in _keys(told) if not _known(key, source)]


def _keys(told: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, value in told.items():
        if isinstance(value, Mapping):
            yield from _keys(value, (*above, name))
        else:
            yield (*above, name)


def _known(key: tuple[str, ...], source: str) -> bool:
    """Whether the builder names it, or a table that it is in."""
    for end in range(len(key), 0, -1):
        named = ".".join(key[:end])
        within = ".".join(key[1:end]) if key[0] in (*PLATFORMS, "splash") else named
        if named in READ_BY_THE_TEMPLATE or f'"tool.flet.{named}"' in source:
            return True
        if within and f'"{within}"' in source:
            return True
    return False
