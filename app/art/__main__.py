"""Draw every picture and icon into the assets, or another folder: `python -m app.art [FOLDER]`."""

import sys
from pathlib import Path

from app.art.gallery import pictures
from app.art.icons import icons

ASSETS = Path(__file__).parents[2] / "assets"


def draw(folder: Path) -> None:
    """Write every picture and icon below `folder`."""
    for address, drawn in pictures():
        file = folder / address
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(drawn, encoding="utf-8", newline="\n")
    for name, content in icons():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    draw(Path(*sys.argv[1:2]) if sys.argv[1:] else ASSETS)
