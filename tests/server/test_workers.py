"""Several workers behind one address: a browser comes back to its own, one that dies is started again."""

import http.client
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from app.server.workers import COOKIE
from tests.browser import started
from tests.served import Served

WORKERS = 2


@contextmanager
def working(folder: Path) -> Iterator[Served]:
    """Two workers."""
    variables = {"TAKEBACK_PORT": "0", "TAKEBACK_LOG": "warning"}
    with started(folder / "data", "serve", "--workers", str(WORKERS), **variables) as (process, address):
        yield Served(process, address)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two workers for several tests."""
    with working(tmp_path_factory.mktemp("workers")) as served:
        yield served


def named(served: Served) -> str:
    """The worker that a new browser is told to come back to: the port of its own address."""
    answer, _ = served.get("/")
    told = answer.headers["set-cookie"]
    assert told is not None
    assert {"HttpOnly", "SameSite=strict"} <= {part.strip() for part in told.split(";")}
    return told.split(";")[0].removeprefix(f"{COOKIE}=")


def sockets(worker: str) -> int:
    """How many connections of browsers a worker has, as it tells at its own address."""
    with closing(http.client.HTTPConnection(f"127.0.0.1:{worker}", timeout=30)) as line:
        line.request("GET", "/metrics")
        body = line.getresponse().read().decode()
    return int(
        float(next(one.split()[1] for one in body.splitlines() if one.startswith("takeback_sockets ")))
    )


def line(served: Served, worker: str) -> ClientConnection:
    """A connection of a browser that was told to come back to `worker`."""
    return connect(served.line, additional_headers={"cookie": f"a=b; {COOKIE}={worker}; c=d"})


def test_a_browser_comes_back_to_its_own_worker(served: Served) -> None:
    names = {named(served) for _ in range(2 * WORKERS)}
    assert len(names) == WORKERS
    for worker in names:
        with line(served, worker), line(served, worker), line(served, worker):
            assert [sockets(one) for one in sorted(names, key=lambda one: one != worker)] == [3, 0]
        assert served.get("/", cookie=f"{COOKIE}={worker}")[0].headers["set-cookie"] is None
        until = time.monotonic() + 10
        while sockets(worker):
            assert time.monotonic() < until


def test_who_names_no_worker_there_is_gets_one(served: Served) -> None:
    for cookie in (f"{COOKIE}=1", f"{COOKIE}=", f"{COOKIE}=999999999999999999999999", "other=1"):
        answer, _ = served.get("/", cookie=cookie)
        assert answer.status == 200
        assert answer.headers["set-cookie"]


def test_a_long_head_and_one_that_comes_in_pieces_reach_a_worker(served: Served) -> None:
    assert served.get("/healthz", x_long="x" * 40_000)[0].status == 200
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=30)
    with closing(connection):
        connection.connect()
        for piece in (b"GET /healthz HT", b"TP/1.1\r\nHost: 127.0.0.1\r\n", b"Connection: close\r\n\r\n"):
            connection.sock.sendall(piece)
            time.sleep(0.05)
        assert connection.sock.recv(100).startswith(b"HTTP/1.1 200")


def children(process: int) -> list[int]:
    """The processes that `process` started."""
    told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    return [int(one) for one in told.split()]


def test_a_worker_that_is_killed_is_started_again_and_at_a_signal_all_end(served: Served) -> None:
    names = {named(served) for _ in range(2 * WORKERS)}
    before = children(served.process.pid)
    assert len(before) == WORKERS
    with line(served, min(names)) as first, line(served, max(names)) as second:
        os.kill(before[0], signal.SIGKILL)
        ended = []
        for one in (first, second):
            try:
                one.recv(timeout=1)
            except (ConnectionClosed, TimeoutError) as error:
                ended.append(type(error))
        assert TimeoutError in ended  # who is with another worker notices nothing
        until = time.monotonic() + 30
        while len(children(served.process.pid)) < WORKERS:
            assert time.monotonic() < until
            assert served.get("/healthz")[0].status == 200
            time.sleep(0.1)
    assert {named(served) for _ in range(4 * WORKERS)} == names
    after = children(served.process.pid)
    with line(served, min(names)) as third, line(served, max(names)) as fourth:
        served.process.terminate()
        for one in (third, fourth):
            with pytest.raises(ConnectionClosed) as closed:
                one.recv(timeout=20)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1012
    _, complaints = served.process.communicate(timeout=30)
    assert served.process.returncode == 0
    assert not any(Path(f"/proc/{one}").exists() for one in after)
    told = [json.loads(each)["message"] for each in complaints.splitlines()]
    assert ["-9" in one for one in told] == [True]


def test_where_who_keeps_them_is_killed_the_workers_end_too(tmp_path: Path) -> None:
    with working(tmp_path) as served:
        workers = children(served.process.pid)
        while len(workers) < WORKERS:
            workers = children(served.process.pid)
        served.process.kill()
        until = time.monotonic() + 30
        while any(Path(f"/proc/{one}").exists() for one in workers):
            assert time.monotonic() < until
            time.sleep(0.1)
