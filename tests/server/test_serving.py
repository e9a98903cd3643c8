"""The app as it is served to many: whether it lives, what is measured, what the log tells, how it ends."""

import asyncio
import json
import logging
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Mount, Route, Router
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from app.log import note
from app.server.api.app import api
from app.server.door import Door
from app.server.hooks import hooks
from app.server.metrics import Metrics
from app.server.patience import is_here
from app.server.requests import Requests
from app.server.serve import House
from app.settings import Serving, Settings
from app.shop.rules.errors import Invalid
from tests.browser import TAKEBACK, environment, started
from tests.served import Served
from tests.server.asking import ask

TOKEN = "a token that is long enough"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app, served on a free port."""
    folder = tmp_path_factory.mktemp("served")
    variables = {
        "TAKEBACK_PORT": "0",
        "TAKEBACK_CACHE": str(folder / "cache"),
        "TAKEBACK_METRICS_TOKEN": TOKEN,
    }
    with started(folder / "data", "serve", **variables) as (process, address):
        yield Served(process, address)


def test_it_lives_and_is_ready(served: Served) -> None:
    assert served.get("/healthz")[0].status == 200
    until = time.monotonic() + 20
    while served.get("/readyz")[0].status != 200:
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.mark.parametrize("given", ["abc-123.x:Y_z", "", "two words", "x" * 65])
def test_an_id_of_a_request_is_taken_over_where_it_is_a_good_one(served: Served, given: str) -> None:
    told = served.get("/healthz", x_request_id=given)[0].headers["x-request-id"]
    assert (told == given) == (given == "abc-123.x:Y_z")
    assert told


def test_every_answer_has_the_usual_headers(served: Served) -> None:
    for path in ("/", "/healthz", "/nothing.js", "/upload"):
        headers = served.get(path)[0].headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "geolocation=()" in headers["permissions-policy"]
        assert headers["strict-transport-security"] is None


def test_behind_a_proxy_with_a_certificate_the_browser_is_told_to_stay_with_it(served: Served) -> None:
    headers = served.get("/", x_forwarded_proto="https")[0].headers
    assert headers["strict-transport-security"] == "max-age=31536000"


def test_what_is_measured_is_for_who_is_here_or_has_the_token(served: Served) -> None:
    with connect(served.line):
        answer, body = served.get("/metrics")
    assert answer.status == 200
    assert "takeback_sockets 1.0" in body
    assert 'takeback_requests_total{method="GET",route="watch",status="200"}' in body
    for name in ("work_seconds", "tap_seconds", "store_errors_total", "loop_lag_seconds", "gc_pause_seconds"):
        assert f"takeback_{name}" in body
    elsewhere = {"x_forwarded_for": "203.0.113.9"}
    assert served.get("/metrics", **elsewhere)[0].status == 404
    assert served.get("/metrics", **elsewhere, authorization="Bearer wrong")[0].status == 404
    assert served.get("/metrics", **elsewhere, authorization=f"Bearer {TOKEN}")[0].status == 200


async def test_without_a_token_none_opens_the_metrics() -> None:
    metrics = Metrics(None)
    try:
        for said in ("Bearer ", "Bearer None", ""):
            house = Requests(Door(_starlette(metrics)), metrics)
            assert (await ask(house, "/metrics", client="203.0.113.9", authorization=said)).status == 404
            assert (await ask(house, "/metrics", client="::1", authorization=said)).status == 200
    finally:
        metrics.close()


def _starlette(metrics: Metrics) -> Any:
    return Router([Route("/metrics", metrics.answer)])


async def test_what_nobody_expected_is_a_code_for_who_asked_and_all_of_it_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("secret of the server")

    metrics = Metrics(None)
    try:
        answer = await ask(Requests(fail, metrics), "/api/v1/orders", x_request_id="mine")
    finally:
        metrics.close()
    assert (answer.status, answer.headers["x-request-id"]) == (500, "mine")
    noted = _noted(caplog)
    assert f"code {vars(noted)['code']}" in answer.body.decode()
    assert "secret" not in answer.body.decode()
    assert "secret of the server" in str(noted.exc_info)


def _noted(caplog: pytest.LogCaptureFixture) -> logging.LogRecord:
    """The one error in the log."""
    (noted,) = [one for one in caplog.records if one.levelname == "ERROR"]
    return noted


@pytest.mark.parametrize("interface", ["api", "hooks"])
async def test_a_program_gets_what_nobody_expected_as_a_problem_with_its_code_and_it_is_counted(
    interface: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def no_desk() -> Any:
        raise RuntimeError("secret of the server")

    metrics = Metrics(None)
    app: Any = Router([Mount("/api", api(no_desk)), Mount("/hooks", hooks(no_desk))])  # type: ignore[arg-type]
    path, verb = ("/api/v1/orders", "GET") if interface == "api" else ("/hooks/in/1", "POST")
    try:
        asked = {"authorization": "Bearer one", "accept_language": "id"}
        answer = await ask(Requests(app, metrics), path, verb, **asked)
        counted = (await ask(Requests(_starlette(metrics), metrics), "/metrics")).body.decode()
    finally:
        metrics.close()
    told = json.loads(answer.body)
    assert (answer.status, told["status"], told["code"]) == (500, 500, "unexpected_coded")
    assert answer.headers["content-type"] == "application/problem+json"
    code = vars(_noted(caplog))["code"]
    assert told["facts"] == {"reference": code}
    assert told["title"].startswith("Ada yang tidak beres")
    assert code in told["title"]
    assert b"secret" not in answer.body
    assert "secret of the server" in str(_noted(caplog).exc_info)
    assert "takeback_faults_total 1.0" in counted


async def test_a_code_is_counted_whether_a_person_sees_it_or_nobody_does() -> None:
    metrics = Metrics(None)
    try:
        note("it could not be drawn")
        logging.getLogger("takeback").error("this has none")
        logging.getLogger("takeback").error("the clock could not do it", exc_info=ValueError())
        counted = await ask(_starlette(metrics), "/metrics")
    finally:
        metrics.close()
    note("nobody counts any more")
    assert "takeback_faults_total 2.0" in counted.body.decode()


async def test_a_store_that_does_not_answer_in_time_is_not_ready(tmp_path: Path) -> None:
    serving = Serving.from_env({"TAKEBACK_CACHE": str(tmp_path / "cache")})
    house = House(Settings.from_env({"TAKEBACK_DATA": str(tmp_path)}), serving)
    try:
        desk = await house.process.desk()
        assert (await ask(house.app, "/readyz")).status == 200
        waiting = asyncio.gather(*(desk.look(lambda _: time.sleep(1.5)) for _ in range(12)))
        assert (await ask(house.app, "/readyz")).status == 503
        assert (await ask(house.app, "/healthz")).status == 200
        await waiting
        assert (await ask(house.app, "/readyz")).status == 200
        house.health.stop()
        assert (await ask(house.app, "/readyz")).status == 503
    finally:
        await house.process.close()
        house.metrics.close()


@pytest.mark.parametrize("one", [signal.SIGINT, signal.SIGTERM])
def test_at_a_signal_browsers_are_told_to_come_back_and_the_log_is_lines_of_json(
    one: signal.Signals, tmp_path: Path
) -> None:
    variables = {"TAKEBACK_PORT": "0", "TAKEBACK_LOG": "debug"}
    with started(tmp_path, "serve", **variables) as (process, address):
        served = Served(process, address)
        served.get("/orders/12?secret=yes", x_request_id="of-this-test")
        with connect(served.line) as line:
            process.send_signal(one)
            with pytest.raises(ConnectionClosed) as closed:
                line.recv(timeout=10)
        began = time.monotonic()
        _, complaints = process.communicate(timeout=30)
    assert time.monotonic() - began < 10
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1012
    assert process.returncode == 0
    lines = [json.loads(each) for each in complaints.splitlines()]
    (ours,) = [each for each in lines if each.get("request") == "of-this-test"]
    assert (ours["route"], ours["status"], ours["level"]) == ("page", 200, "info")
    assert not [each for each in lines if each["level"] in {"warning", "error"}]
    assert "secret" not in complaints
    assert "127.0.0.1" not in complaints


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TAKEBACK_PORT", "65536"),
        ("TAKEBACK_PORT", "eighty"),
        ("TAKEBACK_WORKERS", "0"),
        ("TAKEBACK_LOG", "loud"),
        ("TAKEBACK_PROXIES", "127.0.0.1,proxy.example"),
        ("TAKEBACK_METRICS_TOKEN", "short"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(Invalid):
        Serving.from_env({name: value})


async def come_through(proxies: tuple[str, ...], peer: str) -> str:
    """The address that is taken for the client's, of one that `peer` names."""
    found = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        found.append(scope["client"][0])

    scope = {
        "type": "http",
        "scheme": "http",
        "client": (peer, 1),
        "headers": [(b"x-forwarded-for", b"203.0.113.9")],
    }
    await ProxyHeadersMiddleware(app, list(proxies))(scope, None, None)  # type: ignore[arg-type]
    return str(found[0])


@pytest.mark.parametrize(
    ("peer", "client"),
    [
        ("127.0.0.1", "203.0.113.9"),
        ("::1", "203.0.113.9"),
        ("::ffff:127.0.0.1", "203.0.113.9"),
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "::ffff:198.51.100.7"),
    ],
)
async def test_only_a_proxy_is_believed_for_whom_it_asks(peer: str, client: str) -> None:
    assert await come_through(Serving.from_env({}).proxies, peer) == client


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("", True),
        ("198.51.100.7", False),
        ("::ffff:198.51.100.7", False),
        ("unknown", False),
    ],
)
def test_this_machine_is_known_however_its_address_is_written(address: str, *, here: bool) -> None:
    assert is_here(address) is here


def test_an_address_to_listen_at_that_is_none_is_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        (*TAKEBACK, "serve", "--host", "no such host"),
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "no such host" in done.stderr
