"""The seconds after Submit: cancellations that can still be taken back, and what became of the others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

from app.shop.rules.errors import ShopError
from app.ui.live import Windows
from app.ui.outcome import outcome
from app.ui.state import SECOND, Notice, PendingCancel
from app.ui.unsent import Unsent

if TYPE_CHECKING:
    from app.shop.shop import Done

Send = Callable[[int, PendingCancel], Awaitable["Done"]]
"""Cancels the order, or lines of it, as the person with this id; raises ShopError where it is refused."""

NOTICES_KEPT = 5


class Undo:
    """The undo counts of a process, by person: they outlive a lost connection and its session."""

    def __init__(self, windows: Windows, unsent: Unsent, now: Callable[[], int], send: Send) -> None:
        self._windows = windows
        self._unsent = unsent
        self._now = now
        self._send = send
        self._counts: dict[tuple[int, int], tuple[PendingCancel, asyncio.Task[None]]] = {}
        self._sending: set[tuple[int, int]] = set()
        self._notices: dict[int, tuple[Notice, ...]] = {}

    def pending(self, person: int) -> tuple[PendingCancel, ...]:
        """What `person` submitted and can still take back, newest last."""
        return tuple(cancel for (who, _), (cancel, _task) in self._counts.items() if who == person)

    def notices(self, person: int) -> tuple[Notice, ...]:
        """What became of the rest, until closed; newest last."""
        return self._notices.get(person, ())

    def begin(self, person: int, cancel: PendingCancel) -> None:
        """Start the count of `cancel`; a second one for the same order changes nothing."""
        at = (person, cancel.number)
        if at not in self._counts:
            self._counts[at] = (cancel, asyncio.create_task(self._count(person, cancel)))
            self._draw(person)

    def undo(self, person: int, number: int) -> bool:
        """Take it back: nothing is sent. Whether it was not too late."""
        at = (person, number)
        if at not in self._counts or at in self._sending:
            return False
        _, task = self._counts.pop(at)
        task.cancel()
        task.add_done_callback(lambda _ended: self._unsent.forget(person, number))
        self._draw(person)
        return True

    def recall(self, person: int, abandoned: Iterable[PendingCancel]) -> None:
        """Tell `person` what an earlier process of theirs left unsent."""
        for cancel in abandoned:
            if (person, cancel.number) not in self._counts:
                self.tell(person, _not_sent(cancel))

    def close_notice(self, person: int) -> None:
        """The newest notice was read."""
        told = self.notices(person)
        if told:
            self._unsent.forget(person, told[-1].number)
            self._notices[person] = told[:-1]
            self._draw(person)

    def forget(self, person: int) -> None:
        """`person` is no more: nothing of theirs is sent, told or kept on file."""
        for cancel in (*self.pending(person), *self._unsent.found(person)):
            self.undo(person, cancel.number)
            self._unsent.forget(person, cancel.number)
        self._notices.pop(person, None)

    def drop(self) -> None:
        """The store is another one: of nobody anything is sent, told or kept on file."""
        for person in {*(who for who, _ in self._counts), *self._notices}:
            self.forget(person)

    def close(self) -> None:
        """The process ends: what is still counting is not sent, and its file tells the next one."""
        for at, (_, task) in self._counts.items():
            if at not in self._sending:
                task.cancel()

    async def _count(self, person: int, cancel: PendingCancel) -> None:
        at = (person, cancel.number)
        with self._unsent.kept(person, cancel):
            await asyncio.sleep(max(0, cancel.ends_at - self._now()) / SECOND)
            away = self._windows.left_on_purpose(person)
            self._sending.add(at)
            notice = _not_sent(cancel) if away else await self._sent(person, cancel)
        if not away:
            self._unsent.forget(person, cancel.number)
        self._sending.discard(at)
        del self._counts[at]
        self.tell(person, notice)

    async def _sent(self, person: int, cancel: PendingCancel) -> Notice:
        done = await outcome(self._send(person, cancel))
        if isinstance(done, ShopError):
            return Notice(done.code, cancel.number, cancel.title, done.facts)
        facts = {name: done.answer[name] for name in ("currency", "refund_minor", "outside")}
        lines = done.answer.get("lines")  # none where the last ones went, and the order with them
        if lines is not None:
            return Notice("lines_cancelled", cancel.number, cancel.title, facts | {"count": len(lines)})
        return Notice("order_cancelled", cancel.number, cancel.title, facts)

    def tell(self, person: int, notice: Notice) -> None:
        """Show `person` what became of something, until they close it."""
        others = (old for old in self.notices(person) if old.number != notice.number)
        self._notices[person] = (*others, notice)[-NOTICES_KEPT:]
        self._draw(person)

    def _draw(self, person: int) -> None:
        self._windows.draw({person}, lambda window: window.underway.draw())


def _not_sent(cancel: PendingCancel) -> Notice:
    return Notice("cancel_not_sent", cancel.number, cancel.title)
