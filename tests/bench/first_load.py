"""First and second load, in bytes, against a bare Flet app: `uv run python -m tests.bench.first_load`."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, sync_playwright

from app.server.client import Client
from app.server.pressed import Pressed
from tests.browser import ROOT, started
from tests.chromium import chromium

QUIET_MS = 2_000
"""A page that asked for nothing for so long has loaded."""


@dataclass
class Load:
    """What one visit brought over the network, by address, in bytes; nothing of what was kept."""

    sent: dict[str, int] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """All of it, with the heads of the answers."""
        return sum(self.sent.values())


def load(context: BrowserContext, address: str) -> Load:
    """Visit `address` until nothing more is asked for."""
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    told, urls, last = Load(), {}, time.monotonic()

    def asked(event: dict) -> None:  # type: ignore[type-arg]
        nonlocal last
        last = time.monotonic()
        urls[event["requestId"]] = event["request"]["url"]

    def came(event: dict) -> None:  # type: ignore[type-arg]
        nonlocal last
        last = time.monotonic()
        url = urls.get(event["requestId"], "")
        if url.startswith("http"):
            told.sent[url] = told.sent.get(url, 0) + int(event["encodedDataLength"])
            told.hosts.add(url.split("/")[2])

    line.on("Network.requestWillBeSent", asked)
    line.on("Network.loadingFinished", came)
    page.goto(address)
    page.wait_for_selector("flt-semantics-placeholder", state="attached", timeout=60_000)
    while time.monotonic() - last < QUIET_MS / 1000:
        page.wait_for_timeout(200)
    page.close()
    return told


@contextmanager
def bare() -> Iterator[tuple[int, str]]:
    """The process and the address of a bare Flet app."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.bench.bare", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"FLET_FORCE_WEB_SERVER": "1"}) as process:
        try:
            for _ in range(100):
                with socket.socket() as line:
                    if line.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield process.pid, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def pressed(folder: Path) -> None:
    """Have all small forms made beforehand, as a server has that has run for a minute."""
    client = Client()
    Pressed(folder).press([*client.files.values(), *client.own.values()])


def main() -> None:
    """Print the bytes and the ratios."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        cache = Path(folder, "cache")
        pressed(cache)
        browser = playwright.chromium.launch(executable_path=chromium(playwright))
        serving = {"TAKEBACK_CACHE": str(cache), "TAKEBACK_PORT": "0"}
        with started(Path(folder, "data"), "serve", **serving) as (_, address), bare() as (_, other):
            context = browser.new_context()
            first, second = load(context, address), load(context, address)
            plain = load(browser.new_context(), other)
        for url, size in sorted(first.sent.items(), key=lambda one: -one[1]):
            print(f"{size:>10} {url.split('/', 3)[3]}")
        print(f"bare app    {plain.total:>10}")
        print(f"first load  {first.total:>10} {first.total / plain.total:.3f}x")
        print(f"second load {second.total:>10} {second.total / plain.total:.5f}x")


if __name__ == "__main__":
    main()
