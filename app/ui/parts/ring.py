"""The ring around what the guided tour points at. Without a tour nothing of this is drawn or asked.

Everything to tap passes here (`app.ui.parts.tap`). While a tour is on, each such thing is watched on its own:
when the tour points elsewhere, two rings are drawn and no card.
"""

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import flet as ft

from app.ui import theme

OnTap = Callable[..., Any]
_HERE = "pointer"
_WIDTH = 3


class Thing:
    """Something on the screen that answers to a tap, as it was drawn last."""

    def __init__(self) -> None:
        self.identifier = ""
        self.on_tap: OnTap | None = None


@ft.observable
@dataclass(eq=False)
class Pointer:
    """What the tour points at in one window, by identifier; and all there is to tap in it."""

    _told: Callable[[str], None]
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
            self._told(identifier)

        return tapped


def point(page: ft.Page, pointer: Pointer | None) -> None:
    """From now on what is drawn on `page` can be pointed at; None: no longer."""
    page.session.store.set(_HERE, pointer)


def pointer() -> Pointer | None:
    """What points in the window one is in; None where no tour is on."""
    here: Pointer | None = ft.context.page.session.store.get(_HERE)
    return here


def ringed(identifier: str, on_click: OnTap | None, box: Callable[[OnTap | None], ft.Control]) -> ft.Control:
    """What `box` makes of its handler; with a ring around it while the tour points at it."""
    here = pointer()
    if here is None:
        return box(on_click)
    heard = here.heard(identifier, on_click) if on_click else None
    return Ring(here, identifier, heard, box(heard))


@ft.component
def Ring(here: Pointer, identifier: str, on_tap: OnTap | None, box: ft.Control) -> ft.Control:
    """One thing to tap, and the ring where it is the one pointed at. It takes no room and moves nothing."""
    thing: Thing = ft.use_memo(Thing, [])
    thing.identifier, thing.on_tap = identifier, None if getattr(box, "disabled", False) else on_tap
    ft.use_effect(lambda: here.put(thing), [], cleanup=lambda: here.drop(thing))
    radius = getattr(box, "border_radius", None) or theme.BUTTON_RADIUS
    drawn = _ring(radius) if identifier in here.at else None
    return ft.Container(box, foreground_decoration=drawn)


def _ring(radius: Any) -> ft.BoxDecoration:
    side = ft.BorderSide(_WIDTH, theme.ACCENT)
    return ft.BoxDecoration(border=ft.Border.all(side=side), border_radius=radius)
