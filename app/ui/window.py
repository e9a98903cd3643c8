"""Window: who looks, as what, and when to look again; one per session, never shared."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import flet as ft

from app.languages import DEFAULT
from app.shop.rules.errors import NotFound, ShopError
from app.ui.above import Above
from app.ui.choices import Choices, Looks
from app.ui.device import PERSON, TOUR, Device
from app.ui.entries import Entry, entries
from app.ui.intake import Intake
from app.ui.kept import Keeping
from app.ui.navigation import Navigation
from app.ui.outcome import outcome
from app.ui.state import NOBODY
from app.ui.theme import WIDE
from app.ui.underway import Underway

if TYPE_CHECKING:
    from app.shop.shop import Actor, Done, Shop
    from app.ui.desk import Desk
    from app.ui.gate import Gate
    from app.ui.live import Line
    from app.ui.tour.practices import Practices
    from app.ui.tour.tour import Tour

T = TypeVar("T")


@ft.observable
@dataclass(eq=False)
class Window:
    """An open window. Only what starts without an underscore is watched by the components that read it."""

    page: ft.Page
    _open: Callable[[], Awaitable[Desk]]
    _practices: Practices
    line: Line | None = None
    _wanted: str | None = None
    language: str = DEFAULT
    actor: Actor | None = None
    handle: str = ""
    zone: str = "UTC"
    shops: tuple[str, ...] = ()
    member_of: frozenset[int] = frozenset()
    """The shops that who looks is a member of: their handles, and their ids."""
    staff: bool = False
    """Whether who looks acts for the platform."""
    practising: bool = False
    """Whether a tour is on, and all this is of its practice store."""
    wide: bool = False
    still: bool = False
    """Whether the person asked for less motion."""
    looks: Looks = Looks.SYSTEM
    passing: bool = False
    """Whether nothing that is done here lasts, and nobody has read that yet."""
    trouble: ShopError | None = None
    opened: bool = False
    returns: int = 0
    kept: Keeping = field(default_factory=Keeping)
    tour: Tour = field(init=False, repr=False)
    gate: Gate | None = None
    """The way in, where one has to sign in."""
    _desk: Desk | None = None
    _closed: bool = False
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.navigation, self._device = Navigation(self.page), Device(self.page)
        self.choices = Choices(self, self._device, self._wanted)
        self.intake = Intake(self, lambda: self.desk)
        self.underway, self.above = Underway(self, self._device, lambda: self.desk), Above()

    @property
    def connected(self) -> bool:
        """Whether somebody is there to draw for."""
        return not self._closed and self.page.session.connection is not None

    @property
    def desk(self) -> Desk:
        """Where it works. Raises LookupError where the store is not open yet."""
        if self._desk is None:
            raise LookupError("the store is not open yet")
        return self._desk

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What can be listed for who looks."""
        return entries(
            member=bool(self.shops), staff=self.staff, practising=self.practising, guarded=bool(self.gate)
        )

    @property
    def shut(self) -> bool:
        """Whether somebody has to sign in first."""
        return self.gate is not None and not (self.gate.is_open and self.actor)

    @property
    def closed(self) -> bool:
        """Whether the session has ended."""
        return self._closed

    def now(self) -> int:
        """Milliseconds UTC, by the clock of the process."""
        return self.desk.now()

    @property
    def flies(self) -> bool:
        """Whether pictures fly from screen to screen; side by side there is nowhere to fly to."""
        return not (self.wide or self.still)

    def look_again(self) -> None:
        """Have every visible query of this window read again; only what differs is drawn."""
        news, self._news = self._news, asyncio.Event()
        news.set()

    def news(self) -> asyncio.Event:
        """Set when it is next time to look again. Take it before reading: what comes meanwhile counts."""
        return self._news

    def draw_again(self) -> None:
        """Draw everything anew and have it read again: for a return, and for "try again"."""
        self.returns += 1
        self.look_again()

    def measure(self) -> None:
        """Look how wide the page is; what is watched is only on which side of `WIDE` that lies."""
        self.wide = (self.page.width or 0) >= WIDE
        self.choices.settle()

    def say(self, sentence: str) -> None:
        """Tell the person something that needs no answer."""
        if self.connected:
            self.page.show_dialog(ft.SnackBar(sentence))

    async def open(self) -> None:
        """Wait for the store, then look as who looked here last, or as whose phone it is; once."""
        if self.opened:
            return
        self.trouble = None
        # Nothing waits for this: a device that does not tell must not cost a start.
        self._calming = asyncio.create_task(self.choices.recall_motion())
        self.trouble = await outcome(self._begin())
        self.opened = self.trouble is None

    async def _begin(self) -> None:
        # All at once: what the device tells is there long before the store is.
        recalled = (self.choices.recall_language(), self.choices.recall_looks())
        who, tour = self._device.recall_number(PERSON), self._device.recall(TOUR)
        desk, person, left, *_ = await asyncio.gather(self._open(), who, tour, *recalled)
        from app.ui.tour.tour import Tour  # noqa: PLC0415  (imported with the shop)

        self._desk, self.tour = desk, Tour(self, desk, self._device, self._practices)
        if desk.guarded:
            from app.ui.gate import Gate  # noqa: PLC0415  (imported with the shop)

            self.gate = Gate(self, self._device, desk)
            await self.gate.resume()
        else:
            await self.arrive(person)
            if self.actor is not None and self.actor.id != person:
                self._device.remember(self.actor.id)
        await self.tour.resume(left)
        self.passing = not desk.lasts

    async def become(self, person: int | None) -> None:
        """Look as `person`, or as whose phone it is, here and at the next start. Raises ShopError."""
        if person is not None and self.gate is not None:  # there one looks as who signed in
            raise NotFound("missing")
        await self.arrive(person)
        self._device.remember(person)

    async def arrive(self, person: int | None = None, desk: Desk | None = None) -> None:
        """Look as `person`, or as whose phone it is, at `desk`, or as nobody there. Raises ShopError."""
        desk, before = desk or self.desk, self.desk
        found = await desk.arrive(person)
        if self._closed or (found is None and self.actor is None):
            return
        before.windows.leave(self)
        desk.windows.join(self)
        self._desk, self.practising, self.above.draft, self.kept = desk, desk.practice, None, Keeping()
        self.actor, who = found or (None, NOBODY)
        self.handle, self.zone, self.staff = who.handle, who.time_zone, who.staff
        self.shops, self.member_of = who.shops, who.shop_ids
        self.underway.draw()

    async def come_in(self) -> None:
        """Look as whose phone it is, where nobody looked yet and there is somebody now. Raises ShopError."""
        if self.actor is None:
            await self.arrive()
            self._device.remember(self.actor and self.actor.id)

    def join(self, line: Line | None) -> None:
        """Somebody is (again) there to draw for, over `line`; what changed meanwhile is shown."""
        self.line = line
        self.navigation.returned()
        self.underway.draw()
        self.draw_again()

    def close(self) -> None:
        """The session has ended; what waits for news ends with it."""
        self._closed = True
        self.intake.close()
        if self._desk is not None:
            self._desk.windows.leave(self)
            self.tour.close()
        self.look_again()

    async def look(self, read: Callable[[Shop, Actor], T]) -> T:
        """What `read` finds for who looks; where nobody does yet, for nobody. Raises ShopError."""
        actor = self.actor or self.desk.nobody
        return await self.desk.look(lambda shop: read(shop, actor))

    async def act(self, action: Callable[[Shop, Actor], Done]) -> Done:
        """Do `action` as who looks; everyone concerned looks again. Raises ShopError."""
        actor = self.who()
        done = await self.desk.act(lambda shop: action(shop, actor))
        self._device.be_felt()
        if actor.id not in done.people:
            self.look_again()
        return done

    def who(self) -> Actor:
        """Who looks. Raises LookupError where nobody does yet."""
        if self.actor is None:
            raise LookupError("nobody looks through this window yet")
        return self.actor
