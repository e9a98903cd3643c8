"""How the Python on an Android phone reads requirements, and what of them is compiled for it."""

from importlib.metadata import distribution

from app.packaging.carried import BROWSER, needed

PHONE = BROWSER | {"sys_platform": "android", "platform_system": "Android", "platform_machine": "aarch64"}
"""The Python that Flet 1.0.5 puts into an APK, of the same version as for browsers."""
COMPILED = frozenset({"markupsafe", "msgpack", "pillow", "pydantic-core"})
"""What is compiled, and to be had for Android: Flet's mobile-forge has recipes for it (November 2026)."""
PURE_TOO = frozenset({"sqlalchemy"})
"""What is compiled here, and works without as well: its authors offer both."""


def not_for_phones() -> list[str]:
    """The packages that the app needs on a phone, and that have no form for Android."""
    return [name for name in sorted(needed(PHONE, COMPILED | PURE_TOO)) if not _pure(name)]


def _pure(name: str) -> bool:
    told = distribution(name).read_text("WHEEL") or ""
    return any(line.startswith("Tag:") and line.endswith("-none-any") for line in told.splitlines())
