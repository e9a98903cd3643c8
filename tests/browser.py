"""A real Chromium at the served app: starting both, and acting by identifiers alone."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    WebSocket,
    sync_playwright,
)

from tests.chromium import chromium
from tests.semantics import ALOUD, answer, read

PICTURES = Path(__file__).parent / "pictures"
PHONE, DESK = (412, 915), (1280, 800)
PATIENCE = 30_000
"""Milliseconds a cold page may take on a busy machine."""
LOCALES = {"en": "en-GB", "id": "id-ID", "vi": "vi-VN"}
"""What a browser says it likes to read, by the language that the app speaks then."""
STILL = 8
"""How many times a picture is taken until two are the same: what counts never stands still."""
FOLLOWS = 200
"""Milliseconds in which the client follows the page: it scrolls and takes a field over some frames later."""
_HAS_FOCUS = """
    name => {
        const active = document.activeElement;
        const node = [...document.querySelectorAll(`[flt-semantics-identifier="${name}"]`)].at(-1);
        if (!node || !active?.matches('input, textarea')) return false;
        const [at, field] = [active, node].map(one => one.getBoundingClientRect());
        const [x, y] = [at.left + at.width / 2, at.top + at.height / 2];
        return field.left <= x && x <= field.right && field.top <= y && y <= field.bottom;
    }
"""
"""By where it stands: what had the focus before the semantics tree was there is no part of that."""
_ANSWERS = """
    name => {
        const node = [...document.querySelectorAll(`[flt-semantics-identifier="${name}"]`)].at(-1);
        const button = node?.hasAttribute('flt-tappable') ? node : node?.querySelector('[role=button]');
        return node && button?.ariaDisabled != 'true';
    }
"""
_ENDS_WITH = "text => document.activeElement?.value?.endsWith(text)"
_ADDRESS = re.compile(r"http://\S+?:\d+")
ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".pytest_cache" / "client"
"""The client's small forms, made by the first run in a checkout: they take a processor for 20 s."""
TAKEBACK = (sys.executable, "-c", "from app.cli import main; main()")


def environment(data: Path) -> dict[str, str]:
    """The environment of an app on a machine without a display, whose data folder is `data`."""
    unset = ("TAKEBACK_", "DISPLAY", "WAYLAND_DISPLAY")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unset)}
    return kept | {"TAKEBACK_DATA": str(data), "TAKEBACK_CACHE": str(CACHE), "PYTHONPATH": str(ROOT)}


@contextmanager
def started(data: Path, *command: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The app over the data folder as a process of its own, and the address it tells; ended at the end."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        (*TAKEBACK, *command), env=environment(data) | variables, stdout=pipe, stderr=pipe, text=True
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
def served(data: Path, **variables: str) -> Iterator[str]:
    """The address of the app over the data folder."""
    with started(data, **variables) as (_, address):
        yield address


_WITHIN_THE_HOST = "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')) }"
_WITHIN_THE_PAGE = "to => { location.hash = to }"
"""How to go to another address, of a served app and of a static site."""


@dataclass
class Tab:
    """One tab of the browser, with everything it asked for and complained about."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    taps: int = 0
    told: int = 0
    """How often the app has told it something over a line between them."""

    def __post_init__(self) -> None:
        """Listen before anything is loaded."""
        self.page.set_default_timeout(PATIENCE)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self.refused.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._written)
        self.page.on("websocket", self._connected)

    def _connected(self, line: WebSocket) -> None:
        line.on("framereceived", self._heard)

    def _heard(self, _: str | bytes) -> None:
        self.told += 1

    def _written(self, line: ConsoleMessage) -> None:
        # What the browser itself has to say is of type "error"; Flutter writes its own trouble as a "log".
        if line.type == "log" and "Flutter app loaded" not in line.text:
            self.complaints.append(line.text)

    def visit(self, route: str = "/") -> None:
        """Load an address, and switch on what screen readers see: identifiers stand nowhere else."""
        self.page.goto(f"{self.address}{route}")
        self.listen()

    def listen(self) -> None:
        """Switch the semantics tree on once the client is there."""
        self.page.wait_for_selector("flt-semantics-placeholder", state="attached")
        # Not by `evaluate`, which would wait for ever for a page that hangs.
        self.page.locator("flt-semantics-placeholder").dispatch_event("click")

    def found(self, mend: Callable[[], None]) -> None:
        """Mend what is between it and the app, and wait until it has found the app again."""
        before = self.told
        mend()
        self.until(lambda: self.told > before)
        self.page.wait_for_timeout(300)

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until it is so, wherever it is to be seen."""
        end = time.monotonic() + PATIENCE / 1000
        while not condition():
            assert time.monotonic() < end, f"still not so at {self.route}"
            self.page.wait_for_timeout(50)

    def go(self, route: str) -> None:
        """Go to an address without loading the page anew, as the browser's own ways do."""
        answer(self.page, _WITHIN_THE_PAGE if self.address.endswith("#") else _WITHIN_THE_HOST, route)

    @property
    def route(self) -> str:
        """The address it shows."""
        return self.page.url.removeprefix(self.address)

    def find(self, identifier: str) -> Locator:
        """The control with this identifier, on the top view."""
        return self.page.locator(f'[flt-semantics-identifier="{identifier}"]').last

    def shows(self, identifier: str) -> Locator:
        """Wait for it."""
        found = self.find(identifier)
        found.wait_for(state="attached")
        return found

    def tap(self, identifier: str) -> None:
        """Tap it, in its middle, as a finger does; what is not in view is scrolled to before.

        What cannot be tapped yet is waited for, as one sees it: on a busy machine the app answers late.
        """
        found = self.shows(identifier)
        self.page.wait_for_function(_ANSWERS, arg=identifier)
        before = found.bounding_box()
        found.click(trial=True)  # scrolls, and finds anew what is replaced meanwhile
        if found.bounding_box() != before:
            self.page.wait_for_timeout(FOLLOWS)
        found.click()
        self.taps += 1

    def focus(self, identifier: str) -> None:
        """Tap the field with this identifier, until what is typed goes there."""
        self.tap(identifier)
        self.page.wait_for_function(_HAS_FOCUS, arg=identifier)
        self.page.wait_for_timeout(FOLLOWS)

    def type(self, identifier: str, text: str) -> None:
        """Type into the field with this identifier, key by key, until it stands there."""
        self.focus(identifier)
        self.page.keyboard.type(text)
        self.page.wait_for_function(_ENDS_WITH, arg=text)

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

    def chosen(self, identifier: str) -> None:
        """Wait until it is the one chosen among its like."""
        self.page.locator(f'[flt-semantics-identifier="{identifier}"][aria-current="true"]').last.wait_for(
            state="attached"
        )

    def hears(self, sentence: str) -> None:
        """Wait until a screen reader was told to say `sentence`."""
        self.page.wait_for_function("sentence => said.includes(sentence)", arg=sentence)

    @property
    def said(self) -> list[str]:
        """All that a screen reader was told to say since the page was loaded."""
        return list(answer(self.page, "() => said"))

    def picture(self, name: str) -> None:
        """Keep a picture of what is to be seen, once it stands still."""
        PICTURES.mkdir(exist_ok=True)
        last, now = b"", self.page.screenshot()
        for _ in range(STILL):
            if now == last:
                break
            self.page.wait_for_timeout(100)
            last, now = now, self.page.screenshot()
        (PICTURES / f"{name}.png").write_bytes(now)

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

    def tab(
        self,
        address: str,
        size: tuple[int, int] = PHONE,
        *,
        dark: bool = False,
        language: str = "en",
        person: int | None = None,
    ) -> Tab:
        """A new tab with a memory of its own, in which `person` looked last, in a browser of `language`."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale=LOCALES[language],
        )
        self.contexts.append(context)
        context.add_init_script(ALOUD)
        if person is not None:
            kept = json.dumps(str(person))
            context.add_init_script(f"localStorage['flutter.takeback.person'] ??= JSON.stringify({kept})")
        return Tab(context.new_page(), address)

    def seen(self) -> Iterator[tuple[str, str]]:
        """The address of each tab, and what is to be seen there."""
        for page in (one for context in self.contexts for one in context.pages):
            try:
                told = [f"{one.role} {one.identifier} {one.name}".strip() for one in read(page)]
            except Error as error:
                told = [str(error)]
            yield page.url, "\n".join(filter(None, told))

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
