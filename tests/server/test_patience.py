"""Who is silent, slow, or says too much holds up nobody else."""

import asyncio
import gc
import json
import socket
import time
import weakref
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.websockets import WebSocketDisconnect
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from app.server import body, connection, patience
from app.server.api.app import api
from app.server.connection import Connections
from app.server.hooks import hooks
from app.server.metrics import Metrics
from app.server.patience import Limits, Patient, patient
from app.server.requests import Requests
from app.server.rubbish import MANY, Rubbish
from app.server.running import LARGEST_FRAME
from app.server.web import behind_door
from tests.browser import started
from tests.served import Served

ASK = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def hello(scope: Any, receive: Any, send: Any) -> None:
    """The smallest app."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"hi"})


@asynccontextmanager
async def serving(app: Any = hello) -> AsyncIterator[int]:
    """The port at which `app` is served with all patience there is."""
    config = uvicorn.Config(
        app,
        port=0,
        http=patient(()),
        ws="websockets-sansio",
        lifespan="off",
        log_config=None,
        log_level="error",
    )
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(config)
        running = asyncio.create_task(server._serve([listener]))
        while not server.started:
            await asyncio.sleep(0.01)
        yield listener.getsockname()[1]
        server.should_exit = True
        await running


async def ends(reader: asyncio.StreamReader) -> float:
    """Seconds until the server ends a connection."""
    began = time.monotonic()
    with suppress(ConnectionError):
        await asyncio.wait_for(reader.read(), 10)
    return time.monotonic() - began


@pytest.mark.parametrize("said", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nX: ", ASK + b"GET / HT"])
async def test_a_request_that_does_not_come_to_its_end_is_ended(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.2)
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(said)
        assert 0.1 < await ends(reader) < 2
        writer.close()


async def test_a_head_that_grows_without_end_is_refused() -> None:
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: " + b"x" * 60_000)
        await asyncio.sleep(0.1)
        writer.write(b"x" * 20_000)
        assert (await reader.readline()).startswith(b"HTTP/1.1 400")
        assert await ends(reader) < 2
        writer.close()


async def test_a_head_that_comes_with_the_end_of_a_large_body_is_no_large_head(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "LARGEST_HEAD", 1_000)
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2001\r\n\r\nx")
        assert (await reader.readuntil(b"hi")).startswith(b"HTTP/1.1 200")
        writer.write(b"x" * 2_000 + ASK[:20])
        await asyncio.sleep(0.1)
        writer.write(ASK[20:])
        assert (await reader.readuntil(b"hi")).startswith(b"HTTP/1.1 200")
        writer.close()


async def test_who_is_answered_and_goes_on_sending_a_body_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.3)
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
        assert (await reader.readuntil(b"hi")).startswith(b"HTTP/1.1 200")
        async with dripping(writer):
            assert await ends(reader) < 3


@asynccontextmanager
async def dripping(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    """Another byte, again and again."""

    async def drip() -> None:
        while True:
            writer.write(b"x")
            await asyncio.sleep(0.05)

    dropping = asyncio.create_task(drip())
    try:
        yield
    finally:
        dropping.cancel()
        writer.close()


@pytest.mark.parametrize("path", ["/api/v1/orders/1/cancel", "/hooks/in/1", "/upload"])
async def test_a_body_that_comes_drop_by_drop_is_ended_with_a_problem(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "BODY_SECONDS", 0.3)
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.3)
    desk: Any = asyncio.Future[None]()
    desk.set_result(None)

    async def sent(request: Request) -> Response:
        return Response(await request.body())

    routes = [
        Mount("/api", api(lambda: desk)),  # type: ignore[arg-type]
        Mount("/hooks", hooks(lambda: desk)),
        Route("/upload", sent, methods=["POST"]),
    ]
    metrics = Metrics(None)
    try:
        async with serving(Requests(behind_door(routes, None), metrics)) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            kind = "Content-Type: application/json\r\nAuthorization: Bearer x"
            writer.write(
                f"POST {path} HTTP/1.1\r\nHost: x\r\n{kind}\r\nContent-Length: 1000\r\n\r\n".encode()
            )
            async with dripping(writer):
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = int(next(one[15:] for one in head.splitlines() if one.startswith("content-length:")))
                answer = await reader.readexactly(length)
                assert await ends(reader) < 3
    finally:
        metrics.close()
    assert head.startswith("HTTP/1.1 408")
    if path == "/upload":
        assert answer == b"What was sent came too slowly. Please try again.\n"
    else:
        assert json.loads(answer)["code"] == "body_too_slow"
        assert "application/problem+json" in head


async def test_a_large_body_may_take_its_time_and_who_waits_for_the_answer_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(body, "BODY_SECONDS", 0.4)
    parts = [b"x" * body.SLOWEST, b"x" * body.SLOWEST, b"x", b""]

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.3)
        return {"type": "http.request", "body": parts.pop(0), "more_body": len(parts) > 1}

    receiving = body.in_time(receive)
    came = [await receiving() for _ in range(3)]
    assert [one["more_body"] for one in came] == [True, True, False]
    monkeypatch.setattr(body, "BODY_SECONDS", -10.0)
    assert await receiving()  # that nobody is there any more is waited for as long as it takes


async def test_who_asks_again_and_again_is_not_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.1)
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(6):
            writer.write(ASK)
            assert (await reader.readuntil(b"hi")).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(0.06)
        writer.close()


async def test_of_too_many_silent_ones_the_longest_silent_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "MOST_SILENT", 3)
    async with serving() as port:
        lines = []
        for _ in range(5):
            lines.append(await asyncio.open_connection("127.0.0.1", port))
            await asyncio.sleep(0.02)
        assert [reader.at_eof() or reader.exception() is not None for reader, _ in lines] == [
            True,
            True,
            False,
            False,
            False,
        ]
        lines[-1][1].write(ASK)
        assert await lines[-1][0].readuntil(b"hi")
        for _, writer in lines:
            writer.close()


def test_one_address_has_so_many_and_others_still_get_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "MOST_OF_ONE", 2)
    limits, ones = Limits(("198.51.100.1",)), [Patient.__new__(Patient) for _ in range(4)]
    came = [limits.come(one, "203.0.113.9") for one in ones]
    assert came == [True, True, False, False]
    assert limits.come(ones[3], "203.0.113.10")
    for free in ("198.51.100.1", "127.0.0.1", "::1"):
        assert all(limits.come(one, free) for one in ones)
    limits.go(ones[0], "203.0.113.9")
    assert limits.come(ones[2], "203.0.113.9")


async def test_a_socket_that_does_not_say_whose_it_is_is_ended_and_one_address_has_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "SILENT_SECONDS", 0.1)
    monkeypatch.setattr(connection, "MOST_OF_ONE", 2)
    monkeypatch.setattr(connection, "GOODBYE_SECONDS", 0.1)
    sent: list[tuple[str, Any]] = []

    async def wait(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.Event().wait()

    async def come(app: Connections, address: str) -> None:
        async def send(message: Any) -> None:
            sent.append((address, message.get("code")))

        async def receive() -> dict[str, Any]:
            await asyncio.Event().wait()
            return {}

        await app({"headers": [], "client": (address, 1)}, receive, send)

    app = Connections(wait)
    await asyncio.gather(*(come(app, one) for one in ("203.0.113.9",) * 3), come(app, "203.0.113.10"))
    assert sorted(sent) == [("203.0.113.10", 1008), *[("203.0.113.9", 1008)] * 2, ("203.0.113.9", 1013)]
    assert app.open == 0


async def test_who_leaves_while_something_is_on_its_way_to_them_is_no_failure() -> None:
    async def draw(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        raise WebSocketDisconnect(1006)

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.disconnect", "code": 1001}

    async def send(message: Any) -> None: ...

    app = Connections(draw)
    await app({"headers": [], "client": ("203.0.113.9", 1)}, receive, send)
    assert app.open == 0


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app, served on a free port."""
    folder = tmp_path_factory.mktemp("patience")
    with started(folder, "serve", TAKEBACK_PORT="0", TAKEBACK_LOG="error") as (process, address):
        yield Served(process, address)


def answers(served: Served) -> float:
    """The longest that one of some requests takes, in seconds."""
    worst = 0.0
    for _ in range(20):
        began = time.monotonic()
        assert served.get("/healthz")[0].status == 200
        worst = max(worst, time.monotonic() - began)
    return worst


def test_a_frame_that_is_too_large_ends_its_connection_and_no_other(served: Served) -> None:
    with connect(served.line) as other, connect(served.line) as line:
        line.send(b"\0" * (LARGEST_FRAME + 1))
        with pytest.raises(ConnectionClosed) as closed:
            line.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009
        other.ping().wait(10)
    assert answers(served) < 1


def test_those_who_open_and_say_nothing_hold_up_nobody(served: Served, full: bool) -> None:
    host, _, port = served.address.rpartition("//")[2].partition(":")
    silent = []
    try:
        for n in range(10_000 if full else 300):
            silent.append(socket.create_connection((host, int(port)), timeout=30))
            if n % 2:
                silent[-1].sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        assert answers(served) < 1
        with connect(served.line) as line:
            line.ping().wait(10)
    finally:
        for one in silent:
            one.close()
    assert answers(served) < 1


def test_memory_of_those_who_left_is_found_and_others_are_not_stopped_for_it() -> None:
    class Ring:
        """What only a search finds."""

        def __init__(self) -> None:
            self.me = self

    rings = [Ring() for _ in range(40)]
    all_of_them = [weakref.ref(one) for one in rings]

    def lasting() -> int:
        return sum(one() is not None for one in all_of_them)

    gc.disable()
    try:
        rubbish = Rubbish(lambda: len(rings))
        rubbish.look()
        del rings[35:]
        rubbish.look()  # too few to stop the others
        assert lasting() == 40
        del rings[5:]
        rubbish.look()
        assert lasting() == 5
        del rings[:1]
        much = [[] for _ in range(MANY + 1)]  # type: ignore[var-annotated]
        rubbish.look()
        assert lasting() == len(rings) == 4
        del much
    finally:
        gc.enable()
