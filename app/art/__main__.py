"""Draw pictures and icons, and cut fonts, into the assets or another folder: `python -m app.art [FOLDER]`."""

import sys
from pathlib import Path

from app.art.gallery import pictures
from app.art.icons import icons
from app.art.symbols import symbols
from app.server.client import SYMBOLS

ASSETS = Path(__file__).parents[2] / "assets"


def draw(folder: Path) -> None:
    """Write them below `folder`; letters need packages and have a command of their own."""
    for address, drawn in pictures():
        file = folder / address
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(drawn, encoding="utf-8", newline="\n")
    for name, content in icons():
        (folder / name).write_bytes(content)
    (folder / SYMBOLS).parent.mkdir(parents=True, exist_ok=True)
    (folder / SYMBOLS).write_bytes(symbols())


if __name__ == "__main__":
    draw(Path(*sys.argv[1:2]) if sys.argv[1:] else ASSETS)
