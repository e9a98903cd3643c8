"""Endless paging: each page of a list reads itself, from below where the one before it ended."""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

import flet as ft

from app.shop.shop import Actor, Shop
from app.ui import theme
from app.ui.arrows import Rows
from app.ui.hooks import Query, use_query_while
from app.ui.parts.frame import Scroll
from app.ui.parts.late import PATIENCE, use_later
from app.ui.parts.tap import Plain
from app.ui.reached import Reached
from app.ui.recent import Recent
from app.ui.state import use_window_unwatched
from app.ui.texts import t

P = ParamSpec("P")
T = TypeVar("T")

AHEAD = 800
"""Pixels before the end at which the next page is asked for."""
FAR = 4_000
"""Pixels beyond what is in view that a client lays out where keys lead through a list.

It scrolls to nothing else, and that far thirty keys a second get before it has followed.
"""
PULL = 60
"""Pixels to pull a list down beyond its top until it reads again."""
AWAY = 30.0
"""Seconds out of sight after which a list is let go of where the memory is that of many people."""
SEEN = 0.6
"""Seconds for which is shown that it reads again: what is faster could not be seen."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which page this is: `index` of the list `of`, holding what comes after `before`."""

    of: Any
    index: int
    before: Any
    seen: asyncio.Event
    """Set while the list is on the screen."""


Report = Callable[[Place, Any, bool], None]


class _Kept:
    """A list that was turned to, and whether it was ever read."""

    def __init__(self, of: Hashable) -> None:
        self.of = of
        self.read = False
        self.on_read: Callable[[], None] | None = None
        self.fold: Callable[[], None] | None = None
        self.seen = asyncio.Event()

    def arrived(self) -> None:
        """Its first page is there, or why it is not."""
        self.read = True
        if self.on_read is not None:
            self.on_read()


@ft.component
def _Pages(
    page: Callable[..., ft.Control], of: Hashable, rows: Rows, marked: int | None, *props: Any
) -> ft.Control:
    """The list `of`, as pages of `page(place, report, rows, marked, *props)`.

    Lists one comes from stay as they were drawn, out of sight, and look again when one is back. Where a new
    one has nothing to show yet, what was there before stays for as long as nobody notices.
    """
    lists: Recent[Hashable, _Kept] = ft.use_memo(lambda: Recent(_Kept), [])
    wanted = lists.turn_to(of)
    _use_leaving(lists, of)
    nothing: _Kept | None = None
    last = ft.use_ref(nothing)
    due, show = ft.use_state(of)
    use_later(PATIENCE, None if wanted.read else lambda: show(of), [of])
    wanted.on_read = lambda: show(of)
    if wanted.read or due == of or last.current not in lists.places:
        last.current = wanted
    drawn: dict[_Kept, ft.Control] = ft.use_memo(dict, [])
    drawn[wanted] = Listed(page, wanted, rows, marked, *props, key=id(wanted))
    for gone in drawn.keys() - set(lists.places):
        del drawn[gone]
    shown = last.current

    def turn() -> None:
        for kept in filter(None, lists.places):
            (kept.seen.set if kept is shown else kept.seen.clear)()
            if kept is not shown and kept.fold is not None:
                kept.fold()

    ft.use_effect(turn, [shown])
    # Always as many, for Flet's patch of a list that grows while others in it change cannot be applied.
    places: list[ft.Control] = [
        ft.Container(drawn[kept] if kept else None, visible=kept is shown, expand=True)
        for kept in lists.places
    ]
    return ft.Column(places, spacing=0, expand=True)


def _use_leaving(lists: Recent[Hashable, _Kept], of: Hashable) -> None:
    """Lists are let go of that were out of sight for long, in the served app."""
    shared = use_window_unwatched().gate is not None
    _, draw = ft.use_state(0)

    def leave() -> None:
        if lists.let_go(AWAY * 0.9):  # a timer may be early
            draw(lambda times: times + 1)

    if shared:
        lists.let_go(AWAY)
    use_later(AWAY, leave if shared else None, [of])


@ft.component
def _Listed(
    page: Callable[..., ft.Control],
    kept: _Kept,
    rows: Rows,
    marked: int | None,
    *props: Any,
) -> ft.Control:
    """One list, as far as one has scrolled."""
    reached, reach = ft.use_state(Reached())
    report = ft.use_callback(
        lambda place, end, short: reach(lambda now: now.ended(place.index, end, short=short)), []
    )

    def further() -> None:
        reach(lambda now: now.further())

    rows.further = further if reached.more else None
    # One comes back to the top of a list, and what was further down would fill the memory.
    kept.fold = (lambda: reach(lambda now: now.folded())) if reached.shown > reached.least else None
    ft.use_effect(lambda: kept.arrived() if reached.ends else None, [bool(reached.ends)])
    column: ft.Ref[ft.ListView] = ft.use_memo(ft.Ref, [])
    _use_trail(column, rows, marked, kept.seen)
    reading, pull = _use_pull()

    def scrolled(e: ft.OnScrollEvent) -> None:
        if e.event_type is ft.ScrollType.USER and e.direction is not ft.ScrollDirection.IDLE:
            rows.trail.end()  # moved by the person, it stays where they want it
        rows.trail.moved()
        pull(e)
        if e.pixels > e.max_scroll_extent - AHEAD:
            further()

    places = (Place(kept.of, index, before, kept.seen) for index, before in enumerate(reached.befores))
    shown = [page(place, report, rows, marked, *props, key=place.index) for place in places]
    if reached.more:
        shown.append(Plain("load-more", t("load_more"), further))
    line = ft.ProgressBar(height=3, visible=reading, semantics_label=t("loading") if reading else None)
    far = None if marked is None else FAR
    listed = Scroll(*shown, on_scroll=scrolled, ref=column, cache_extent=far)
    return ft.Column([line, listed], spacing=0, expand=True)


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


def _use_trail(column: ft.Ref[ft.ListView], rows: Rows, marked: int | None, seen: asyncio.Event) -> None:
    """What keys lead to comes into view; out of sight, or below another screen, nothing can scroll."""
    window = use_window_unwatched()

    async def bring(row: int) -> None:
        here, listed = window.navigation, column.current
        if listed and seen.is_set() and (here.on_list or here.beside_list):
            await listed.scroll_to(scroll_key=str(row), duration=0 if window.still else theme.QUICK)

    ft.use_effect(lambda: rows.trail.follow(bring), [marked])
    ft.use_effect(lambda: None, [], cleanup=rows.trail.end)


def use_page(
    place: Place, read: Callable[Concatenate[Shop, Actor, P], T], *args: P.args, **kwargs: P.kwargs
) -> Query[T]:
    """What `read` finds for the page at `place`; not while its list is out of sight."""
    return use_query_while(place.seen, read, *args, **kwargs)


_memo: Any = ft.memo
Listed, Pages = _memo(_Listed), _memo(_Pages)
"""`page` is a component; `of` says which list it is."""


def use_end(place: Place, end: Any, report: Report, *, loading: bool, short: bool = False) -> None:
    """Report where the page ended, once it is read; after a `short` one comes the next by itself."""

    def tell() -> None:
        if not loading:
            report(place, end, short)

    ft.use_effect(tell, [place, end, loading, short])
