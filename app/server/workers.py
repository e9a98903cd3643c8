"""Several processes that serve one address: one keeps them running, and hands each its connections.

A page lives in one process, so a browser has to come back to the same one. A cookie says which; a connection
is handed over whole, before anything was read from it, so what hands it over does none of the work. Rejected:
one listening socket for all, where the system chooses by chance; passing on every byte, which costs a core.
"""

import asyncio
import logging
import os
import re
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import cycle

from app.server.ending import CLOSE_SECONDS, GOODBYE_SECONDS

log = logging.getLogger("takeback")

COOKIE = "takeback_worker"
_NAMED = re.compile(rb"\r\ncookie:[^\r\n]*?\b" + COOKIE.encode() + rb"=(\d+)", re.IGNORECASE)
HEAD = 16_384
"""How much of a request is looked at for the cookie."""
HEAD_SECONDS = 10
"""How long a connection may say nothing."""
MOST_SILENT = 4_096
"""How many of those there may be; of more, the longest silent ones are ended."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
"""Seconds before a worker that died is started again: longer each time that it dies young."""
YOUNG_SECONDS = 30
MARGIN_SECONDS = 3


class Worker:
    """One process, its own address on this machine, and the line on which it is handed connections."""

    def __init__(self, number: int, own: socket.socket, environment: dict[str, str]) -> None:
        self.number = number
        self.own = own
        self.name = str(own.getsockname()[1])
        self._environment = environment
        self._ending = False
        self._process: asyncio.subprocess.Process | None = None
        self._line: socket.socket | None = None

    async def keep(self) -> None:
        """Start it, and again whenever it dies, until it is to end."""
        loop, pause = asyncio.get_running_loop(), SHORTEST_PAUSE
        while not self._ending:
            began = loop.time()
            status = await self._run()
            if not self._ending:
                log.error("worker %s ended with status %s and is started again", self.name, status)
                pause = (
                    SHORTEST_PAUSE if loop.time() - began > YOUNG_SECONDS else min(pause * 2, LONGEST_PAUSE)
                )
                await asyncio.sleep(pause)

    async def _run(self) -> int:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.server.worker"),
            *(str(self.number), str(theirs.fileno()), str(self.own.fileno())),
            env=self._environment,
            pass_fds=(theirs.fileno(), self.own.fileno()),
            # A Ctrl+C in the shell is for the one who keeps them.
            process_group=0,
        )
        theirs.close()
        self._line = ours
        if self._ending:
            self.end()
        status = await self._process.wait()
        self._line = None
        ours.close()
        return status

    def take(self, connection: socket.socket) -> bool:
        """Hand it a connection; whether it is there to take it."""
        if self._line is None or self._ending:
            return False
        try:
            socket.send_fds(self._line, [b"\0"], [connection.fileno()])
        except OSError:  # it died, or has not taken hundreds of others yet
            return False
        return True

    def end(self) -> None:
        """Have it end what it began, and end."""
        self._ending = True
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """It had its time."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()


class Front:
    """Takes the connections that come, and hands each to the worker its browser was with, or the next one."""

    def __init__(self, workers: Sequence[Worker]) -> None:
        self._by_name = {one.name: one for one in workers}
        self._turns = cycle(workers)
        self._silent: dict[asyncio.Task[None], None] = {}

    async def take_all(self, listener: socket.socket) -> None:
        """Take what comes, for ever."""
        loop = asyncio.get_running_loop()
        listener.setblocking(False)
        while True:
            try:
                connection, _ = await loop.sock_accept(listener)
            except OSError as error:  # too many are open: some of them end soon
                log.warning("no connection can be taken: %s", error)
                await asyncio.sleep(0.1)
                continue
            if len(self._silent) >= MOST_SILENT:
                next(iter(self._silent)).cancel()
                await asyncio.sleep(0)
            task = asyncio.create_task(self._hand_over(connection))
            self._silent[task] = None
            task.add_done_callback(lambda done: self._silent.pop(done, None))

    async def _hand_over(self, connection: socket.socket) -> None:
        with connection:
            try:
                await asyncio.wait_for(_readable(connection), HEAD_SECONDS)
                head = connection.recv(HEAD, socket.MSG_PEEK)
            except (OSError, TimeoutError):
                return
            named = _NAMED.search(head)
            before = self._by_name.get(named[1].decode()) if named else None
            if not (before and before.take(connection)):
                any(next(self._turns).take(connection) for _ in self._by_name)


async def _readable(connection: socket.socket) -> None:
    loop, there = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(connection, there.set)
    try:
        await there.wait()
    finally:
        loop.remove_reader(connection)


async def keep_serving(listener: socket.socket, own: Sequence[socket.socket], secret: str) -> None:
    """Serve with as many workers as there are `own` addresses for them, until a signal ends it."""
    names = ",".join(str(one.getsockname()[1]) for one in own)
    environment = os.environ | {"TAKEBACK_SECRET": secret, "TAKEBACK_WORKER_NAMES": names}
    workers = [Worker(number, one, environment) for number, one in enumerate(own)]
    loop, ending = asyncio.get_running_loop(), asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, ending.set)
    keeping = [asyncio.create_task(worker.keep()) for worker in workers]
    taking = asyncio.create_task(Front(workers).take_all(listener))
    await asyncio.wait([taking, asyncio.create_task(ending.wait())], return_when=asyncio.FIRST_COMPLETED)
    taking.cancel()
    listener.close()
    for worker in workers:
        worker.end()
    await asyncio.wait(keeping, timeout=GOODBYE_SECONDS + CLOSE_SECONDS + MARGIN_SECONDS)
    for worker in workers:
        worker.kill()
    await asyncio.gather(*keeping)
