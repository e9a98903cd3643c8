"""Serving the app to many people."""

from typing import Annotated

import typer

from app.commands.terminal import commands
from app.settings import Serving


@commands.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address it listens at; TAKEBACK_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="0 takes a free one; TAKEBACK_PORT.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes that serve; TAKEBACK_WORKERS.")] = None,
) -> None:
    """Serve the app to many people, who sign in."""
    from app.start import open_served  # noqa: PLC0415  (the screens take longer to import than all the rest)

    raise typer.Exit(open_served(Serving.from_env(host=host, port=port, workers=workers)))
