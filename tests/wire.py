"""The wire between a browser and the app: cut, and mended, while both go on."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from threading import Thread
from urllib.parse import urlsplit


class Wire:
    """Hands on what comes to `address`, both ways, until it is cut; who comes meanwhile finds nobody."""

    def __init__(self, address: str) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        there = urlsplit(address)
        self._there = (str(there.hostname), int(there.port or 80))
        self._ends: list[socket.socket] = []
        self._whole = True
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        Thread(target=self._answer, daemon=True).start()

    def cut(self) -> None:
        """Nothing comes through any more, and neither side was told why."""
        self._whole = False
        while self._ends:
            _shut(self._ends.pop())

    def mend(self) -> None:
        """Who comes from now on is through again."""
        self._whole = True

    def close(self) -> None:
        """Take it down for good."""
        self._listener.close()
        self.cut()

    def _answer(self) -> None:
        with suppress(OSError):  # how waiting ends when it is taken down
            while True:
                near, _ = self._listener.accept()
                if not self._whole:
                    near.close()
                    continue
                far = socket.create_connection(self._there)
                self._ends += near, far
                for ends in ((near, far), (far, near)):
                    Thread(target=_hand_on, args=ends, daemon=True).start()
                if not self._whole:
                    self.cut()  # it was meanwhile


def _hand_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):  # either side may be gone at any moment
        while some := source.recv(65_536):
            target.sendall(some)
    for end in (source, target):
        _shut(end)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def wired(address: str) -> Iterator[Wire]:
    """A wire to the app at `address`."""
    with closing(Wire(address)) as wire:
        yield wire
