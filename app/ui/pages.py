"""Endless paging: each page of a list reads itself, from below where the one before it ended."""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from app.ui import theme
from app.ui.arrows import Rows
from app.ui.leaving import FRAME
from app.ui.parts.frame import Scroll
from app.ui.parts.tap import Plain
from app.ui.state import stop, use_window_unwatched
from app.ui.texts import t

AHEAD = 800
"""Pixels before the end at which the next page is asked for."""
PULL = 60
"""Pixels to pull a list down beyond its top until it reads again."""
DRAWN = (FRAME, 0.4, 0.8, 1.6)
"""Seconds between asking the client to scroll to a row: what it has not drawn yet it cannot scroll to."""
SEEN = 0.6
"""Seconds for which is shown that it reads again: what is faster could not be seen."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which page this is: `index` of the list `of`, holding what comes after `before`."""

    of: Any
    index: int
    before: Any


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the list `of` is scrolled: pages `shown`, and where each of those that were read `ends`."""

    of: Hashable
    shown: int = 1
    ends: tuple[Any, ...] = ()

    @property
    def more(self) -> bool:
        """Whether a further page can be shown."""
        return len(self.ends) >= self.shown and self.ends[self.shown - 1] is not None

    def places(self) -> tuple[Place, ...]:
        """The pages to show."""
        befores = (None, *self.ends[: self.shown - 1])
        return tuple(Place(self.of, index, before) for index, before in enumerate(befores))

    def further(self) -> "Reached":
        """One page more."""
        return replace(self, shown=self.shown + 1) if self.more else self

    def ended(self, place: Place, end: Any, *, short: bool = False) -> "Reached":
        """A page was read up to `end` (None: it was the last); what begins there may have moved.

        A `short` page does not fill a screen, so nobody could scroll to its end.
        """
        known = self if self.of == place.of else Reached(place.of)
        known = replace(known, ends=(*known.ends[: place.index], end, *known.ends[place.index + 1 :]))
        return known.further() if short and place.index == known.shown - 1 else known


Report = Callable[[Place, Any, bool], None]


@ft.component
def _Pages(
    page: Callable[..., ft.Control], of: Hashable, rows: Rows, marked: int | None, *props: Any
) -> ft.Control:
    """A scrolling list of `page(place, report, rows, marked, *props)`, as far as one has scrolled."""
    reached, reach = ft.use_state(Reached(of))
    if reached.of != of:
        reached = Reached(of)
    report = ft.use_callback(
        lambda place, end, short: reach(lambda now: now.ended(place, end, short=short)), []
    )

    def further() -> None:
        reach(lambda now: (now if now.of == of else Reached(of)).further())

    rows.further = further if reached.more else None
    column, moved = _use_top(of)
    _use_view(column, rows, marked)
    reading, pull = _use_pull()

    def scrolled(e: ft.OnScrollEvent) -> None:
        moved.current = rows.moved = True
        pull(e)
        if e.pixels > e.max_scroll_extent - AHEAD:
            further()

    shown = [page(place, report, rows, marked, *props, key=place.index) for place in reached.places()]
    if reached.more:
        shown.append(Plain("load-more", t("load_more"), further))
    line = ft.ProgressBar(height=3, visible=reading, semantics_label=t("loading"))
    return ft.Column([line, Scroll(*shown, on_scroll=scrolled, ref=column)], spacing=0, expand=True)


def _use_pull() -> tuple[bool, Callable[[ft.OnScrollEvent], None]]:
    """Whether the list reads again, and what to tell of its scrolling: pulled down, it does."""
    window = use_window_unwatched()
    reading, set_reading = ft.use_state(False)
    pulled = ft.use_ref(0.0)

    async def read() -> None:
        set_reading(True)
        window.look_again()
        await asyncio.sleep(SEEN)
        set_reading(False)

    def pull(e: ft.OnScrollEvent) -> None:
        # Where the list stops at its top the rest of the pull is told, elsewhere it moves on beyond it.
        if e.event_type is ft.ScrollType.OVERSCROLL and e.pixels <= 0:
            pulled.current = (pulled.current or 0.0) - min(e.overscroll or 0.0, 0.0)
        else:
            pulled.current = max(-e.pixels, 0.0)
        if pulled.current >= PULL and not reading:
            pulled.current = 0.0
            window.page.run_task(read)

    return reading, pull


def _use_top(of: Hashable) -> tuple[ft.Ref[ft.ListView], MutableRef[bool]]:
    """A reference to give the list, and one to tell that it moved: another list begins at its top."""
    column: ft.Ref[ft.ListView] = ft.use_memo(ft.Ref, [])
    moved = ft.use_ref(False)

    async def begin_at_top() -> None:
        if moved.current and column.current:
            moved.current = False
            await column.current.scroll_to(offset=0)

    ft.use_effect(begin_at_top, [of], cleanup=stop)
    return column, moved


def _use_view(column: ft.Ref[ft.ListView], rows: Rows, marked: int | None) -> None:
    """What a key led to comes into view: it is asked for until the list moves, for it may not be drawn yet.

    Where its page came with it the list may move because of the page, hence twice.
    """
    window = use_window_unwatched()

    async def reveal() -> None:
        if marked is None or marked != rows.pointed:
            return
        at_least = 2 if rows.came == marked else 1
        for times, pause in enumerate(DRAWN):
            await asyncio.sleep(pause)
            if times >= at_least and rows.moved:
                return
            if rows.pointed not in (marked, None):  # a key led on, and what it led to is not drawn yet
                return
            rows.pointed = rows.came = None
            rows.moved = False
            here = window.navigation
            # Below another screen nothing can scroll.
            if column.current and (here.on_list or here.beside_list):
                duration = 0 if window.still else theme.QUICK
                await column.current.scroll_to(scroll_key=str(marked), duration=duration)

    ft.use_effect(reveal, [marked], cleanup=stop)


_memo: Any = ft.memo
Pages = _memo(_Pages)
"""`page` is a component; `of` says which list it is: another one starts again with its first page."""


def use_end(place: Place, end: Any, report: Report, *, loading: bool, short: bool = False) -> None:
    """Report where the page ended, once it is read; after a `short` one comes the next by itself."""

    def tell() -> None:
        if not loading:
            report(place, end, short)

    ft.use_effect(tell, [place, end, loading, short])
