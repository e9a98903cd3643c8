"""Serving the app to many people."""

from typing import Annotated

import typer

from app.commands.terminal import commands


@commands.command()
def serve(
    host: Annotated[str, typer.Option(help="The address it listens at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = 8000,
) -> None:
    """Serve the app to many people, who sign in."""
    from app.start import open_served  # noqa: PLC0415  (the screens take longer to import than all the rest)

    raise typer.Exit(open_served(host, port))
