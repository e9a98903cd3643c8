"""Data of packages, without what the app never asks for: a page fetches and reads it at its first screen."""

import json
import pickle
from pathlib import Path

from app.packaging.named import icons

UNSAID = {
    "likely_subtags",  # of all languages: ours have files of their names
    "territory_languages",
    "windows_zone_mapping",
    "languages",
    "scripts",
    "variants",
    "interval_formats",
    "unit_display_names",
}
"""What Babel knows, of the world and in each language, that no screen tells."""


def leave_out(folder: Path) -> None:
    """Leave it out of the packages in `folder`."""
    for file in (folder / "babel").rglob("*.dat"):
        known = pickle.loads(file.read_bytes())  # noqa: S301  (what was installed)
        file.write_bytes(pickle.dumps({name: held for name, held in known.items() if name not in UNSAID}))
    file = folder / "flet" / "controls" / "material" / "icons.json"
    places = json.loads(file.read_bytes())
    file.write_text(json.dumps({name: places[name] for name in sorted(icons())}), encoding="utf-8")
