"""The course of a tour in one window: which step is next, doing it for the person, and playing the shop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import flet as ft

from app.shop.rules.errors import ShopError
from app.shop.rules.reasons import REQUESTED
from app.ui import routes
from app.ui.outcome import outcome
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

SOON, LATER = 1.0, 4.0
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
    step: Step = field(init=False, repr=False)
    pointer: Pointer = field(init=False, repr=False)
    _reason: bool = False
    _answering: asyncio.TimerHandle | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)
    over: bool = False

    def __post_init__(self) -> None:
        self._shown = self.mark.address
        self.pointer = Pointer(self._tapped)
        self.step = LAST
        self._note(self.mark.passed)

    async def follow(self) -> None:
        """Look again whenever something happened to the orders, until the course is over."""
        while not (self.over or self._window.closed):
            news = self._window.news()
            await self.look()
            await news.wait()

    async def look(self, shown: str | None = None, *, passed: str | None = None) -> None:
        """Look what there is to see now, and which step is next.

        `shown` is the address of the screens, where they are others now; `passed`: this step was done.
        """
        self._shown = shown or self._shown
        async with self._looking:
            if self.over:
                return
            orders = await outcome(read_orders(self.practice))
            if not isinstance(orders, ShopError):  # whatever became of its file, the way out of it stays
                self._orders = orders
            if not self.over:
                self._note(self.mark.passed | ({passed} if passed else set()))

    def _note(self, passed: frozenset[str]) -> None:
        kept = passed_now(self._seen(passed))
        mark = replace(self.mark, address=self._shown, passed=kept)
        if mark != self.mark:
            self.mark = mark
            self._keep(mark)
        seen = self._seen(kept)
        step = step_of(seen)
        self.pointer.at = tuple(map(self._named, step.pointed(seen)))
        self.step = step
        self._await_answer(step.code == ANSWER)

    def _seen(self, passed: frozenset[str]) -> Seen:
        window = self._window
        draft, address = window.above.draft, self._shown
        number = draft.number if isinstance(draft, Draft) else 0
        chosen = isinstance(draft, Draft) and bool(draft.reason)
        # On the page of the dialog the draft is that page's own: there a tap is what tells.
        self._reason = chosen or (self._reason and path_of(address).endswith("/cancel"))
        # Asked where it is kept: the window hears of it a moment later, and would be a step behind.
        undo, person, unpaid = self.practice.desk.undo, self.practice.cast.buyer.id, self._orders.unpaid
        counting = any(one.number == unpaid for one in undo.pending(person))
        told = next((one.code for one in undo.notices(person) if one.number == unpaid), "")
        return Seen(address, self._orders, number, self._reason, counting, told, passed)

    def _named(self, pattern: str) -> str:
        return pattern.format(unpaid=self._orders.unpaid, paid=self._orders.paid)

    async def _tapped(self, identifier: str) -> None:
        """Something was tapped, and has answered."""
        self._reason = self._reason or identifier.startswith("reason-")
        by_tap = self.step.by_tap and identifier in self.pointer.at
        await self.look(passed=self.step.code if by_tap else None)

    async def go_on(self) -> None:
        """Do the step for the person: go where it happens, and tap what is pointed at.

        One after the other: who taps twice at once means the one step they saw.
        """
        step = self.step
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
        if near or self._window.above.draft is not None:
            if await self.pointer.tap(things[0], SOON):
                return
            # What else is pointed at leads to it; below a dialog nothing can be tapped.
            if not here.under_dialog and any([await self.pointer.tap(one, 0) for one in things[1:]]):
                await self.pointer.tap(things[0], LATER)
                return
        here.go(where)
        if not await self.pointer.tap(things[0], LATER):
            # It was paid instead, or has lapsed, or something else was asked: only other orders lead on.
            log.info("%s is not there at %s", things[0], where)
            self._window.say(t("tour.stuck"))

    def _await_answer(self, waits: bool) -> None:
        if waits and self._answering is None:
            loop = asyncio.get_running_loop()
            self._answering = loop.call_later(ANSWERS, self._answer_soon)
        elif not waits and self._answering is not None:
            self._answering.cancel()
            self._answering = None

    def _answer_soon(self) -> None:
        # Who is away sees no answer come; it is waited for anew when they are back.
        self._answering = None
        if self._window.connected:
            self._window.page.run_task(self.go_on)

    async def _answer(self) -> None:
        """The shop lists the cancel option, as its seller would."""
        from app.shop.actions.answer import list_option  # noqa: PLC0415  (each start has the coach)

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
