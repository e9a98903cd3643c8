"""Tokens of programs: made, listed and ended for a person."""

from typing import Annotated

import typer

from app.commands.terminal import AsJson, commands, out, print_json, the_shop
from app.shop.actions.api_tokens import make_token, revoke_token
from app.shop.reads.api_tokens import tokens_of
from app.shop.reads.people import person_by_handle
from app.shop.reads.spreadsheet import iso
from app.shop.rules.accounts import TOKEN_DAYS, Scope
from app.ui.texts import t

Whose = Annotated[str, typer.Argument(help="Whose.")]


@commands.command()
def token(
    handle: Whose,
    scope: Annotated[list[Scope], typer.Option(help="What it may be used for; may be given more than once.")],
    name: Annotated[str, typer.Option(help="What it is called.")] = "",
    days: Annotated[int, typer.Option(help="How long it lasts.")] = TOKEN_DAYS,
    as_json: AsJson = False,
) -> None:
    """Make a token with which a program acts as a person over HTTP; it is told once."""
    with the_shop() as shop:
        made = make_token(shop, person_by_handle(shop, handle.removeprefix("@")), name, scope, days=days)
    if as_json:
        print_json({"id": str(made.id), "token": made.token})
    else:
        out.print(t("command.token", token=made.token))


@commands.command()
def tokens(
    handle: Whose,
    end: Annotated[int | None, typer.Option(metavar="ID", help="End the one with this id.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the tokens of a person's programs, or end one."""
    with the_shop() as shop:
        person = person_by_handle(shop, handle.removeprefix("@"))
        if end is not None:
            revoke_token(shop, person, end)
        found = () if end is not None and not as_json else tokens_of(shop, person)
    if as_json:
        print_json(
            [
                {
                    "id": str(one.id),
                    "name": one.name,
                    "scopes": one.scopes,
                    "made_at": iso(one.made_at),
                    "seen_at": iso(one.seen_at),
                    "ends_at": iso(one.ends_at),
                }
                for one in found
            ]
        )
        return
    if end is not None:
        out.print(t("command.token_ended", number=end))
    elif not found:
        out.print(t("command.no_tokens", handle=handle))
    for one in found:
        told = {"scopes": " ".join(one.scopes), "until": iso(one.ends_at)}
        out.print(t("command.token_row", number=str(one.id), name=one.name, **told))
