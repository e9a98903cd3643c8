"""A real Chromium at the served app: finding one, starting both, and acting by identifiers alone."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PICTURES = Path(__file__).parent / "pictures"
PHONE, DESK = (412, 915), (1280, 800)
PATIENCE = 30_000
"""Milliseconds a cold page may take on a busy machine."""
_ADDRESS = re.compile(r"http://\S+?:\d+")
ROOT = Path(__file__).parent.parent
TAKEBACK = (sys.executable, "-c", "from app.cli import main; main()")


def chromium(playwright: Playwright) -> Path:
    """The Chromium to use: the one that is named, that is installed, that Playwright has or can get.

    Fails with what to do where there is none and none can be had.
    """
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return Path(found)
    own = Path(playwright.chromium.executable_path)
    for install in _INSTALLS:
        if own.exists():
            return own
        subprocess.run(install, check=False, capture_output=True, timeout=600)
        if found := next(filter(None, map(shutil.which, NAMES)), None):
            return Path(found)
    if own.exists():
        return own
    raise RuntimeError("there is no Chromium here and none could be installed: name one in CHROMIUM")


_APT: tuple[tuple[str, ...], ...] = (("apt-get", "update"), ("apt-get", "install", "-y", "chromium"))
_INSTALLS = (
    (sys.executable, "-m", "playwright", "install", "chromium"),
    *(_APT if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") else ()),
)


def environment(data: Path) -> dict[str, str]:
    """The environment of an app on a machine without a display, whose data folder is `data`."""
    unset = ("TAKEBACK_", "DISPLAY", "WAYLAND_DISPLAY")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unset)}
    return kept | {"TAKEBACK_DATA": str(data), "PYTHONPATH": str(ROOT)}


@contextmanager
def started(data: Path, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The app over the data folder as a process of its own, and the address it tells; ended at the end."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        TAKEBACK, env=environment(data) | variables, stdout=pipe, stderr=pipe, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process, next(found.group() for line in process.stdout if (found := _ADDRESS.search(line)))
        finally:
            if process.poll() is None:
                process.terminate()
                _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    try:
        process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


@contextmanager
def served(data: Path) -> Iterator[str]:
    """The address of the app over the data folder."""
    with started(data) as (_, address):
        yield address


@dataclass
class Tab:
    """One tab of the browser, with everything it asked for and complained about."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen before anything is loaded."""
        self.page.set_default_timeout(PATIENCE)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self.refused.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def visit(self, route: str = "/") -> None:
        """Load an address, and switch on what screen readers see: identifiers stand nowhere else."""
        self.page.goto(f"{self.address}{route}")
        self.listen()

    def listen(self) -> None:
        """Switch the semantics tree on once the client is there."""
        self.page.wait_for_selector("flt-semantics-placeholder", state="attached")
        self.page.evaluate("document.querySelector('flt-semantics-placeholder').click()")

    def find(self, identifier: str) -> Locator:
        """The control with this identifier, on the top view."""
        return self.page.locator(f'[flt-semantics-identifier="{identifier}"]').last

    def shows(self, identifier: str) -> Locator:
        """Wait for it."""
        found = self.find(identifier)
        found.wait_for(state="attached")
        return found

    def tap(self, identifier: str) -> None:
        """Tap it, in its middle, as a finger does."""
        self.shows(identifier).click()

    def type(self, identifier: str, text: str) -> None:
        """Type into the field with this identifier, key by key."""
        self.tap(identifier)
        self.page.keyboard.type(text)

    def gone(self, identifier: str) -> None:
        """Wait until it is no longer there."""
        self.find(identifier).wait_for(state="detached")

    def reads(self, part: str) -> None:
        """Wait until `part` can be read somewhere."""
        self.page.wait_for_function(
            "part => document.querySelector('flt-semantics-host')?.textContent.includes(part)"
            " || [...document.querySelectorAll('[aria-label]')].some(e => e.ariaLabel.includes(part))",
            arg=part,
        )

    def picture(self, name: str) -> None:
        """Keep a picture of what is to be seen, once it stands still."""
        PICTURES.mkdir(exist_ok=True)
        self.page.wait_for_timeout(600)
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def elsewhere(self) -> list[str]:
        """What went to another host. The policy's refusals count as not sent: nothing left the machine."""
        own = urlsplit(self.address).netloc
        return [
            url
            for url in self.asked
            if url not in self.refused and urlsplit(url.removeprefix("blob:")).netloc not in (own, "")
        ]


@dataclass
class Browsing:
    """A running browser."""

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)

    def tab(self, address: str, size: tuple[int, int] = PHONE, *, dark: bool = False) -> Tab:
        """A new tab, with a memory of its own."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        return Tab(context.new_page(), address)

    def close_tabs(self) -> None:
        """Close them all, and forget what they kept."""
        while self.contexts:
            self.contexts.pop().close()


@contextmanager
def browsing() -> Iterator[Browsing]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not start for root, which is who runs in most containers.
        options = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=options)
        yield Browsing(browser)
        browser.close()
