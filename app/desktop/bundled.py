"""The program of the desktop bundle: the app in its window, shown by the client that came along."""

import os
import sys
from pathlib import Path

from app.garbage import search_later

CLIENT = "client"
"""The folder of the client, beside this file."""


def main() -> int:
    """Show the app in its window until it is closed; the exit status."""
    search_later()
    from app.start import open_window  # noqa: PLC0415  (the largest part of a start)

    client = Path(__file__).with_name(CLIENT)
    if client.is_dir():
        os.environ.setdefault("FLET_VIEW_PATH", str(client))
    _hand_on_nothing_of_ours()
    return open_window()


def _hand_on_nothing_of_ours() -> None:
    # Where the bundle's libraries are is for Python; the client was made for those of the system.
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    sys.exit(main())
