"""The site, made once for a run; a host of its own for each test, and a browser."""

import sys
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import portalocker
import pytest

from app.packaging.packed import FIRST, REST
from app.packaging.site import build_site
from tests.browsers import browser, chromium

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["browser", "chromium"]

UNDER = "/shop/today/"
"""Where on its host the site is."""


class _Files(SimpleHTTPRequestHandler):
    """Files as any host serves them: it only knows their kinds."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".js": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_said: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """What is served is looked at anew each time, so that a newer site is seen."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address of a host that serves `folder`, without a slash at its end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@contextmanager
def archives(site: Path) -> Iterator[tuple[tarfile.TarFile, tarfile.TarFile]]:
    """What of Python a page fetches at first, and what later."""
    with ExitStack() as opened:
        packed = [opened.enter_context(zstd.open(site / name)) for name in (FIRST, REST)]
        first, rest = (opened.enter_context(tarfile.open(fileobj=one)) for one in packed)
        yield first, rest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a journey's looks each has one here, and others than its neighbour; at full size, all."""
    if config.getoption("--full"):
        return
    looks: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.path.name == "test_journeys.py" and item.path.parent == Path(__file__).parent:
            looks.setdefault(getattr(item, "originalname", item.name), []).append(item)
    kept = {id(one[n % len(one)]) for n, one in enumerate(looks.values())}
    left = [item for one in looks.values() for item in one if id(item) not in kept]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site's folder; of all who test at one time, one makes it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    made = shared / "site"
    with portalocker.Lock(shared / "site.lock", timeout=600):
        if not made.exists():
            build_site(made)
    return made


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the site, below another path of its host."""
    root = tmp_path / "host"
    (root / UNDER.strip("/")).parent.mkdir(parents=True)
    (root / UNDER.strip("/")).symlink_to(site, target_is_directory=True)
    with hosted(root) as address:
        yield address + UNDER
