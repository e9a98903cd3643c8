"""What every command shares: the store, options, and how it speaks."""

import json
import secrets
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
from app.shop.reads.orders import find_number
from app.shop.reads.people import person_by_handle
from app.shop.shop import SYSTEM, Actor, Clock, Done, Shop
from app.shop.store import open_shop
from app.ui.texts import t

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

Platform = Annotated[
    str | None, typer.Option("--as", metavar="HANDLE", help="Who asks; the platform itself unless given.")
]


def acting(shop: Shop, handle: str | None, otherwise: Callable[..., Actor] | None = None, *of: int) -> Actor:
    """Who this handle is; without one, who `otherwise` says.

    Where that says nobody it is the platform itself: whoever runs the command has its store.
    """
    if handle is not None:
        return person_by_handle(shop, handle.removeprefix("@"))
    return otherwise(shop, *of) if otherwise else SYSTEM


def do(
    shop: Shop,
    number: str,
    who: Callable[[Shop, int], Actor],
    as_: str | None,
    key: str | None,
    action: Callable[..., Done],
    *given: Any,
) -> Done:
    """Do `action` to order `number` with what is `given`; with the same `key` once.

    It is done as the person with the handle `as_`, else as `who` finds.
    """
    found = find_number(shop, number)
    actor = acting(shop, as_, who, found)
    return action(shop, actor, found, *given, key=key_of(key))


def key_of(key: str | None) -> str:
    """The idempotency key that was given, else one nobody has used."""
    return key or secrets.token_urlsafe(12)


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


def at_time(text: str, option: str) -> int:
    """Milliseconds UTC of an ISO 8601 time given as `option`; without a zone it is in UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(t("command.not_a_time", value=text), param_hint=option) from error
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)


@contextmanager
def progress_bar(what: str, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, where that is a terminal, that is told (done, total)."""
    told = Console(stderr=True)
    with Progress(console=told, transient=True, disable=quiet or not told.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)
