"""What is written about an order, from a shell."""

import secrets
from typing import Annotated, Any

import typer

from app.commands.requests import Number
from app.commands.terminal import As, AsJson, Key, acting, commands, out, print_json, the_shop
from app.shop.actions.talk import send_message
from app.shop.reads.orders import find_number
from app.shop.reads.people import buyer_of
from app.shop.reads.spreadsheet import iso
from app.shop.reads.talk import Entry, MessageRow, conversation
from app.ui.texts import has, reason_text, t

_UNDER = "\n" + 26 * " "


@commands.command()
def messages(
    number: Number,
    say: Annotated[str | None, typer.Option(metavar="TEXT", help="Write this first.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 30,
    as_: As = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Show what was written about an order and what happened to it, the newest last."""
    with the_shop() as shop:
        found = find_number(shop, number)
        actor = acting(shop, as_, buyer_of, found)
        if say is not None:
            send_message(shop, actor, found, say, key=key or secrets.token_urlsafe(12))
        thread = conversation(shop, actor, found, limit=limit)
    if as_json:
        print_json([_fields(entry) for entry in thread.entries])
        return
    for entry in thread.entries:
        out.print(f"{iso(entry.at)}  {_words(entry)}")


def _words(entry: Entry) -> str:
    if isinstance(entry, MessageRow):
        photos = "".join(f"{_UNDER}{one.id}.jpg" for one in entry.photos)
        return f"@{entry.sender}: {entry.text}".replace("\n", _UNDER) + photos
    what = f"event.{entry.action}"
    why = reason_text(entry.reason) if entry.reason else ""
    return f"{t(f'role.{entry.role}')}  {t(what) if has(what) else entry.action}  {why}".rstrip()


def _fields(entry: Entry) -> dict[str, Any]:
    told: dict[str, Any] = {"at": iso(entry.at), "n": entry.n, "role": entry.role}
    if isinstance(entry, MessageRow):
        photos = [one.id for one in entry.photos]
        return told | {"message": entry.text, "sender": entry.sender, "photos": photos}
    return told | {"event": entry.action, "reason": entry.reason, "note": entry.note}
