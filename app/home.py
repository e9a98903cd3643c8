"""Where the app lies, with what comes along."""

from pathlib import Path

_HERE = Path(__file__).parent
ASSETS = _HERE / "assets" if (_HERE / "assets").is_dir() else _HERE.parent / "assets"
"""Pictures and fonts: beside the package in a checkout, within it where it was installed."""
