"""Named: what of Flet the app's code names, found without running it."""

import re
from pathlib import Path

APP = Path(__file__).parent.parent
CONTROL = re.compile(r"\bft\.([A-Z]\w+)")
ICON = re.compile(r"\bft\.Icons\.([A-Z]\w+)")


def controls(app: Path) -> set[str]:
    """What the code in the folder `app` draws with."""
    return _named(CONTROL, app)


def icons() -> set[str]:
    """The icons that are drawn."""
    return _named(ICON, APP)


def _named(kind: re.Pattern[str], app: Path) -> set[str]:
    return {name for file in app.rglob("*.py") for name in kind.findall(file.read_text(encoding="utf-8"))}
