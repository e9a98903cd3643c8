"""The care of the store: its clock, its invariants, its revision, its copies."""

from pathlib import Path
from typing import Annotated

import typer

from app.clock import wall_clock
from app.commands.terminal import (
    REFUSED,
    AsJson,
    Key,
    Platform,
    acting,
    at_time,
    commands,
    key_of,
    out,
    print_json,
    progress_bar,
    the_shop,
)
from app.settings import Settings
from app.shop.actions.clock import run_due
from app.shop.actions.erase import erase_person
from app.shop.actions.forgetting import forget_erased
from app.shop.backup import backup as copy
from app.shop.backup.packed import ENDING, pack
from app.shop.backup.restore import restore as put_back
from app.shop.check import check as verify
from app.shop.reads.people import person_by_handle
from app.shop.store import REVISIONS
from app.ui.texts import number, problem, t


@commands.command()
def clock(
    now: Annotated[str | None, typer.Option(metavar="TIME", help="As if it were then (ISO 8601).")] = None,
    as_json: AsJson = False,
) -> None:
    """Apply the deadlines that are due, once."""
    at = at_time(now, "--now") if now else None
    with the_shop(wall_clock if at is None else lambda: at) as shop:
        done = run_due(shop)
        forget_erased(shop, alone=True)
    if as_json:
        print_json([one.answer for one in done])
    else:
        out.print(t("command.clock", count=len(done)))


@commands.command()
def check(as_json: AsJson = False) -> None:
    """Verify every invariant over the whole store; exit 1 where one is violated."""
    with the_shop() as shop, progress_bar("Checking", as_json) as progress:
        report = verify(shop, progress)
    if as_json:
        print_json(report.as_json())
    else:
        for line in report.lines():
            out.print(line)
    if report.violations:
        raise typer.Exit(REFUSED)


@commands.command()
def migrate(as_json: AsJson = False) -> None:
    """Bring the store to this version; refuses a newer one."""
    with the_shop():
        pass  # opening is migrating
    print_json({"revision": REVISIONS[-1]}) if as_json else out.print(
        t("command.migrated", revision=REVISIONS[-1])
    )


@commands.command()
def backup(
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="A folder that is not there yet, or a file: NAME.zip.")
    ],
    overwrite: Annotated[bool, typer.Option(help="Replace the backup at OUT.")] = False,
    as_json: AsJson = False,
) -> None:
    """Copy the store and its photos to a folder, consistent while others write; never half-written."""
    packs = target.suffix == ENDING
    with the_shop() as shop, progress_bar("Copying", as_json) as progress:
        copied = (pack if packs else copy)(shop, target, overwrite=overwrite, progress=progress)
    if as_json:
        print_json(copied.as_json())
        return
    size = number(max(1, round(copied.size / 1e6)))
    out.print(t("command.backup", folder=copied.folder, count=copied.photos, size=size))
    if copied.lost:
        out.print(t("command.backup_lost", count=copied.lost))
    out.print(t("command.backup_packed") if packs else t("command.backup_use", folder=copied.folder))


@commands.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="IN", help="What `backup` made, or the app's *Export*.")],
    as_json: AsJson = False,
) -> None:
    """Put a backup in the store's place, verified before anything is replaced; the store before is kept."""
    with progress_bar("Restoring", as_json) as progress:
        done = put_back(Settings.from_env().database, source, wall_clock, progress=progress)
    if as_json:
        print_json(done.as_json())
        return
    out.print(t("command.restored", store=done.store, count=done.orders))
    if done.kept:
        out.print(t("command.restored_kept", file=done.kept))
    if done.erased:
        out.print(t("command.restored_erased", count=done.erased))
    for one in done.back:
        out.print(t("command.restored_back", handle=one.handle, why=problem(one.why)))
    if done.unread:
        out.print(t("command.restored_unread"))


@commands.command()
def erase(
    handle: Annotated[str, typer.Argument(help="Whom.")],
    as_: Platform = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Erase a person for good: name, addresses, messages, photos; their orders and amounts stay."""
    with the_shop() as shop:
        person = person_by_handle(shop, handle.removeprefix("@")).id
        done = erase_person(shop, acting(shop, as_), person, key=key_of(key))
        gone = forget_erased(shop, alone=True)
    if as_json:
        print_json(done.answer | {"traces": not gone})
        return
    out.print(t("command.erased", **done.answer))
    if not gone:
        out.print(t("command.erased_traces"))
