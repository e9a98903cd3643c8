"""The app in a real window, the way a person goes: `uv run python -m tests.desktop`.

Needs Xvfb, xdotool and ImageMagick's `import`, and the program that shows Flet's windows: Flet downloads it
at first use, or takes it from the folder that `FLET_VIEW_PATH` names. It fails at the first thing that is not
as it should be, and leaves its pictures in tests/pictures.
"""

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.clock import wall_clock
from app.shop.demo import fill
from app.shop.store import open_shop
from tests.browser import PICTURES, TAKEBACK, environment

SCREEN = (1600, 1000)
FIRST = (210, 90, 1180, 820)
"""Left, top, width and height of a first window, in the middle of that screen."""
PHONE = (140, 70, 412, 800)
SETTLED, PATIENCE = 1.5, 40
"""Seconds until the window stands still after each step, and that a step may take."""
RAIL_ORDERS, FIRST_CARD, CANCEL_ORDER = (44, 200), (280, 300), (820, 780)
"""Where these are in a first window."""


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """A screen without a display, as the environment of what draws on it."""
    reader, writer = os.pipe()
    size = f"{SCREEN[0]}x{SCREEN[1]}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        yield {"DISPLAY": f":{os.read(reader, 16).decode().strip()}", "LIBGL_ALWAYS_SOFTWARE": "1"}
    finally:
        server.terminate()
        server.wait()


@dataclass
class Window:
    """The app's window."""

    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    number: str = ""

    def _tool(self, *words: object) -> str:
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def appear(self) -> None:
        """Wait for it, and for what it shows."""
        end = time.monotonic() + PATIENCE
        while not self.number:
            assert time.monotonic() < end, "there is no window"
            assert self.process.poll() is None, "the app has ended"
            self.number = self._tool("search", "--onlyvisible", "--name", "Takeback").partition("\n")[0]
            time.sleep(0.2)
        time.sleep(3 * SETTLED)
        self._tool("windowfocus", self.number)

    def stands(self, expected: tuple[int, int, int, int]) -> None:
        """Fail where it does not stand there."""
        told = self._tool("getwindowgeometry", self.number)
        found = tuple(map(int, re.findall(r"-?\d+", told.replace("screen: 0", ""))[1:5]))
        assert found == expected, f"it stands at {found}, not {expected}"

    def named(self, title: str) -> None:
        """Wait until it is called that."""
        end = time.monotonic() + PATIENCE
        while (name := self._tool("getwindowname", self.number)) != title:
            assert time.monotonic() < end, f"it is called {name}, not {title}"
            time.sleep(0.1)
        time.sleep(SETTLED)

    def click(self, at: tuple[int, int]) -> None:
        """Click there, in the window."""
        self._tool("mousemove", "--window", self.number, *at, "click", 1)
        time.sleep(SETTLED)

    def press(self, key: str) -> None:
        """Press a key; what comes of it is to be waited for."""
        self._tool("key", key)

    def stand(self, left: int, top: int, width: int, height: int) -> None:
        """Move and size it."""
        self._tool("windowsize", self.number, width, height, "windowmove", self.number, left, top)
        time.sleep(2 * SETTLED)

    def picture(self, name: str) -> None:
        """Keep a picture of it."""
        PICTURES.mkdir(exist_ok=True)
        file = PICTURES / f"desktop-{name}.png"
        subprocess.run(["import", "-window", self.number, file], env=self.environment, check=True)
        print(f"picture       {file.name}")

    def ended(self) -> None:
        """Wait until its program has ended, as it should."""
        start = time.monotonic()
        assert self.process.wait(PATIENCE) == 0
        print(f"ended after   {time.monotonic() - start:.1f} s")


@contextmanager
def shown(variables: dict[str, str]) -> Iterator[Window]:
    """The app in its window; ended at the end, however that comes."""
    process = subprocess.Popen(TAKEBACK, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    window = Window(process, variables)
    try:
        window.appear()
        yield window
    finally:
        while process.poll() is None:
            process.terminate()
            time.sleep(1)


def first_time(window: Window) -> None:
    """Go to an order and its cancel dialog, back by the one key, and leave with the window elsewhere."""
    window.stands(FIRST)
    window.named("Takeback")
    window.picture("profile")
    window.click(RAIL_ORDERS)
    window.named("Orders – Takeback")
    window.click(FIRST_CARD)
    window.named("Order – Takeback")
    window.picture("order")
    window.click(CANCEL_ORDER)
    window.picture("cancel")
    for title in ("Order – Takeback", "Orders – Takeback", "Takeback", "Takeback"):
        window.press("Escape")
        window.named(title)
    window.stand(*PHONE)
    window.picture("phone")
    window.press("ctrl+w")
    window.ended()


def second_time(window: Window) -> None:
    """It stands where it was left; told to end, it does."""
    window.stands(PHONE)
    window.process.send_signal(signal.SIGTERM)
    window.ended()


def main() -> None:
    """Go the way twice, over a demo store."""
    with tempfile.TemporaryDirectory() as folder, screen() as display:
        data = Path(folder)
        with closing(open_shop(f"sqlite:///{data / 'takeback.db'}", wall_clock)) as shop:
            fill(shop, orders=300)
        variables = environment(data) | display | {"TAKEBACK_LANGUAGE": "en"}
        for way in (first_time, second_time):
            with shown(variables) as window:
                way(window)


if __name__ == "__main__":
    main()
