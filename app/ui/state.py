"""What a component can ask about the window it is in, and the values that window shows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import flet as ft

if TYPE_CHECKING:
    from app.ui.above import Above
    from app.ui.underway import Underway
    from app.ui.window import Window

T = TypeVar("T")
SECOND, MINUTE = 1_000, 60_000


@dataclass(frozen=True, slots=True)
class PendingCancel:
    """A cancellation that was submitted and can be taken back until `ends_at` (ms UTC); then it is sent.

    `undo_ms` is how long that is in all.
    """

    number: int
    title: str
    reason: str
    text: str
    key: str
    ends_at: int
    undo_ms: int
    lines: tuple[int, ...] = ()
    """The single lines it is about; none where it is the whole order."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What is picked to put an order right: of which kind, for which line, and which (an id or a code)."""

    kind: str
    chosen: int | str = 0
    line: int = 0


@dataclass(slots=True)
class Draft:
    """A cancellation before it is submitted: what was chosen and typed, and the key it will have.

    `picked` is what would put the order right instead, `kept` are the lines that are not to be cancelled.
    """

    number: int
    key: str
    reason: str = ""
    more: bool = False
    text: str = ""
    picked: Picked | None = None
    kept: frozenset[int] = frozenset()


@dataclass(slots=True)
class Asking(Draft):
    """A request to the seller before it is sent."""


@dataclass(slots=True)
class Fixing(Draft):
    """An order about to be put right, without a thought of cancelling it."""


@dataclass(slots=True)
class Rebuying(Draft):
    """Another order in place of one, before it is made: what is wanted of each line (variant and pieces).

    `opened` are the lines of which all variants are shown.
    """

    wanted: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    method: str = ""
    opened: frozenset[int] = frozenset()


@dataclass(slots=True)
class Answering:
    """An answer to requests before it is sent: what was chosen and typed, and a key for each order.

    `answer` names what will be done; `titles` are what the orders are called, `seen` the ids of the requests
    that are meant, `refused` is why some of several were, once they were answered.
    """

    answer: str
    keys: Mapping[int, str]
    titles: Mapping[int, str]
    seen: Mapping[int, int] = field(default_factory=dict)
    reason: str = ""
    text: str = ""
    tracking: str = ""
    kind: str = ""
    line: int = 0
    chosen: int = 0
    refused: Mapping[int, str] | None = None

    @property
    def key(self) -> str:
        """The first of the keys: no other draft has it."""
        return next(iter(self.keys.values()))


@dataclass(frozen=True, slots=True)
class Notice:
    """What became of a cancellation or a fix, shown until closed.

    `code` is `order_cancelled` (facts: currency, refund_minor), `lines_cancelled` (also: count),
    `order_replaced` (also: total_minor), `order_fixed` (facts: fixed, what, currency, difference_minor,
    answer_by), `cancel_not_sent`, or why it was refused.
    """

    code: str
    number: int
    title: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Nobody:
    """Who looks where there is nobody in the store."""

    handle: str = ""
    time_zone: str = "UTC"
    staff: bool = False
    shops: tuple[str, ...] = ()
    shop_ids: frozenset[int] = frozenset()


NOBODY = Nobody()
_HERE = "window"


def provide(window: Window) -> None:
    """From now on `use_window` answers `window` on its page.

    Not a Flet context: its value is looked up along parents that are held weakly, and the parents of what a
    memoised component kept from its last drawing are gone (Flet 1.0.5).
    """
    window.page.session.store.set(_HERE, window)


def use_window_unwatched() -> Window:
    """The window one is in, for handlers and effects: its changes do not draw the caller again."""
    window: Window = ft.context.page.session.store.get(_HERE)
    return window


def use_window() -> Window:
    """The window one is in; every change of it draws the caller again."""
    return _watched(use_window_unwatched())


def use_underway() -> Underway:
    """What is under way in the window one is in; every change of it draws the caller again."""
    return _watched(use_window_unwatched().underway)


def use_above() -> Above:
    """What the dialog above the screens is about; every change of it draws the caller again."""
    return _watched(use_window_unwatched().above)


def _watched(thing: T) -> T:
    ft.use_state(thing)
    return thing


def go(address: str) -> None:
    """Show the screens of `address`; for handlers."""
    use_window_unwatched().navigation.go(address)


def quarter(now: int) -> int:
    """When the quarter of an hour began that is now (ms UTC).

    Time zones differ by quarters: within one, today is the same day everywhere, and what is given it as the
    present stays as it is drawn.
    """
    return now // (15 * MINUTE) * (15 * MINUTE)


def pause(now: int, deadline: int | None) -> int:
    """Milliseconds until a count down to `deadline` shows something else; seconds count only near its end."""
    if deadline is None or deadline <= now:
        return MINUTE - now % MINUTE
    step = SECOND if deadline - now <= 2 * MINUTE else MINUTE
    return (deadline - now) % step or step


def use_now(deadline: int | None = None) -> int:
    """The time (ms UTC); draws the caller again each minute, and each second of the two before `deadline`."""
    window = use_window_unwatched()
    nothing: asyncio.TimerHandle | None = None
    timer = ft.use_ref(nothing)
    _, tick = ft.use_state(window.now())

    def wait(then: Callable[..., None]) -> None:
        # A timer, not a task that sleeps: a screen may have a clock on every card.
        seconds = pause(window.now(), deadline) / SECOND
        timer.current = asyncio.get_running_loop().call_later(seconds, then, then)

    def ring(again: Callable[..., None]) -> None:  # it is given itself: two that knew each other would stay
        if not window.closed:
            wait(again)
            tick(window.now())

    def end() -> None:
        if timer.current is not None:
            timer.current.cancel()

    ft.use_effect(lambda: wait(ring), [deadline, window.returns], cleanup=end)
    return window.now()


def stop() -> None:
    """The clean-up of an async effect that needs none: Flet cancels only those that have one."""
