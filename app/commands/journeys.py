"""The journeys from a shell: orders come in, are listed and taken back."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.terminal import (
    REFUSED,
    As,
    AsJson,
    Key,
    commands,
    do,
    out,
    print_json,
    progress_bar,
    the_shop,
)
from app.complaint import complain
from app.shop.actions import cancel as cancelling
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.demo import fill
from app.shop.files.source import Choices
from app.shop.files.take_in import take_in
from app.shop.reads.cards import OrderSummary
from app.shop.reads.orders import all_orders, find_number
from app.shop.reads.people import buyer_of
from app.shop.reads.spreadsheet import iso
from app.shop.rules.orders import Status, Tab
from app.shop.rules.zones import is_zone
from app.ui.texts import money, t
from app.ui.texts.reports import finding_line, report_lines


@commands.command()
def web(port: Annotated[int, typer.Option(help="0 takes a free one.")] = 0) -> None:
    """Show the app in the browser: one person, no sign-in, this machine only."""
    from app.start import open_web  # noqa: PLC0415  (the screens take longer to import than all the rest)

    raise typer.Exit(open_web(port))


class Dates(StrEnum):
    """What comes first in a date."""

    DMY = "dmy"
    MDY = "mdy"


def _code(text: str) -> str:
    """The letters of a currency; raises BadParameter where they are none."""
    if not re.fullmatch("[A-Za-z]{3}", text):
        raise typer.BadParameter("a currency has three letters, such as IDR")
    return text.upper()


def _zone(text: str) -> str:
    """The name of a time zone; raises BadParameter where there is none of that name."""
    if not is_zone(text):
        raise typer.BadParameter("a time zone has a name such as Asia/Jakarta")
    return text


@commands.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Order files or folders.")],
    shop_handle: Annotated[str | None, typer.Option("--shop", metavar="HANDLE", help="Whose orders.")] = None,
    personal: Annotated[bool, typer.Option("--with-personal-data", help="Keep names and addresses.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    dates: Annotated[
        Dates | None, typer.Option(help="How dates are written where a file leaves it open.")
    ] = None,
    currency: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Its three letters where a file does not say.", parser=_code),
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option(metavar="ZONE", help="Of times without one, such as Asia/Jakarta.", parser=_zone),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read real order files; the same or a later file updates, never duplicates."""
    with the_shop() as shop, progress_bar("Reading", as_json) as progress:
        report = take_in(
            shop,
            files,
            shop_handle=shop_handle,
            personal=personal,
            dry_run=dry_run,
            choices=Choices(None if dates is None else dates is Dates.MDY, currency, zone),
            progress=progress,
        )
    if as_json:
        print_json(report.as_json())
    else:
        for line in report_lines(report, in_shell=True):
            out.print(line)
    if report.nothing_read:
        for found in report.problems:
            complain(finding_line(found, in_shell=True), REFUSED)
        raise typer.Exit(REFUSED)


@commands.command()
def demo(
    orders: Annotated[int, typer.Option(min=0, max=100_000_000)] = 200,
    buyers: Annotated[int | None, typer.Option(min=1)] = None,
    sellers: Annotated[int | None, typer.Option(min=1)] = None,
    seed: Annotated[int, typer.Option(help="The same seed makes the same orders.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Fill the store with believable orders of every state."""
    with the_shop() as shop, progress_bar("Filling", as_json) as progress:
        filled = fill(shop, orders=orders, buyers=buyers, sellers=sellers, seed=seed, progress=progress)
    print_json(filled.as_json()) if as_json else out.print(filled.line())


@commands.command("orders")
def orders_(
    buyer: Annotated[str | None, typer.Option(metavar="HANDLE")] = None,
    seller: Annotated[str | None, typer.Option("--shop", metavar="HANDLE")] = None,
    tab: Annotated[Tab | None, typer.Option()] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 20,
    after: Annotated[str | None, typer.Option(metavar="NUMBER", help="Go on after this order.")] = None,
    as_json: AsJson = False,
) -> None:
    """List orders, newest first."""
    with the_shop() as shop:
        before = find_number(shop, after) if after else None
        found = all_orders(shop, buyer=buyer, seller=seller, tab=tab, before=before, limit=limit)
    if as_json:
        print_json([as_fields(order) for order in found])
        return
    for order in found:
        out.print(_line(order))


def as_fields(order: OrderSummary) -> dict[str, Any]:
    """An order as `orders --json` prints it; other programs rely on these names."""
    cancel = {
        "by": order.cancelled_by,
        "reason": order.cancel_reason,
        "reason_text": order.cancel_text,
        "at": iso(order.cancelled_at),
    }
    return {
        "number": str(order.number),
        "outside_number": order.outside_number,
        "status": order.status,
        "tab": order.tab,
        "buyer": order.buyer,
        "shop": order.shop,
        "currency": order.currency,
        "total_minor": order.total_minor,
        "created_at": iso(order.created_at),
        "pay_by": iso(order.pay_by),
        "lines": [
            {"product": line.title, "variant": line.variant, "quantity": line.quantity, "status": line.status}
            for line in order.lines
        ],
        "cancel": cancel if order.status == Status.CANCELLED else None,
        "why_not_cancel": order.why_not_cancel,
    }


def _line(order: OrderSummary) -> str:
    title = order.lines[0].title if order.lines else t("command.no_lines")
    total = money(order.total_minor, order.currency)
    return f"{order.number}  {t(f'status.{order.status}'):<18}  {total:>14}  {order.buyer:<16}  {title}"


@commands.command()
def cancel(
    number: Annotated[str, typer.Argument(help="The order's number, here or on its platform.")],
    reason: Annotated[str, typer.Option(metavar="CODE")],
    text: Annotated[str, typer.Option()] = "",
    line: Annotated[list[int] | None, typer.Option(help="Only this line (1, 2, …); can be repeated.")] = None,
    as_: As = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Take an order back, or single lines of it."""
    with the_shop() as shop:
        given = (reason.upper(), text)
        if line:
            done = do(shop, number, buyer_of, as_, key, cancel_lines, line, *given)
        else:
            done = do(shop, number, buyer_of, as_, key, cancelling.cancel_order, *given)
    if as_json:
        print_json(done.answer)
        return
    if lines := done.answer.get("lines"):
        total = money(done.answer["total_minor"], done.answer["currency"])
        out.print(t("command.lines_cancelled", count=len(lines), total=total, **_facts(done.answer)))
        return
    code = "command.cancelled_outside" if done.answer["outside"] else "command.cancelled"
    out.print(t(code, **_facts(done.answer)))


def _facts(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": answer["number"],
        "outside": answer["outside"],
        "refund": money(answer["refund_minor"], answer["currency"]),
    }
