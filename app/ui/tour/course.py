"""The course of a tour in one window: which step is next, doing it for the person, and playing the shop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import flet as ft

from app.shop.actions.answer import list_option
from app.shop.rules.errors import ShopError
from app.shop.rules.reasons import REQUESTED
from app.ui import routes
from app.ui.parts.ring import Pointer
from app.ui.stack import path_of
from app.ui.state import Draft
from app.ui.texts import t
from app.ui.tour.mark import Mark
from app.ui.tour.practices import Practice
from app.ui.tour.steps import ANSWER, LAST, Orders, Seen, Step, orders_now, passed_now, step_of

if TYPE_CHECKING:
    from app.ui.window import Window

log = logging.getLogger("takeback")

SOON, LATER = 0.5, 4.0
"""Seconds for a thing to come that should be there, and for one of a screen that opens first."""
ANSWERS = 6.0
"""Seconds after which the shop answers by itself: time to read what a request looks like."""


@ft.observable
@dataclass(eq=False)
class Course:
    """What is watched is `step`: the one that is next."""

    _window: Window
    practice: Practice
    _orders: Orders
    mark: Mark
    _keep: Callable[[Mark], object]
    """Called with each new mark."""
    step: Step = field(init=False)
    pointer: Pointer = field(init=False)
    _reason: bool = False
    _answering: asyncio.TimerHandle | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    over: bool = False

    def __post_init__(self) -> None:
        self.pointer = Pointer(self._tapped)
        self.step = LAST
        self.look()

    async def follow(self) -> None:
        """Look again whenever something happened to the orders, until the course is over."""
        window, practice = self._window, self.practice
        while not (self.over or window.closed):
            news = window.news()
            try:
                self._orders = await read_orders(practice)
            except ShopError:
                log.warning("the practice cannot be read", exc_info=True)
            else:
                self.look()
            await news.wait()

    def look(self, *, passed: str | None = None) -> None:
        """Look what there is to see now, and which step is next; `passed`: this one was done."""
        if self.over:
            return
        kept = self.mark.passed | ({passed} if passed else set())
        kept = passed_now(self._seen(kept))
        mark = replace(self.mark, address=self._window.navigation.address, passed=kept)
        if mark != self.mark:
            self.mark = mark
            self._keep(mark)
        step = step_of(self._seen(kept))
        self.pointer.at = tuple(map(self._named, step.things))
        self.step = step
        self._await_answer(step.code == ANSWER)

    def _seen(self, passed: frozenset[str]) -> Seen:
        window = self._window
        draft, address = window.asked, window.navigation.address
        number = draft.number if isinstance(draft, Draft) else 0
        chosen = isinstance(draft, Draft) and bool(draft.reason)
        # On the page of the dialog the draft is that page's own: there a tap is what tells.
        self._reason = chosen or (self._reason and path_of(address).endswith("/cancel"))
        unpaid = self._orders.unpaid
        told = any(notice.number == unpaid for notice in window.notices)
        counting = window.pending_of(unpaid) is not None
        return Seen(address, self._orders, number, self._reason, counting, told, passed)

    def _named(self, pattern: str) -> str:
        return pattern.format(unpaid=self._orders.unpaid, paid=self._orders.paid)

    def _tapped(self, identifier: str) -> None:
        """Something was tapped, and has answered."""
        self._reason = self._reason or identifier.startswith("reason-")
        by_tap = self.step.by_tap and identifier in self.pointer.at
        self.look(passed=self.step.code if by_tap else None)

    async def go_on(self, step: Step) -> None:
        """Do `step` for the person: go where it happens, and tap what is pointed at.

        One after the other: who taps twice at once means the one step they saw.
        """
        async with self._turn:
            if self.over or step is not self.step:
                return
            if step.code == ANSWER:
                await self._answer()
            elif not step.waits:
                await self._tap()

    async def _tap(self) -> None:
        here, where = self._window.navigation, self._named(self.step.where)
        path = path_of(where)
        near = path_of(here.address).startswith(path) if path != routes.PROFILE else here.address == where
        things = self.pointer.at
        if near or self._window.asked is not None:
            there = next((one for one in things if self.pointer.find(one)), things[0])
            if await self.pointer.tap(there, SOON):
                return
        here.go(where)
        if not await self.pointer.tap(things[0], LATER):
            log.warning("%s is not there at %s", things[0], where)

    def _await_answer(self, waits: bool) -> None:
        if waits and self._answering is None:
            loop = asyncio.get_running_loop()
            self._answering = loop.call_later(ANSWERS, self._window.page.run_task, self.go_on, self.step)
        elif not waits and self._answering is not None:
            self._answering.cancel()
            self._answering = None

    async def _answer(self) -> None:
        """The shop lists the cancel option, as its seller would."""
        cast, request = self.practice.cast, self._orders.request
        note = t("tour.note")
        if request is None:
            return
        try:
            await self.practice.desk.act(
                lambda shop: list_option(
                    shop,
                    cast.seller,
                    cast.paid,
                    REQUESTED.code,
                    note,
                    seen=request[0],
                    key=f"tour-{request[0]}",
                )
            )
        except ShopError as error:  # two windows of one person answer at once
            log.info("the practice shop has nothing to answer: %s", error)

    def end(self) -> None:
        """It is over in this window."""
        self.over = True
        self._await_answer(False)


async def read_orders(practice: Practice) -> Orders:
    """How the practice orders stand. Raises ShopError."""
    cast = practice.cast
    return await practice.desk.look(lambda shop: orders_now(shop, cast.buyer, cast.unpaid, cast.paid))
