"""Looking at the app in a test: one window of one person, a machine that is busy, a store that is broken."""

import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flet as ft

from app.shop.gateway import SMOOTH, Script
from app.shop.shop import Actor, Shop
from app.ui.app import App
from app.ui.desk import Desk
from app.ui.state import use_window_unwatched
from tests.actions.steps import MAI, run
from tests.client import nodes
from tests.conftest import Clock
from tests.headless import Phone
from tests.launch import Launched, launched

WIDE = (1280, 800)


@dataclass(frozen=True, slots=True)
class Look:
    """Where the store is, what time it is, and how money is paid back."""

    url: str
    folder: Path
    clock: Clock
    script: Script = SMOOTH

    def launched(self) -> AbstractAsyncContextManager[Launched]:
        """The app, without a window yet."""
        return launched(self.url, self.folder, self.clock, script=self.script)

    @asynccontextmanager
    async def at(
        self,
        route: str = "/",
        person: Actor = MAI,
        *,
        fails: bool = False,
        kept: dict[str, str] | None = None,
        **options: Any,
    ) -> AsyncIterator[Phone]:
        """The app as `person` sees it who opens `route`; ends with the client's tree compared.

        `kept` is what their device remembers besides; `fails`: something nobody expects is to happen, and the
        log is to hold it.
        """
        async with self.launched() as app:
            remembered = {"takeback.person": str(person.id)} | (kept or {})
            phone = await app.open(route, kept=remembered, **options)
            yield phone
            if fails:
                assert app.faults.told
                app.faults.told.clear()


class Busy:
    """A machine with no thread to spare: what is asked of the store is answered when it is free again."""

    def __init__(self) -> None:
        self._free = threading.Event()

    def begin(self, desk: Desk) -> None:
        """Take every thread."""
        threads = desk._threads
        assert threads is not None
        for _ in range(threads._max_workers):
            threads.submit(self._free.wait)

    def end(self) -> None:
        """Let them go."""
        self._free.set()


@asynccontextmanager
async def busy(phone: Phone) -> AsyncIterator[None]:
    """The machine is busy meanwhile."""
    machine = Busy()
    machine.begin(await phone.process.desk())
    try:
        yield
    finally:
        machine.end()


@contextmanager
def broken(shop: Shop, table: str) -> Iterator[None]:
    """A store in which a table is not where it should be."""
    run(shop, f"ALTER TABLE {table} RENAME TO elsewhere")
    try:
        yield
    finally:
        run(shop, f"ALTER TABLE elsewhere RENAME TO {table}")


def once_before(act: Callable[[Desk], None]) -> Callable[..., Any]:
    """The app, with something happening between its opening and its first drawing."""

    @ft.component
    def Late() -> Any:
        desk = use_window_unwatched()._desk
        assert desk is not None
        ft.use_memo(lambda: act(desk), [])
        return App()

    return Late


async def scroll(phone: Phone, pixels: float, most: float) -> None:
    """Scroll the list on the screen so far, of so many pixels."""
    await _scrolled(phone, {"event_type": "update", "pixels": pixels, "max_scroll_extent": most})


async def scroll_on(phone: Phone) -> None:
    """Begin to scroll the list on the screen, by hand."""
    begun = {"event_type": "user", "direction": "reverse", "pixels": 10.0, "max_scroll_extent": 4_000}
    await _scrolled(phone, begun)


async def pull(phone: Phone, pixels: float) -> None:
    """Pull the list on the screen down beyond its top."""
    beyond = {"event_type": "overscroll", "pixels": 0.0, "overscroll": -pixels, "velocity": 0.0}
    await _scrolled(phone, beyond | {"max_scroll_extent": 4_000})


async def _scrolled(phone: Phone, where: dict[str, Any]) -> None:
    column = next(nodes(phone.views[-1], "ListView"))
    extent = {"min_scroll_extent": 0.0, "viewport_dimension": 700.0}
    await phone._event(column, "scroll", where | extent)
