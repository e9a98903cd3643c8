"""A shop from a shell: its parcels are packed, and its numbers read."""

from typing import Annotated

import typer

from app.commands.requests import AsSeller, AsStaff, Number
from app.commands.terminal import AsJson, Key, acting, commands, do, out, print_json, the_shop
from app.shop.actions.ship import arrange_shipment
from app.shop.reads.insights import ALL, SHOWN
from app.shop.reads.insights import insights as counted
from app.shop.reads.insights_file import Plot, table
from app.shop.reads.people import an_operator, member_for
from app.shop.rules.tallies import RANGES
from app.ui.texts import t


@commands.command()
def ship(
    number: Number,
    tracking: Annotated[str, typer.Option(help="What its carrier calls the parcel.")] = "",
    as_: AsSeller = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Arrange the shipment of a paid order: the parcel is packed; an open request ends as declined."""
    with the_shop() as shop:
        done = do(shop, number, member_for, as_, key, arrange_shipment, tracking)
    if as_json:
        print_json(done.answer)
        return
    state = t(f"status.{done.answer['status']}")
    out.print(t("command.requested", number=done.answer["number"], state=state))


@commands.command()
def insights(
    shop_handle: Annotated[str, typer.Option("--shop", metavar="HANDLE", help="Of this shop.")],
    days: Annotated[int, typer.Option(min=1, max=RANGES[-1], help="Today and so many before it.")] = RANGES[
        0
    ],
    as_: AsStaff = None,
    as_json: AsJson = False,
) -> None:
    """Count what was cancelled in a shop, when, why and of what, and how its requests were answered."""
    with the_shop() as shop:
        most = ALL if as_json else SHOWN
        actor = acting(shop, as_, an_operator)
        found = counted(shop, actor, shop_handle.removeprefix("@"), days, most=most)
    tables = {plot: table(found, plot) for plot in Plot}
    if as_json:
        told = {
            plot.value: [dict(zip(names, row, strict=True)) for row in rows]
            for plot, (names, rows) in tables.items()
        }
        print_json({"shop": found.shop, "days": days} | told)
        return
    for plot, (names, rows) in tables.items():
        out.print(t(f"insights.{plot}"))
        out.print("  " + "  ".join(names))
        for row in rows:
            if any(row[1:]):
                out.print("  " + "  ".join("" if cell is None else str(cell) for cell in row))
