"""What `assets/serve` has for who runs the app for others: it names what there is, by its right name."""

import re
from pathlib import Path

import pytest

from app.home import ASSETS
from app.server.client import OURS
from app.server.ending import CLOSE_SECONDS, GOODBYE_SECONDS
from app.server.health import READY_SECONDS
from app.server.running import LARGEST_FRAME, PING_SECONDS
from app.server.workers import COOKIE, MARGIN_SECONDS
from app.settings import VARIABLES, Serving
from app.ui.files import MOST
from tests.browser import ROOT

FOLDER = ASSETS / "serve"
NGINX = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
UNIT = (FOLDER / "takeback.service").read_text(encoding="utf-8")
CONTAINER = (FOLDER / "Containerfile").read_text(encoding="utf-8")


def told(text: str, name: str) -> str:
    """What a line of a configuration says."""
    found = re.search(rf"^\s*{name}[ =]+(.+?);?$", text, re.MULTILINE)
    assert found, name
    return found[1]


def test_nginx_sends_each_browser_to_the_worker_that_its_cookie_names() -> None:
    assert re.fullmatch(r"\w+", COOKIE)  # nginx can name no other
    ports = re.findall(r"^    (\d+) +takeback_\1;$", NGINX, re.MULTILINE)
    assert f"map $cookie_{COOKIE} $takeback_worker" in NGINX
    first = Serving.from_env({}).port + 1
    assert ports == [str(first + number) for number in range(len(ports))]
    assert len(ports) == int(re.findall(r"--workers (\d+)", NGINX)[0])
    for port in ports:
        own = re.search(
            rf"upstream takeback_{port} {{ server 127\.0\.0\.1:(\d+)[^;]*; server [\d.:]+ backup", NGINX
        )
        assert own
        assert own[1] == port
    assert re.findall(r"^    server 127\.0\.0\.1:(\d+);$", NGINX, re.MULTILINE) == ports
    assert told(NGINX, "proxy_pass") == "http://$takeback_worker"


def test_nginx_lets_through_what_the_app_takes_and_says_for_whom() -> None:
    assert int(told(NGINX, "client_max_body_size").removesuffix("m")) << 20 == MOST
    assert int(told(NGINX, "proxy_read_timeout").removesuffix("s")) > 2 * PING_SECONDS
    assert told(NGINX, "proxy_set_header X-Forwarded-For") == "$remote_addr"
    assert told(NGINX, "proxy_set_header X-Forwarded-Proto") == "$scheme"
    assert told(NGINX, "proxy_set_header X-Request-ID") == "$request_id"
    assert told(NGINX, "proxy_set_header Host") == "$http_host"  # with the port: an origin has it too
    assert "metrics" in told(NGINX, "location ~")
    assert LARGEST_FRAME < MOST


def test_who_stops_it_waits_as_long_as_it_may_take() -> None:
    assert int(told(UNIT, "TimeoutStopSec")) > GOODBYE_SECONDS + CLOSE_SECONDS + MARGIN_SECONDS
    assert told(UNIT, "KillMode") == "mixed"  # the signal is for who keeps the workers
    assert told(CONTAINER, "STOPSIGNAL") == "SIGTERM"
    assert "/readyz" in told(CONTAINER, "HEALTHCHECK")
    assert READY_SECONDS < 2


@pytest.mark.parametrize("text", [NGINX, UNIT, CONTAINER], ids=["nginx", "systemd", "container"])
def test_every_setting_that_is_named_is_one(text: str) -> None:
    named = set(re.findall(r"TAKEBACK_\w+", text))
    assert named
    assert named <= set(VARIABLES)


def test_the_readme_names_them_and_no_page_can_ask_for_them() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in sorted(Path(FOLDER).iterdir()):
        assert f"assets/serve/{path.name}" in readme
    assert FOLDER.name not in OURS
