"""What is built is made aside and put in its place as a whole: what fails in the middle leaves nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.shop.rules.errors import Refused


@contextmanager
def made_aside(out: Path) -> Iterator[Path]:
    """A path to make a folder at that is `out` in the end. Raises Refused unless that is new or empty."""
    if out.exists() and any(out.iterdir()):
        raise Refused("build_not_empty", {"folder": str(out)})
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent) as folder:
        made = Path(folder, "made")
        yield made
        if out.exists():
            out.rmdir()
        made.rename(out)
