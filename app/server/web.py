"""The app as a page in the browser, for whoever is at this machine."""

import asyncio
import secrets
import signal
import socket
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from flet.messaging.protocol import Message
from flet_web import fastapi as flet_server  # type: ignore[import-untyped]
from starlette.routing import BaseRoute, Mount, WebSocketRoute

from app.main import ASSETS, TITLE, Process
from app.server.door import Door
from app.shop.rules.errors import Invalid
from app.ui.files import MOST

LOOPBACK = "127.0.0.1"
LOOPBACK_NAMES = frozenset({LOOPBACK, "localhost", "::1"})
SESSION_SECONDS = 600
"""How long a session waits for its lost connection; what must last longer is in the store."""
PING_SECONDS = 5
"""A connection that is lost without a word is noticed within twice this: until then the server would give
a returning client a new session."""
GOODBYE_SECONDS = 2
# Flet writes out each message, with all that hangs on its controls, for a log that nobody reads (1.0.5): that
# took more time than everything else together.
Message.__repr__ = object.__repr__  # type: ignore[method-assign]

UPLOAD = "/upload"
"""Where a browser sends the files that a person picked, each under an address signed for it alone."""


def web_app(
    process: Process, hosts: Collection[str] | None = LOOPBACK_NAMES, routes: Sequence[BaseRoute] = ()
) -> Door:
    """The ASGI app: the page and its connection, behind the door; `hosts` are the names it answers to.

    `routes` are what else is served, before the page.
    """
    page = flet_server.app(
        process.open_window,
        assets_dir=str(ASSETS),
        app_name=TITLE,
        app_short_name=TITLE,
        app_description="Take an order back, and see what comes next.",
        no_cdn=True,
        session_timeout_seconds=SESSION_SECONDS,
        # A window makes a folder of its own in there for what it asks to be sent.
        upload_dir=tempfile.gettempdir(),
        upload_endpoint_path=UPLOAD.strip("/"),
        max_upload_size=MOST,
        secret_key=process.settings.secret or secrets.token_urlsafe(),
    )
    # FastAPI adds pages that describe an API, with scripts of another host; there is none here.
    page.router.routes[:] = [*routes, *(one for one in page.routes if _is_ours(one))]
    return Door(page, hosts)


def _is_ours(route: BaseRoute) -> bool:
    return isinstance(route, WebSocketRoute | Mount) or getattr(route, "path", None) == UPLOAD


def serve_web(process: Process, port: int = 0, *, ready: Callable[[str], None] = print) -> None:
    """Serve the page on this machine until interrupted; `ready` gets its address. Port 0: any that is free.

    Raises Invalid where the port is taken, and ShopError where the store cannot be opened.
    """
    with listening(port) as listener:
        ready(f"http://{LOOPBACK}:{listener.getsockname()[1]}")
        asyncio.run(serve(process, web_app(process), listener))


def listening(port: int, host: str = LOOPBACK) -> socket.socket:
    """A socket that takes connections to `host`. Raises Invalid where the port is taken or is none."""
    # Only of a socket that is said to be TCP does asyncio send small answers at once, 40 ms earlier.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise Invalid("port_not_free", {"port": port}) from error
    return listener


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End at a signal, no more: Uvicorn would raise it again, past all that is still to be closed."""
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


async def serve(process: Process, app: Door, listener: socket.socket) -> None:
    """Serve until a signal ends it; the store is opened meanwhile, and let go of at the end."""
    server = _Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="websockets-sansio",
            ws_ping_interval=PING_SECONDS,
            ws_ping_timeout=PING_SECONDS,
            timeout_graceful_shutdown=GOODBYE_SECONDS,
        )
    )

    async def open_store() -> None:
        try:
            await process.desk()
        except BaseException:
            server.should_exit = True
            raise

    opening = asyncio.create_task(open_store())
    try:
        await server.serve(sockets=[listener])
        await opening
    finally:
        await process.close()
