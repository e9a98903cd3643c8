"""Desk: the open shop as windows work with it; nothing of this is imported before the first picture."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.shop.actions.cancel import cancel_order
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.reads.order import order_details
from app.shop.reads.people import Profile, default_account, profile_of
from app.shop.rules.errors import NotFound, ShopError, StoreTrouble
from app.shop.rules.orders import LineStatus, Status
from app.shop.shop import Actor, Done, Shop
from app.ui.live import Windows
from app.ui.parting import leave
from app.ui.state import PendingCancel
from app.ui.undo import Undo
from app.ui.unsent import Unsent

if TYPE_CHECKING:
    from app.shop.backup.restore import Restored

T = TypeVar("T")

THREADS = min(8, (os.cpu_count() or 1) + 4)
"""Threads that work on the store, each with a connection of its own."""
Watch = Callable[[str, str, float], None]
"""Is told of each look and act: which of the two, how it ended ("done" or the kind of error), its seconds."""


def unwatched(kind: str, end: str, seconds: float) -> None:
    """Tell nobody."""


class Desk:
    """What a window asks of its process: to look, to act, to say who looks, and to undo."""

    nobody = Actor(0)

    def __init__(
        self,
        shop: Shop,
        windows: Windows,
        unsent: Unsent,
        *,
        practice: bool = False,
        guarded: bool = False,
        sign_up: bool = False,
        watch: Watch = unwatched,
    ) -> None:
        self._shop = shop
        self.windows = windows
        """Those at this desk."""
        self.practice = practice
        """Whether its orders are only to practise on."""
        self.guarded = guarded
        """Whether one has to sign in to look."""
        self.sign_up = sign_up
        """Whether anybody may make an account."""
        self._watch = watch
        self._unsent = unsent
        # Its own threads: they must be done before the store is closed under them.
        self._threads = ThreadPoolExecutor(THREADS, "shop") if shop.place.threads else None
        self.undo = Undo(windows, self._unsent, shop.now, self._cancel)

    @property
    def lasts(self) -> bool:
        """Whether what is done here is there at the next start."""
        return self._shop.place.lasts

    def now(self) -> int:
        """Milliseconds UTC, by the shop's clock."""
        return self._shop.now()

    async def look(self, read: Callable[[Shop], T]) -> T:
        """What `read` finds; in a worker thread where the store has threads. Raises ShopError."""
        with self._watched("look"):
            return await self._run(read)

    async def _run(self, work: Callable[[Shop], T]) -> T:
        if self._threads is None:
            return work(self._shop)
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, self._shop)

    @contextmanager
    def _watched(self, kind: str) -> Iterator[None]:
        began, end = time.perf_counter(), "failed"
        try:
            yield
            end = "done"
        except ShopError as error:
            end = "trouble" if isinstance(error, StoreTrouble) else "refused"
            raise
        finally:
            self._watch(kind, end, time.perf_counter() - began)

    async def act(self, action: Callable[[Shop], Done]) -> Done:
        """Do `action`, wait until it will last, and have everyone concerned look again. Raises ShopError."""
        with self._watched("act"):
            done = await self._run(action)
            await self._shop.durable()
        self.windows.tell(done.people, done.shop, staff=done.staff)
        return done

    async def prepare(self, photo: bytes) -> None:
        """Have a photo ready for an action that is about it. Raises ShopError where it cannot be used."""
        await self._shop.place.pictures.prepare(photo)

    async def stock(self, bring: Callable[[Shop], T]) -> T:
        """Have `bring` add to the store, wait until that will last, and have everyone look again.

        Raises ShopError.
        """
        brought = await self.look(bring)
        await self._shop.durable()
        self.windows.tell_everyone()
        return brought

    @property
    def is_replaceable(self) -> bool:
        """Whether another store can take the place of this one while it is open: nobody else has it then."""
        return not (self.guarded or self._shop.place.threads)

    async def replace(self, source: Path) -> "Restored":
        """Put a packed backup in the place of the store, whole or not at all; it is gone then.

        What counts down is not sent, and the screens know of nothing yet. Raises ShopError.
        """
        from app.shop.backup.moving import replace  # noqa: PLC0415  (few stores ever move)
        from app.shop.backup.packed import photos_in  # noqa: PLC0415

        await self._shop.place.make_room(photos_in(source))
        try:
            done = await self.look(lambda shop: replace(shop, source))
        finally:
            await self._shop.durable()
        self.undo.drop()
        return done

    async def arrive(self, person: int | None) -> tuple[Actor, Profile] | None:
        """Who `person` is; None, unknown or erased: whose phone it is. None where there is nobody at all.

        What an earlier process left unsent is told on this occasion.
        """
        found = await self.look(lambda shop: _known(shop, person))
        if found is None and not self.guarded:
            found = await self.look(lambda shop: _known(shop, default_account(shop)))
        if found is not None:
            actor = found[0]
            abandoned = await self.look(lambda shop: self._abandoned(shop, actor))
            self.undo.recall(actor.id, abandoned)
        return found

    def part(self, person: int) -> None:
        """`person` was erased: nothing of theirs is under way any more, and their windows are others'."""
        self.undo.forget(person)
        self.windows.draw({person}, leave)

    def _abandoned(self, shop: Shop, actor: Actor) -> tuple[PendingCancel, ...]:
        unsent = []
        for cancel in self._unsent.found(actor.id):
            # The process may have ended between the commit and this note.
            if _is_cancelled(shop, actor, cancel):
                self._unsent.forget(actor.id, cancel.number)
            else:
                unsent.append(cancel)
        return tuple(unsent)

    async def _cancel(self, person: int, cancel: PendingCancel) -> Done:
        return await self.act(lambda shop: _cancelled(shop, Actor(person), cancel))

    def close(self) -> None:
        """Stop counting, finish what was begun, let go of the store."""
        self.undo.close()
        if self._threads is not None:
            self._threads.shutdown()
        self._shop.close()


def _known(shop: Shop, person: int | None) -> tuple[Actor, Profile] | None:
    if person is None:
        return None
    try:
        profile = profile_of(shop, Actor(person))
    except NotFound:
        return None
    return None if profile.erased else (Actor(person), profile)


def _cancelled(shop: Shop, actor: Actor, cancel: PendingCancel) -> Done:
    if cancel.lines:
        return cancel_lines(
            shop, actor, cancel.number, cancel.lines, cancel.reason, cancel.text, key=cancel.key
        )
    return cancel_order(shop, actor, cancel.number, cancel.reason, cancel.text, key=cancel.key)


def _is_cancelled(shop: Shop, actor: Actor, cancel: PendingCancel) -> bool:
    try:
        order = order_details(shop, actor, cancel.number).order
    except NotFound:
        return True
    gone = {line.n for line in order.lines if line.status == LineStatus.CANCELLED}
    return order.status == Status.CANCELLED or bool(cancel.lines and gone.issuperset(cancel.lines))
