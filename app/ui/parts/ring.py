"""The ring around what the guided tour points at. Without a tour nothing of this is drawn or asked.

Everything to tap passes here (`app.ui.parts.tap`). While a tour is on, each such thing is watched on its own:
when the tour points elsewhere, two rings are drawn and no card.
"""

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import flet as ft

from app.ui import theme
from app.ui.state import stop

OnTap = Callable[..., Any]
_HERE = "pointer"
_WIDTH = 3
OWN = "tour-"
"""How the identifiers of the tour's own buttons begin: it does not point at itself."""


class Thing:
    """Something on the screen that answers to a tap, as it was drawn last."""

    def __init__(self) -> None:
        self.identifier = ""
        self.on_tap: OnTap | None = None


@ft.observable
@dataclass(eq=False)
class Pointer:
    """What the tour points at in one window, by identifier; and all there is to tap in it."""

    _told: Callable[[str], Coroutine[Any, Any, None]]
    """Called with the identifier of what was tapped."""
    at: tuple[str, ...] = ()
    _things: list[Thing] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, thing: Thing) -> None:
        """It is on the screen."""
        self._things.append(thing)
        self._news.set()

    def drop(self, thing: Thing) -> None:
        """It is gone."""
        if thing in self._things:
            self._things.remove(thing)

    def find(self, identifier: str) -> Thing | None:
        """The newest thing of that name that can be tapped."""
        named = (one for one in reversed(self._things) if one.identifier == identifier and one.on_tap)
        return next(named, None)

    async def tap(self, identifier: str, patience: float) -> bool:
        """Tap it for the person once it is there; whether it came within `patience` seconds."""
        try:
            async with asyncio.timeout(patience):
                while (thing := self.find(identifier)) is None:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return False
        if thing.on_tap is not None:
            await thing.on_tap(None)
        return True

    def heard(self, identifier: str, on_click: OnTap) -> OnTap:
        """`on_click`, after which the tour is told."""

        async def tapped(e: Any) -> None:
            answer = on_click(e) if inspect.signature(on_click).parameters else on_click()
            if inspect.isawaitable(answer):
                await answer
            await self._told(identifier)

        return tapped


def point(page: ft.Page, pointer: Pointer | None) -> None:
    """From now on what is drawn on `page` can be pointed at; None: no longer."""
    page.session.store.set(_HERE, pointer)


def pointer() -> Pointer | None:
    """What points in the window one is in; None where no tour is on."""
    here: Pointer | None = ft.context.page.session.store.get(_HERE)
    return here


def ringed(identifier: str, on_click: OnTap | None, box: Callable[[OnTap | None], ft.Control]) -> ft.Control:
    """What `box` makes of its handler; with a ring above it while the tour points at it."""
    here = pointer()
    if here is None or identifier.startswith(OWN):
        return box(on_click)
    heard = here.heard(identifier, on_click) if on_click else None
    below = box(heard)
    can_be_tapped = not getattr(below, "disabled", False)
    around = isinstance(below, ft.FilledButton)
    radius = getattr(below, "border_radius", None) or theme.BUTTON_RADIUS
    # Beside it, not around: what a component holds that is drawn again by itself and by what it stands in at
    # one moment no longer answers to a tap (Flet 1.0.5).
    ring = Ring(here, identifier, heard if can_be_tapped else None, around, radius)
    return ft.Stack([below, ring], fit=ft.StackFit.PASS_THROUGH, clip_behavior=ft.ClipBehavior.NONE)


@ft.component
def Ring(here: Pointer, identifier: str, on_tap: OnTap | None, around: bool, radius: Any) -> ft.Control:
    """The ring of one thing to tap, where that is pointed at. It takes no room and moves nothing.

    It goes `around` what has its own colour, with a gap; within all else, where no card cuts it off.
    """
    thing: Thing = ft.use_memo(Thing, [])
    thing.identifier, thing.on_tap = identifier, on_tap
    ft.use_effect(lambda: here.put(thing), [], cleanup=lambda: here.drop(thing))
    off = -2 * _WIDTH if around else 0
    return ft.Container(
        visible=identifier in here.at,
        left=off,
        top=off,
        right=off,
        bottom=off,
        border=ft.Border.all(_WIDTH, theme.ACCENT),
        border_radius=radius - off if around else radius,
        ignore_interactions=True,
    )


@ft.component
def Pointed(here: Pointer, show: Callable[[], Coroutine[Any, Any, None]]) -> ft.Control:
    """Nothing to be seen: `show` brings into view what is pointed at, each time that is something else."""
    ft.use_effect(show, [here.at], cleanup=stop)
    return ft.Container(width=0, height=0)
