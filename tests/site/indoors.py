"""A house within a browser: made beforehand, moved into the site's folder there, and looked at by copies."""

import struct
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

from app.clock import wall_clock
from app.shop.demo import fill
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.browser import Browsing, Tab
from tests.journeys.chromium.house import House

BEGINS = 120_000
"""Milliseconds a site may take to begin, on a machine that is busy with everything else."""
STORE = "takeback.db"
PAGE, MARK = 4096, 0x54414B42
"""How `lasting.js` lays out a file: a page that says what it holds, then its content."""
FILES = """
    async folder => {
        const kept = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder);
        const files = [];
        for await (const handle of kept.values()) {
            const file = new Uint8Array(await (await handle.getFile()).arrayBuffer());
            if (file.length < 4096) continue;
            const length = new DataView(file.buffer).getUint32(8);
            const path = new TextDecoder().decode(file.subarray(16, 16 + length));
            const letters = Array.from(file.subarray(4096), (byte) => String.fromCharCode(byte));
            if (path) files.push([path, btoa(letters.join(''))]);
        }
        return files;
    }
"""
"""Path and content of each file that lasts."""
MOVED_IN = """
    async ([folder, name, content]) => {
        const root = await navigator.storage.getDirectory();
        const kept = await root.getDirectoryHandle(folder, { create: true });
        const file = await (await kept.getFileHandle(name, { create: true })).createWritable();
        await file.write(Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)));
        await file.close();
    }
"""


def brought(tab: Tab, folder: Path) -> Path:
    """The store that the page keeps, copied out of the browser as it lies there."""
    folder.mkdir()
    for path, content in tab.page.evaluate(FILES, _kept(tab)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b64decode(content))
    return folder / STORE


def move_in(tab: Tab, store: Path) -> None:
    """Put the store where the site will find it; the page is at the site's host afterwards."""
    tab.page.goto(f"{tab.address.rstrip('#')}icon.png")
    content = _slot(STORE) + store.read_bytes()
    tab.page.evaluate(MOVED_IN, [_kept(tab), str(uuid4()), b64encode(content).decode()])


def _kept(tab: Tab) -> str:
    return quote(urlsplit(tab.address).path, safe="")


def _slot(path: str) -> bytes:
    """The first page of a file that holds what is at `path`, given away once."""
    name, turn = path.encode(), 1
    summed = reduce(lambda total, byte: (total ^ byte) * 0x01000193 & 0xFFFFFFFF, name, turn ^ MARK)
    return (struct.pack(">IIII", MARK, turn, len(name), summed) + name).ljust(PAGE, b"\0")


class Indoors(House):
    """A house with one room: what is in the store is prepared before the tab comes, and copied out after."""

    def __init__(self, folder: Path, address: str) -> None:
        self._folder, self._copies = folder, 0
        self._open = open_shop(f"sqlite:///{folder / STORE}", wall_clock)
        self._tab: Tab | None = None
        fill(self._open, orders=200)
        super().__init__(self._open, f"{address}#")

    @property
    def shop(self) -> Shop:
        """The store as it is now."""
        if self._tab is not None:
            self.close()
            self._copies += 1
            copy = brought(self._tab, self._folder / str(self._copies))
            self._open = open_shop(f"sqlite:///{copy}", wall_clock)
        return self._open

    @shop.setter
    def shop(self, shop: Shop) -> None:
        self._open = shop

    def furnish(self, tab: Tab) -> None:
        """Close the store, and move it into the browser of this tab."""
        self.close()
        move_in(tab, self._folder / STORE)
        self._tab = tab

    def close(self) -> None:
        """Let go of it."""
        self._open.close()


class Furnished(Browsing):
    """A browser in which the first tab finds the house's store."""

    house: Indoors

    def tab(self, *given: Any, **named: Any) -> Tab:
        """A new tab."""
        tab = super().tab(*given, **named)
        tab.page.set_default_timeout(BEGINS)
        self.house.furnish(tab)
        return tab


@contextmanager
def furnished(browser: Browsing, house: Indoors) -> Iterator[Furnished]:
    """The browser, with that house."""
    inside = Furnished(browser.browser, browser.contexts)
    inside.house = house
    yield inside
    house.close()
