"""A server from its start until a signal ends it, with nothing left half done."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.loops.auto import auto_loop_factory

from app.main import Process
from app.server.door import App
from app.server.ending import GOODBYE_SECONDS
from app.server.patience import patient

log = logging.getLogger("takeback")

PING_SECONDS = 5
"""A connection that is lost without a word is noticed within twice this: until then the server would give
a returning client a new session."""
AT_ONCE = 256
"""How many connections are taken in one go: meanwhile nobody is served."""
LARGEST_FRAME = 1 << 20
"""What a page tells of taps and letters is far below; files come another way."""


def run(serving: Coroutine[Any, Any, None]) -> None:
    """Run it on uvloop where there is one."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(serving)


class Server(uvicorn.Server):
    """Ends at a signal, and no more: Uvicorn would raise it again, past all that is still to be closed."""

    def __init__(
        self, config: uvicorn.Config, ending: Callable[[], None], handed: socket.socket | None
    ) -> None:
        super().__init__(config)
        self._ending = ending
        self._handed = handed
        self._beginning: set[asyncio.Task[object]] = set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Take connections from now on: those to its own address, and those that are handed over."""
        await super().startup(sockets)
        if self._handed is not None:
            self._handed.setblocking(False)
            asyncio.get_running_loop().add_reader(self._handed, self._take, self._handed)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take none any more, and end those there are."""
        if self._handed is not None:
            asyncio.get_running_loop().remove_reader(self._handed)
        await super().shutdown(sockets)

    def _take(self, handed: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        try:
            told, descriptors, _, _ = socket.recv_fds(handed, 1, 1)
        except BlockingIOError:
            return
        except OSError:
            told, descriptors = b"", []
        if not told:  # who keeps the workers is gone
            loop.remove_reader(handed)
            self.handle_exit(signal.SIGTERM, None)
        for one in descriptors:
            connection = socket.socket(fileno=one)
            task = asyncio.ensure_future(loop.connect_accepted_socket(self._protocol, connection))
            self._beginning.add(task)
            task.add_done_callback(self._beginning.discard)

    def _protocol(self) -> asyncio.Protocol:
        return self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """From here on the server is not for anyone new."""
        self._ending()
        super().handle_exit(sig, frame)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Heed signals as long as it serves."""
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


async def serve(
    process: Process,
    app: App,
    listener: socket.socket,
    *,
    proxies: Sequence[str] = (),
    ending: Callable[[], None] = lambda: None,
    handed: socket.socket | None = None,
) -> None:
    """Serve until a signal ends it; the store is opened meanwhile, and let go of at the end.

    `proxies` are believed for whom they ask; `ending` is called when the end begins; over
    `handed` come connections that another process took.
    """
    server = Server(
        uvicorn.Config(
            app,
            http=patient(proxies),
            backlog=AT_ONCE,
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=list(proxies),
            ws="websockets-sansio",
            ws_max_size=LARGEST_FRAME,
            ws_ping_interval=PING_SECONDS,
            ws_ping_timeout=PING_SECONDS,
            timeout_graceful_shutdown=GOODBYE_SECONDS,
        ),
        ending,
        handed,
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
