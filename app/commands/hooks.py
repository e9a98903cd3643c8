"""Webhooks from a shell: the addresses that are told what happens, and the systems that tell of orders."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from app.commands.terminal import AsJson, Platform, acting, commands, out, print_json, the_shop
from app.settings import Settings
from app.shop.hooks.addresses import (
    HookSummary,
    add_hook,
    failed_deliveries,
    hooks_of,
    remove_hook,
    resend_failed,
)
from app.shop.hooks.sources import add_source, remove_source, sources_of
from app.shop.hooks.standing import Added
from app.shop.reads.spreadsheet import iso
from app.ui.texts import t

hooks = typer.Typer(help="Addresses that are told what happens: listed, unless told otherwise.")
sources = typer.Typer(help="Systems that tell of orders and payments: listed, unless told otherwise.")
commands.add_typer(hooks, name="hooks")
commands.add_typer(sources, name="sources")

OfShop = Annotated[str | None, typer.Option("--shop", metavar="HANDLE", help="Of this shop; else all.")]
OneShop = Annotated[str, typer.Option("--shop", metavar="HANDLE", help="Of this shop.")]
Hook = Annotated[int, typer.Argument(help="The number of an address.")]
TIMES = ("added_at", "failing_since", "off_at", "at", "failed_at")
IDS = ("id", "hook", "number")


@hooks.callback(invoke_without_command=True)
def hooks_(
    context: typer.Context, shop_handle: OfShop = None, as_: Platform = None, as_json: AsJson = False
) -> None:
    """List the addresses where nothing else is asked."""
    if context.invoked_subcommand is not None:
        return
    with the_shop() as shop:
        found = hooks_of(shop, acting(shop, as_), shop_handle)
    if as_json:
        print_json([_fields(one) for one in found])
        return
    for one in found:
        shop_name = f"@{one.shop}" if one.shop else t("command.hook_all")
        out.print(f"{one.id}  {shop_name}  {one.url}  {_state(one)}  {one.waiting}  {one.failed}")


@hooks.command()
def add(
    url: Annotated[str, typer.Argument(help="Where each event is posted.")],
    shop_handle: OfShop = None,
    as_: Platform = None,
    as_json: AsJson = False,
) -> None:
    """Have an address told what happens from now on; its secret is shown once."""
    private = Settings.from_env().private_hooks
    with the_shop() as shop:
        added = add_hook(shop, acting(shop, as_), shop_handle, url, private=private)
    _told(added, as_json, t("command.hook_added", id=str(added.id), secret=added.secret))


@hooks.command()
def remove(hook: Hook, as_: Platform = None, as_json: AsJson = False) -> None:
    """Tell an address nothing more."""
    with the_shop() as shop:
        done = remove_hook(shop, acting(shop, as_), hook)
    print_json(done.answer) if as_json else out.print(t("command.hook_removed", id=str(hook)))


@hooks.command()
def failed(shop_handle: OfShop = None, as_: Platform = None, as_json: AsJson = False) -> None:
    """List what could not be told, and why."""
    with the_shop() as shop:
        found = failed_deliveries(shop, acting(shop, as_), shop_handle)
    if as_json:
        print_json([_fields(one) for one in found])
        return
    for one in found:
        out.print(f"{one.hook}  {iso(one.at)}  {one.number}  {one.action}  {one.attempts}  {one.trouble}")


@hooks.command()
def resend(hook: Hook, as_: Platform = None, as_json: AsJson = False) -> None:
    """Send an address again what it could not be told; one that was off is on again."""
    with the_shop() as shop:
        done = resend_failed(shop, acting(shop, as_), hook)
    print_json(done.answer) if as_json else out.print(t("command.hook_again", count=done.answer["again"]))


@sources.callback(invoke_without_command=True)
def sources_(
    context: typer.Context, shop_handle: OfShop = None, as_: Platform = None, as_json: AsJson = False
) -> None:
    """List the systems where nothing else is asked."""
    if context.invoked_subcommand is not None:
        return
    with the_shop() as shop:
        found = sources_of(shop, acting(shop, as_), shop_handle)
    if as_json:
        print_json([_fields(one) for one in found])
        return
    for one in found:
        out.print(f"{one.id}  @{one.shop}  {_path(one.id)}  {one.unbooked}")


@sources.command("add")
def add_one(
    shop_handle: OneShop,
    personal: Annotated[
        bool, typer.Option("--with-personal-data", help="Keep names, phones and addresses.")
    ] = False,
    as_: Platform = None,
    as_json: AsJson = False,
) -> None:
    """Let a system tell of a shop's orders and payments; its secret is shown once."""
    with the_shop() as shop:
        added = add_source(shop, acting(shop, as_), shop_handle, personal=personal)
    _told(added, as_json, t("command.source_added", path=_path(added.id), secret=added.secret))


@sources.command("remove")
def remove_one(
    source: Annotated[int, typer.Argument(help="The number of a system.")],
    as_: Platform = None,
    as_json: AsJson = False,
) -> None:
    """Hear a system no longer."""
    with the_shop() as shop:
        done = remove_source(shop, acting(shop, as_), source)
    print_json(done.answer) if as_json else out.print(t("command.source_removed", id=str(source)))


def _told(added: Added, as_json: bool, said: str) -> None:
    print_json({"id": str(added.id), "secret": added.secret}) if as_json else out.print(said)


def _path(source: int) -> str:
    return f"/hooks/in/{source}"


def _state(one: HookSummary) -> str:
    if one.off_at:
        return t("command.hook_off", at=iso(one.off_at))
    return (
        t("command.hook_failing", at=iso(one.failing_since)) if one.failing_since else t("command.hook_well")
    )


def _fields(one: Any) -> dict[str, Any]:
    """As JSON shows it: ids as text, times as ISO 8601 in UTC."""
    told = asdict(one)
    times = {name: iso(told[name]) for name in TIMES if told.get(name) is not None}
    return told | times | {name: str(told[name]) for name in IDS if name in told}
