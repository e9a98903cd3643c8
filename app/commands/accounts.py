"""Accounts from a shell: letting somebody in, and inviting them to act for a shop."""

from typing import Annotated

import typer

from app.commands.terminal import AsJson, Platform, acting, commands, out, print_json, the_shop
from app.shop.actions.accounts import give_password, open_account
from app.shop.actions.invitations import invite_member
from app.shop.reads.orders import id_of
from app.shop.reads.people import person_by_handle
from app.ui import routes
from app.ui.texts import t


@commands.command()
def account(
    handle: Annotated[str, typer.Argument(help="Whose.")],
    new: Annotated[bool, typer.Option("--new", help="Somebody who is not in the store yet.")] = False,
    name: Annotated[str, typer.Option(help="What somebody new is called.")] = "",
    as_: Platform = None,
    as_json: AsJson = False,
) -> None:
    """Give somebody a password to sign in to the served app with; it works for one day."""
    handle = handle.removeprefix("@")
    with the_shop() as shop:
        who = acting(shop, as_)
        if new:
            given = open_account(shop, who, handle, name)
        else:
            given = give_password(shop, who, person_by_handle(shop, handle).id)
    if as_json:
        print_json({"handle": given.handle, "password": given.password})
        return
    out.print(t("command.account", handle=given.handle, password=given.password))


@commands.command()
def invite(
    shop_: Annotated[str, typer.Argument(metavar="SHOP", help="The handle of the shop.")],
    as_: Platform = None,
    as_json: AsJson = False,
) -> None:
    """Invite somebody to act for a shop: who opens the link in the served app does, once."""
    handle = shop_.removeprefix("@")
    with the_shop() as shop:
        with shop.look() as work:
            shop_id = id_of(work, "shop", handle)
        token = invite_member(shop, acting(shop, as_), shop_id)
    if as_json:
        print_json({"path": routes.join(token)})
        return
    out.print(t("command.invite", path=routes.join(token), shop=handle))
