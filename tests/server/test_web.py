"""The served page: who may come in, what it may load, how it starts and how it ends."""

import http.client
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from app.server.client import Client
from app.server.web import listening
from app.shop.rules.errors import Invalid
from tests.browser import ROOT, TAKEBACK, environment, served, started


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the app is served."""
    with served(tmp_path_factory.mktemp("data")) as told:
        yield told


def get(address: str, path: str, **headers: str) -> http.client.HTTPResponse:
    """What a request is answered."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def line_of(address: str) -> str:
    """The address of the page's connection."""
    return address.replace("http", "ws", 1) + "/ws"


def test_the_page_loads_from_its_own_server_only(address: str) -> None:
    answer = get(address, "/")
    policy = answer.headers["content-security-policy"]
    words = {word for directive in policy.split(";") for word in directive.split()[1:]}
    hashes = {word for word in words if word.startswith("'sha256-")}
    assert hashes
    assert words - hashes == {"'none'", "'self'", "'unsafe-inline'", "'wasm-unsafe-eval'", "blob:", "data:"}
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert answer.headers["access-control-allow-origin"] is None


@pytest.mark.parametrize("name", ["", "flutter_bootstrap.js", "canvaskit/skwasm.js"])
def test_the_client_is_not_led_to_draw_in_a_second_thread(address: str, name: str) -> None:
    answer = get(address, f"{Client().prefix}{name}" if name else "/")
    assert answer.status == 200
    assert answer.headers["cross-origin-embedder-policy"] is None


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/oauth_callback"])
def test_nothing_is_served_that_nobody_asked_for(address: str, path: str) -> None:
    answer = get(address, path)
    page = get(address, "/")
    assert answer.status == 404 or answer.headers["content-length"] == page.headers["content-length"]


@pytest.mark.parametrize("query", ["", "?f=x.json&e=2999-01-01T00:00:00%2B00:00&s=0"])
def test_no_file_comes_in_under_an_address_that_was_not_signed(address: str, query: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    connection.request("PUT", f"/upload{query}", body=b"hello")
    assert connection.getresponse().status in (400, 403)
    connection.close()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_a_page_under_another_name_is_refused(address: str, host: str) -> None:
    assert get(address, "/", host=host).status == 403


def test_a_connection_from_another_page_is_refused(address: str) -> None:
    line = line_of(address)
    with connect(line, origin=Origin(address)):
        pass
    for origin in ("http://evil.example", "http://localhost:1", "null"):
        with pytest.raises(InvalidStatus, match="403"), connect(line, origin=Origin(origin)):
            pass


@pytest.mark.parametrize("one", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_without_a_word(one: signal.Signals, tmp_path: Path) -> None:
    with started(tmp_path) as (process, address), connect(line_of(address)):
        process.send_signal(one)
        _, complaints = process.communicate(timeout=30)
    assert (process.returncode, complaints) == (0, "")


def test_where_no_window_can_be_had_the_page_is_served(tmp_path: Path) -> None:
    nowhere = {"DISPLAY": ":99", "HOME": str(tmp_path), "FLET_CLIENT_URL": "http://127.0.0.1:1/none"}
    with started(tmp_path, **nowhere) as (process, address):
        assert get(address, "/").status == 200
        process.terminate()
        _, complaints = process.communicate(timeout=30)
    assert (process.returncode, complaints) == (0, "")


def test_a_store_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "takeback.db").write_text("not a store " * 1000)
    done = subprocess.run(
        TAKEBACK, env=environment(tmp_path), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_nothing_before_the_first_picture_imports_the_store() -> None:
    program = (
        "import sys, app.start, app.server.web;"
        "print(*{'sqlmodel', 'sqlalchemy', 'alembic', 'typer', 'rich', 'portalocker'} & {*sys.modules})"
    )
    done = subprocess.run([*TAKEBACK[:2], program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == []


def test_a_port_that_is_taken_is_refused() -> None:
    with listening(0) as taken, pytest.raises(Invalid, match="port_not_free"):
        listening(taken.getsockname()[1])


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(Invalid, match="port_not_free"):
        listening(port)
