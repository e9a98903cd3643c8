"""The screens against a bare Flet app of twenty cards: `uv run python -m tests.bench.screens`."""

import asyncio
import gc
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import msgpack  # type: ignore[import-untyped]
from flet.components.component import Component
from flet.messaging.protocol import Message

from app.clock import wall_clock
from app.main import Process
from app.settings import Settings
from app.shop.actions.cancel import cancel_order
from app.shop.demo import fill
from app.shop.rules.policy import Policy
from app.shop.shop import Actor, Done, Shop
from app.shop.store import open_shop
from app.ui.hooks import new_key
from tests.bench.bare import BareProcess
from tests.bench.start import starts
from tests.headless import _ENCODE, Phone

SESSIONS = 40
_BUSIEST = (
    "SELECT buyer_id, max(number) FROM orders WHERE status = 'UNPAID' "
    "GROUP BY buyer_id ORDER BY count(*) DESC LIMIT 1"
)
TIMES, CHANGES = 15, 5
Step = Callable[[Phone], Awaitable[None]]


async def opened(process: Any, route: str, kept: dict[str, Any]) -> Phone:
    """A new window that shows its cards."""
    phone = Phone(process, route, (412, 915), dict(kept))
    await phone.open(None)
    await phone.until(lambda: any(name.startswith("order-") for name in phone.identifiers()))
    return phone


async def took(step: Awaitable[object]) -> float:
    """Milliseconds until `step` is done."""
    gc.collect()
    start = time.perf_counter()
    await step
    return (time.perf_counter() - start) * 1000


async def first_screen(process: Any, route: str, kept: dict[str, Any]) -> tuple[float, float]:
    """Median milliseconds and kilobytes until the cards are there."""
    times, sizes = [], []
    for _ in range(TIMES):
        start = time.perf_counter()
        phone = await opened(process, route, kept)
        times.append((time.perf_counter() - start) * 1000)
        sizes.append(phone.bytes_sent / 1000)
        await phone.close()
    return median(times), median(sizes)


async def switching(phone: Phone) -> tuple[float, float]:
    """Median milliseconds and kilobytes of a tab switch between two tabs of twenty cards."""
    times, sizes = [], []
    for n in range(TIMES):
        before = set(phone.identifiers())
        sent = phone.bytes_sent
        times.append(await took(_switch(phone, ("tab-completed", "tab-all")[n % 2], before)))
        sizes.append((phone.bytes_sent - sent) / 1000)
    return median(times), median(sizes)


async def _switch(phone: Phone, tab: str, before: set[str]) -> None:
    await phone.tap(tab)
    await phone.until(
        lambda: sum(name.startswith("order-") and name not in before for name in phone.identifiers()) > 4
    )


async def sheet(phone: Phone, opener: str) -> tuple[float, float]:
    """Median milliseconds and kilobytes until the cancel sheet is open."""
    times, sizes = [], []
    for _ in range(TIMES):
        sent = phone.bytes_sent
        times.append(await took(_ask(phone, opener)))
        sizes.append((phone.bytes_sent - sent) / 1000)
        await phone.back()
        await phone.until(lambda: not phone.find("submit"))
    return median(times), median(sizes)


async def _ask(phone: Phone, opener: str) -> None:
    await phone.tap(opener)
    await phone.shows("submit")


class Timed(Phone):
    """A phone that knows what of the loop's time was its own: to unpack a message and keep its tree."""

    own = 0.0

    def send_message(self, message: Message) -> None:
        """Take a message; what the server does for it is to pack it."""
        start = time.thread_time()
        msgpack.packb([message.action, message.body], default=_ENCODE)
        packed = time.thread_time()
        super().send_message(message)
        self.own += time.thread_time() - start - (packed - start)


@contextmanager
def drawing(component: str, phone: Timed) -> Iterator[list[float]]:
    """Seconds of the server for each drawing of `component`: rendered, compared with before, packed."""
    spent: list[float] = []
    update: Callable[[Component], None] = Component.update

    def timed(self: Component) -> None:
        start, own = time.thread_time(), phone.own
        update(self)
        if self.fn.__name__ == component:
            spent.append(time.thread_time() - start - (phone.own - own))

    Component.update = timed  # type: ignore[method-assign]
    try:
        yield spent
    finally:
        Component.update = update  # type: ignore[method-assign]


async def one_changed(process: Process, kept: dict[str, Any], cards: int) -> tuple[float, int]:
    """Median milliseconds of drawing the cards, and bytes in all, when one of so many orders has changed."""
    phone = Timed(process, "/orders", (412, 915), dict(kept))
    await phone.open(None)
    await phone.shows("load-more")
    while (before := len(_listed(phone))) < cards:
        await phone.tap("load-more")
        await phone.until(partial(_has_more, phone, before))
    times, sizes, person = [], [], int(kept["takeback.person"])
    desk = await process.desk()
    for number in [int(name[7:]) for name in phone.identifiers() if name.startswith("cancel-")][:CHANGES]:
        sent = phone.bytes_sent
        cancelled = partial(_cancelled, person, number)
        gc.collect()
        with drawing("_OrdersPage", phone) as spent:
            await desk.act(cancelled)
            await phone.until(partial(_is_gone, phone, f"cancel-{number}"))
        times.append(sum(spent) * 1000)
        sizes.append(phone.bytes_sent - sent)
    phone.session.close()
    return median(times), int(median(sizes))


def _cancelled(person: int, number: int, shop: Shop) -> Done:
    return cancel_order(shop, Actor(person), number, "BU_NOT_NEEDED", key=new_key())


def _is_gone(phone: Phone, identifier: str) -> bool:
    return phone.find(identifier) is None


def _has_more(phone: Phone, than: int) -> bool:
    return len(_listed(phone)) > than


def _listed(phone: Phone) -> list[str]:
    return [name for name in phone.identifiers() if name.startswith("order-")]


async def memory(process: Any, route: str, kept: dict[str, Any]) -> float:
    """Kilobytes one more open window takes."""
    first = await opened(process, route, kept)
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    phones = [await opened(process, route, kept) for _ in range(SESSIONS)]
    for phone in phones:
        phone.tree.clear()  # the client's half
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    for phone in (*phones, first):
        phone.session.close()
    return (after - before) / SESSIONS / 1000


def line(what: str, ours: tuple[float, float], bare: tuple[float, float]) -> None:
    """Print one row of the table."""
    times = f"ours {ours[0]:7.1f} ms  bare {bare[0]:7.1f} ms  {ours[0] / bare[0]:.2f}x"
    print(f"{what:<13} {times}  {ours[1]:6.1f} kB, bare {bare[1]:.1f} kB")


async def compare(folder: Path) -> None:
    """Print the table."""
    url = f"sqlite:///{folder / 'takeback.db'}"
    shop = open_shop(url, wall_clock)
    fill(shop, orders=2_000, buyers=12, sellers=6, seed=7)
    buyer, cancel = _busiest(shop)
    shop.close()
    process = Process(Settings(url, folder, None, Policy(), None))
    bare, kept = BareProcess(), {"takeback.person": str(buyer)}
    line("first screen", await first_screen(process, "/orders", kept), await first_screen(bare, "/", {}))
    ours, other = await opened(process, "/orders", kept), await opened(bare, "/", {})
    line("tab switch", await switching(ours), await switching(other))
    await ours.tap("tab-pending-payment")
    await ours.shows(cancel)
    line("cancel sheet", await sheet(ours, cancel), await sheet(other, "open-sheet"))
    ours.session.close()
    other.session.close()
    for cards in (20, 100):
        spent, size = await one_changed(process, kept, cards)
        print(f"one of {cards:3} orders changed: {spent:.1f} ms to draw the cards, {size} bytes")
    mine, plain = await memory(process, "/orders", kept), await memory(bare, "/", {})
    print(f"a session     ours {mine:7.0f} kB  bare {plain:7.0f} kB  {mine / plain:.2f}x")
    await process.close()


def _busiest(shop: Any) -> tuple[int, str]:
    look = shop.place.connection()
    buyer, number = look.execute(_BUSIEST).fetchone()
    return buyer, f"cancel-{number}"


def main() -> None:
    """Everything, with stores and files of its own."""
    with tempfile.TemporaryDirectory() as folder:
        starts(Path(folder))
        asyncio.run(compare(Path(folder)))


if __name__ == "__main__":
    main()
