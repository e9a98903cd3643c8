"""The app as a page in the browser, for whoever is at this machine."""

import asyncio
import secrets
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager

from flet_web.fastapi import FletApp, FletUpload, app_manager  # type: ignore[import-untyped]
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router, WebSocketRoute

from app.main import Process
from app.server.client import Client
from app.server.connection import Connections, Tapped, flet_app
from app.server.door import App, Door
from app.server.ending import end_in_time
from app.server.running import run, serve
from app.server.sending import Sending
from app.shop.rules.errors import Invalid
from app.ui.files import MOST

LOOPBACK = "127.0.0.1"
LOOPBACK_NAMES = frozenset({LOOPBACK, "localhost", "::1"})
SESSION_SECONDS = 600
"""How long a session waits for its lost connection; what must last longer is in the store."""
UPLOAD = "/upload"
"""Where a browser sends the files that a person picked, each under an address signed for it alone."""


class Web:
    """The page and its connections, as routes for an ASGI app."""

    def __init__(self, process: Process, page: Sending, tapped: Tapped | None = None) -> None:
        secret = process.settings.secret or secrets.token_urlsafe()
        # A window makes a folder of its own in there for what it asks to be sent.
        self._upload = FletUpload(tempfile.gettempdir(), MOST, secret)
        self.connections = Connections(
            flet_app(
                lambda: FletApp(
                    asyncio.get_running_loop(),
                    app_manager.executor,
                    process.open_window,
                    None,
                    session_timeout_seconds=SESSION_SECONDS,
                    upload_endpoint_path=UPLOAD,
                    secret_key=secret,
                )
            ),
            tapped or (lambda _: None),
        )
        self.routes: Sequence[BaseRoute] = (
            WebSocketRoute("/ws", self.connections),
            Route(UPLOAD, self._receive, methods=["PUT"]),
            Mount("/", page),
        )
        """To stand behind all others: the last takes every address."""

    async def _receive(self, request: Request) -> Response:
        await self._upload.handle(request)
        return Response()


def behind_door(routes: Sequence[BaseRoute], hosts: Collection[str] | None) -> Door:
    """The ASGI app of these routes; `hosts` are the names it answers to, None for any."""
    router: App = ExceptionMiddleware(Router(routes, redirect_slashes=False, lifespan=_life))  # type: ignore[assignment]
    return Door(router, hosts)


@asynccontextmanager
async def _life(_: object) -> AsyncIterator[None]:
    await app_manager.start()
    yield
    await app_manager.shutdown()


def web_app(process: Process, hosts: Collection[str] | None = LOOPBACK_NAMES) -> Door:
    """The ASGI app for one person: the page and its connection, behind the door."""
    return behind_door(Web(process, Sending(Client())).routes, hosts)


def serve_web(process: Process, port: int = 0, *, ready: Callable[[str], None] = print) -> None:
    """Serve the page on this machine until interrupted; `ready` gets its address. Port 0: any that is free.

    Raises Invalid where the port is taken, and ShopError where the store cannot be opened.
    """
    with listening(port) as listener:
        ready(f"http://{LOOPBACK}:{listener.getsockname()[1]}")
        run(serve(process, web_app(process), listener, ending=end_in_time))


def listening(port: int, host: str = LOOPBACK) -> socket.socket:
    """A socket that takes connections to `host`. Raises Invalid where the port is taken or is none."""
    # Only of a socket that is said to be TCP does asyncio send small answers at once, 40 ms earlier.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except socket.gaierror as error:
        listener.close()
        raise Invalid("setting_host", {"value": host}) from error
    except (OSError, OverflowError) as error:
        listener.close()
        raise Invalid("port_not_free", {"port": port}) from error
    return listener


BACKLOG = 2048
