"""The `takeback` command: opens the app at once, and everything else through the commands."""

import sys

from app.garbage import search_later, search_less


def main() -> None:
    """Run what the command line says; exit 0 done, 1 refused or failed, 2 wrong usage."""
    if len(sys.argv) == 1:
        # The way to the first picture is kept short: the other commands bring Typer and Rich with them.
        search_later()
        from app.start import open_app  # noqa: PLC0415

        sys.exit(open_app())
    search_less()
    from app.commands import run  # noqa: PLC0415

    sys.exit(run())
