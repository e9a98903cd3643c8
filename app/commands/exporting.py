"""Orders into a file: whole, as lines of JSON, or as TikTok's Seller Centre has them."""

from pathlib import Path
from typing import Annotated

import typer

from app.commands.new_file import write_new
from app.commands.terminal import AsJson, at_time, commands, out, print_json, progress_bar, the_shop
from app.shop.export.orders import Asked, Exported, Form, export_orders
from app.ui.texts import t

_ENCODINGS = {Form.TIKTOK: "utf-8-sig", Form.JSON: "utf-8"}
"""A spreadsheet takes a file without the mark for one of its own system's letters."""


@commands.command()
def export(
    target: Annotated[Path, typer.Argument(metavar="OUT", help="A file that is not there yet.")],
    form: Annotated[
        Form, typer.Option("--format", help="TikTok's columns, or all there is, a line of JSON per order.")
    ] = Form.TIKTOK,
    shop_handle: Annotated[str | None, typer.Option("--shop", metavar="HANDLE", help="Of this shop.")] = None,
    since: Annotated[str | None, typer.Option(metavar="TIME", help="Placed from then on (ISO 8601).")] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Placed before then (ISO 8601).")] = None,
    personal: Annotated[
        bool, typer.Option("--with-personal-data", help="With names, addresses and messages.")
    ] = False,
    here_only: Annotated[
        bool,
        typer.Option(
            "--cancelled-here", help="Only TikTok's orders that were cancelled here: tell TikTok of them."
        ),
    ] = False,
    overwrite: Annotated[bool, typer.Option(help="Replace the file at OUT.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write orders to a file, all of one moment; never half-written."""
    asked = Asked(
        form,
        shop_handle.removeprefix("@") if shop_handle else None,
        at_time(since, "--since") if since else None,
        at_time(until, "--until") if until else None,
        personal,
        here_only,
    )
    exported = Exported(form)
    with the_shop() as shop, progress_bar("Writing", as_json) as progress:
        lines = export_orders(shop, asked, exported, progress)
        write_new(target, lines, encoding=_ENCODINGS[form], overwrite=overwrite)
    if as_json:
        print_json({"file": str(target)} | exported.as_json())
    else:
        out.print(t("command.exported", file=target, count=exported.orders))
