"""The platform from a shell: why orders are cancelled, and everything that happened to them."""

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from app.commands.new_file import write_new
from app.commands.terminal import AsJson, Platform, acting, at_time, commands, out, print_json, the_shop
from app.shop.reads import audit as trail
from app.shop.reads import reasons as counted
from app.shop.reads.orders import find_number
from app.shop.reads.spreadsheet import csv_lines, iso, json_lines
from app.ui.texts import has, number, reason_text, t

report = typer.Typer(help="Reports over the whole platform.", no_args_is_help=True)
commands.add_typer(report, name="report")


@report.command("reasons")
def reasons_(
    days: Annotated[int, typer.Option(min=1, max=counted.MOST_DAYS)] = counted.SPANS[0],
    as_: Platform = None,
    as_json: AsJson = False,
) -> None:
    """Count why the orders of the last days were cancelled, by whom, and whose fault that is."""
    with the_shop() as shop:
        found = counted.reasons_report(shop, acting(shop, as_), days)
    if as_json:
        rows = [dict(zip(counted.HEADER, counted.values_of(row), strict=True)) for row in found.rows]
        totals = {"days": found.days, "placed": found.placed, "cancelled": found.cancelled}
        print_json(totals | {"reasons": rows})
        return
    out.print(t("command.reasons", cancelled=number(found.cancelled), placed=number(found.placed), days=days))
    for row in found.rows:
        label = reason_text(row.reason) if row.reason else t("reason_unknown")
        by = t(f"role.{row.by}") if row.by else t("by_unknown")
        out.print(f"{number(row.orders):>9}  {label} · {by} · {t(f'fault.{row.fault}')}")


@commands.command()
def audit(
    order: Annotated[str | None, typer.Option(metavar="NUMBER", help="Of this order.")] = None,
    person: Annotated[str | None, typer.Option(metavar="HANDLE", help="Who did it, or whose order.")] = None,
    action: Annotated[str | None, typer.Option(help="What was done, as the trail calls it.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="CODE")] = None,
    since: Annotated[str | None, typer.Option(metavar="TIME", help="From then on (ISO 8601).")] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Before then (ISO 8601).")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    target: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Into a new file: CSV, or JSON lines.")
    ] = None,
    as_: Platform = None,
    as_json: AsJson = False,
) -> None:
    """Tell everything that happened to orders, newest first; --json is one object per line."""
    with the_shop() as shop:
        asked = trail.Asked(
            number=find_number(shop, order) if order else None,
            person=person.removeprefix("@") if person else None,
            action=action.lower() if action else None,
            reason=reason.upper() if reason else None,
            since=at_time(since, "--since") if since else None,
            until=at_time(until, "--until") if until else None,
        )
        entries = islice(trail.audit_entries(shop, acting(shop, as_), asked), limit)
        if target is not None:
            lines = json_lines if as_json else csv_lines
            written = write_new(target, lines(trail.HEADER, map(trail.as_text, entries)))
            out.print(t("command.written", file=target, count=written - (not as_json)))
        elif as_json:
            for line in json_lines(trail.HEADER, map(trail.as_text, entries)):
                print(line, end="")
        else:
            for entry in entries:
                out.print(_line(entry))


def _line(entry: trail.AuditEntry) -> str:
    what = t(f"event.{entry.action}") if has(f"event.{entry.action}") else entry.action
    who = f"@{entry.by}" if entry.by else t(f"role.{entry.role}")
    why = reason_text(entry.reason) if entry.reason else ""
    return f"{iso(entry.at)}  {entry.order_number}  {what:<22}  {who:<18}  {why}".rstrip()
