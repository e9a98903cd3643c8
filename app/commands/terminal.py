"""What every command shares: the store, options, and how it speaks."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from app.clock import wall_clock
from app.settings import VARIABLES, Settings
from app.shop.shop import Clock, Shop
from app.shop.store import open_shop

REFUSED, WRONG_USAGE, INTERRUPTED = 1, 2, 130

commands = typer.Typer(
    name="takeback",
    help="Orders and cancellations of a social shop. Without a command the app opens.",
    epilog="\n\n".join(f"{name}: {what}" for name, what in VARIABLES.items()),
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)
out = Console(soft_wrap=True, highlight=False, markup=False)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Key = Annotated[str | None, typer.Option(help="Idempotency key: with the same key it is done once.")]
As = Annotated[
    str | None, typer.Option("--as", help="Handle of who does it; the order's buyer unless given.")
]


@contextmanager
def the_shop(now: Clock = wall_clock) -> Iterator[Shop]:
    """The shop the environment names, closed afterwards; raises ShopError where it cannot be opened."""
    settings = Settings.from_env()
    shop = open_shop(settings.database, now, settings.policy, photos=settings.photos, script=settings.gateway)
    try:
        yield shop
    finally:
        shop.close()


def print_json(what: Any) -> None:
    """Print JSON: on one line for programs, indented for people."""
    print(json.dumps(what, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))


def iso(at: int | None) -> str | None:
    """Milliseconds UTC as ISO 8601."""
    return None if at is None else datetime.fromtimestamp(at / 1000, UTC).isoformat().replace("+00:00", "Z")


@contextmanager
def progress_bar(what: str, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr that is told (done, total)."""
    with Progress(console=Console(stderr=True), transient=True, disable=quiet) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)
