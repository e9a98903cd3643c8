"""Making the app ready for places without a Python of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.commands.terminal import commands, out
from app.shop.rules.errors import Refused
from app.ui.texts import t

building = typer.Typer(no_args_is_help=True, help="Make a package of the app for another place.")
commands.add_typer(building, name="build")


@building.callback()
def build() -> None:
    """Make a package of the app for another place."""


@contextmanager
def _parts_that_build() -> Iterator[None]:
    """Import what builds; raises Refused where it was not installed along."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise Refused("build_missing", {"package": str(error.name)}) from error


@building.command()
def web(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder for the site.")],
) -> None:
    """Make a static site: plain files, with Python and the store in the browser."""
    with _parts_that_build():
        from app.packaging.site import build_site  # noqa: PLC0415
    build_site(folder)
    files = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    out.print(t("command.build_web", folder=folder, size=sum(files) // 1_000_000, count=len(files)))


@building.command()
def apk(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder for the APK.")],
    host: Annotated[
        str | None,
        typer.Option(
            help="Links to https://HOST/orders/NUMBER open the app, in place of takeback://orders/NUMBER."
        ),
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Let Flet's builder fetch Flutter and the Android SDK.")
    ] = False,
) -> None:
    """Make an APK for Android phones, signed with the key that FLET_ANDROID_SIGNING_KEY_STORE names."""
    with _parts_that_build():
        from app.packaging.android import build_apk  # noqa: PLC0415

    build_apk(folder, host, fetch=fetch)
    for file in sorted(folder.glob("*.apk")):
        out.print(t("command.build_apk", file=file, size=file.stat().st_size // 1_000_000))


@building.command()
def desktop(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder for the bundle.")],
    client: Annotated[
        Path | None,
        typer.Option(
            envvar="FLET_VIEW_PATH",
            help="The folder of Flet's client; without it the one of this machine, else downloaded.",
        ),
    ] = None,
) -> None:
    """Make a bundle for machines like this one, without a Python of their own: the app in its window."""
    with _parts_that_build():
        from app.packaging.desktop import PROGRAM, build_desktop  # noqa: PLC0415
    build_desktop(folder, client)
    whole = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    size = sum(file.stat().st_size for file in whole) // 1_000_000
    out.print(t("command.build_desktop", folder=folder, size=size, count=len(whole), program=PROGRAM))
