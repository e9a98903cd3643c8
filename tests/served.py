"""The app as it is served to many people: one process of it, or several over one store, each on its port."""

import http.client
import os
import signal
import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser import TAKEBACK, environment

PATIENCE = 60
"""Seconds until a process that does not answer is given up."""


@dataclass
class Served:
    """A served app, and its process."""

    process: subprocess.Popen[str]
    address: str

    def get(self, path: str, **headers: str) -> tuple[http.client.HTTPResponse, str]:
        """What a request is answered."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        connection.request(
            "GET", path, headers={name.replace("_", "-"): one for name, one in headers.items()}
        )
        answer = connection.getresponse()
        body = answer.read().decode(errors="replace")
        connection.close()
        return answer, body

    @property
    def line(self) -> str:
        """The address of the page's connection."""
        return self.address.replace("http", "ws", 1) + "/ws"


class Servers:
    """Processes that serve one store, each on a port of its own."""

    def __init__(self, url: str, folder: Path, processes: int, **variables: str) -> None:
        """`variables` are set in their environment."""
        self._environment = environment(folder) | {"TAKEBACK_DATABASE": url} | variables
        self.ports = [_free_port() for _ in range(processes)]
        self._processes = [self._start(port) for port in self.ports]
        for port in self.ports:
            _answers(port)

    def _start(self, port: int) -> subprocess.Popen[bytes]:
        command = [*TAKEBACK, "serve", "--port", str(port)]
        return subprocess.Popen(
            command, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def kill(self, number: int) -> None:
        """End one in the middle of whatever it does, and start it again."""
        self._processes[number].kill()
        self._processes[number].wait()
        self._processes[number] = self._start(self.ports[number])
        _answers(self.ports[number])

    def memory(self) -> int:
        """Bytes of memory that all have together."""
        return sum(resident(one.pid) for one in self._processes)

    def processor(self) -> float:
        """Seconds of processor that all had together."""
        return sum(_seconds(one.pid) for one in self._processes)

    def close(self) -> None:
        """End them."""
        for one in self._processes:
            one.send_signal(signal.SIGTERM)
        for one in self._processes:
            one.wait(30)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def resident(pid: int) -> int:
    """Bytes of memory that a process has."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _seconds(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
