"""Where one is: the address as the screens show it, the way back, and what the keys of a keyboard do."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import flet as ft

from app.ui import routes
from app.ui.stack import path_of
from app.ui.title import title
from app.ui.topmost import Topmost

OnKey = Callable[[str], None]

LOST = (RuntimeError, TimeoutError, AttributeError)
"""What calling a client ends with that is no longer there."""
CLOSES = 1.0
"""Seconds after which a dialog is taken for closed, whether or not the client has said so."""
_CLOSING = ("W", "Q")
"""With Ctrl or Command they close the window; a browser keeps them for itself."""


class Navigation:
    """The address of one window. The client is told of it, and not waited for, then its screens are shown."""

    def __init__(self, page: ft.Page) -> None:
        self._page = page
        self._app = page.title or ""
        self._show: Callable[[str], None] | None = None
        self._told: deque[str] = deque()
        self._client = page.route
        """The address the client was at when it last said so."""
        self.address = routes.opened(page.route or "/")
        self.below: str | None = None
        """The address of the screen below; None at the bottom."""
        self.lists: Topmost[OnKey] = Topmost()
        """What the keys do that move in the list on the screen."""
        self.searches: Topmost[Callable[[], None] | None] = Topmost()
        """What Esc leaves before it goes back: a search within the list, None while there is none."""
        self.on_list = self.beside_list = False
        """Whether a list is what one is at, or stands beside it: else its keys are not meant for it."""
        self._modals: dict[object, Callable[[], None]] = {}
        self._closing: asyncio.TimerHandle | None = None

    def attend(self, show: Callable[[str], None]) -> None:
        """From now on `show` draws the screens of an address; the client's own ways lead here as well."""
        self._show = show
        self._page.on_route_change = lambda e: self._moved(e.route)
        self._page.on_view_pop = lambda _: self.back()
        self._client = self._page.route
        if self._page.route and not self._told:  # it may have changed while nobody listened
            self._moved(self._page.route)

    def returned(self) -> None:
        """The client is back: what it was told may have been lost."""
        self._told.clear()
        # Elsewhere than it was, it was led there by its person, and says so next.
        if self._page.route == self._client != self.address:
            self._tell(self.address)

    def link(self, address: str) -> str:
        """`address` as it is opened from elsewhere."""
        here = urlsplit(self._page.url or "")  # that of the connection: ws or wss
        scheme = "https" if here.scheme in ("https", "wss") else "http"
        return f"{scheme}://{here.netloc}{address}"

    def go(self, address: str) -> None:
        """Show the screens of `address`.

        The client is told first: while a screen is shown of which the browser's history does not know yet,
        the browser's own way back leaves the screen before it as well.
        """
        if address != self.address:
            self.address = address
            if self._page.session.connection:
                self._tell(address, self._arrive)
            else:  # told when it is back
                self._arrive(address)

    def follow(self, address: str, within: str) -> bool:
        """Show the screens of `address` to who is at `within` or above it; whether that is so."""
        here = path_of(self.address).startswith(within)
        if here:
            self.go(address)
        return here

    def _tell(self, address: str, then: Callable[[str], None] | None = None) -> None:
        async def call() -> None:
            # The client answers a call after it has told of its new address, so nothing of it is to come.
            with suppress(*LOST):
                await self._page.push_route(address)
            if address in self._told:
                self._told.remove(address)

        async def tell() -> None:
            calling = asyncio.ensure_future(call())
            await asyncio.sleep(0)  # now it is on its way
            if then is not None and address == self.address:
                then(address)
            await calling

        self._told.append(address)
        self._page.run_task(tell)

    def back(self) -> None:
        """Show the screen below."""
        if self.below is not None:
            self.go(self.below)

    def _moved(self, address: str) -> None:
        self._client = address
        # Its answers to `go` come late: they must not undo what was tapped since.
        if address in self._told:
            while self._told.popleft() != address:
                pass
        else:
            self._arrive(routes.opened(address))

    def _arrive(self, address: str) -> None:
        self.address = address
        self.entitle()
        if self._modals:
            # The client leaves a dialog open below the next screen where both change at once (Flet 1.0.5).
            for close in self._modals.values():
                close()
            self._closing = asyncio.get_running_loop().call_later(CLOSES, self._uncovered)
        elif self._show is not None:
            self._show(address)

    def covered(self, modal: object, close: Callable[[], None]) -> None:
        """A dialog stands above the screens; who goes elsewhere has it closed before."""
        self._modals[modal] = close

    @property
    def under_dialog(self) -> bool:
        """Whether a dialog stands above the screens."""
        return bool(self._modals)

    def uncovered(self, modal: object) -> None:
        """A dialog is gone from the screen."""
        if self._modals.pop(modal, None) is not None and not self._modals:
            self._uncovered()

    def _uncovered(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
        self._modals.clear()
        if self._show is not None:
            self._show(self.address)

    def entitle(self) -> None:
        """Name the window after its screen, in the language spoken now."""
        self._page.title = title(self.address, self._app)

    def press(self, e: ft.KeyboardEvent) -> None:
        """A key was pressed."""
        if e.key in _CLOSING and (e.ctrl or e.meta) and not self._page.web:
            self._page.run_task(self._close)
        if self._modals:
            return
        if e.key == "Escape":
            leave = self.searches.value if self.on_list else None
            (leave or self.back)()
        elif (on_key := self.lists.value) and (self.on_list or self.beside_list) and self._page.web:
            # Elsewhere the client moves the focus with these keys, and Enter presses what has it.
            on_key(e.key)

    async def _close(self) -> None:
        with suppress(RuntimeError):  # the window is gone before it can answer
            await self._page.window.close()  # type: ignore[no-untyped-call]
