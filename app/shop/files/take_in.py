"""Taking outside files in: each is read whole, then written in one transaction of its own."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.shop.files.batch import Batch, batch_of, count
from app.shop.files.bring_in import bring_in
from app.shop.files.findings import Unusable
from app.shop.files.plan import Verdict
from app.shop.files.recognise import inputs
from app.shop.files.report import Report
from app.shop.files.source import Choices, files_in
from app.shop.rules.errors import Changed
from app.shop.shop import Shop
from app.shop.sql import Work

_TRIES = 3
"""How often a file is written anew where somebody was faster with one of its orders."""

T = TypeVar("T")
Written = dict[str, list[Verdict]]


def take_in(
    shop: Shop,
    paths: Sequence[Path],
    *,
    shop_handle: str | None = None,
    personal: bool = False,
    dry_run: bool = False,
    choices: Choices | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Report:
    """Bring the orders of `paths` in, or up to date, and tell what became of them; each file wholly or not.

    With `shop_handle` all orders go to that shop; `choices` tell what files leave open. Names, phones and
    addresses are stored only with `personal`. `progress` is told how much of how much is done. Once `stop`
    says so it ends, between two files or within one, which is then left out. Raises Invalid where a handle
    cannot name a shop, and StoreTrouble where the store cannot be written.
    """
    bar, report = _Bar(progress, paths, stop), Report(dry_run=dry_run)
    batches = (
        batch_of(one, shop_handle, personal=personal) for one in inputs(paths, bar.add, choices or Choices())
    )

    def write(batch: Batch, work: Work) -> Written:
        if batch.kind is None:
            return {}
        return bring_in(work, batch.kind, batch.orders, batch.shop, bar.share(len(batch.orders)))

    try:
        if dry_run:
            read = list(batches)
            told = _attempt(shop, lambda work: [write(batch, work) for batch in read], keep=False)
            for batch, verdicts in zip(read, told, strict=True):
                count(report, batch, verdicts)
        else:
            for batch in batches:
                count(report, batch, _attempt(shop, partial(write, batch), keep=True))
    except _Stopped:
        report.stopped = True
    else:
        bar.end()
    return report


class _Stopped(Exception):
    """Ends what is under way, and the transaction it is in, where somebody wants no more of it."""


class _TriedOut(Exception):
    """Ends a transaction that is only to show what it would do."""


def _attempt(shop: Shop, do: Callable[[Work], T], *, keep: bool) -> T:
    """Do it in one transaction, kept or not, and anew where somebody was faster."""
    for left in reversed(range(_TRIES)):
        try:
            return _once(shop, do, keep=keep)
        except Changed:
            if not left:
                raise
    raise AssertionError


def _once(shop: Shop, do: Callable[[Work], T], *, keep: bool) -> T:
    with suppress(_TriedOut), shop.change() as work:
        result = do(work)
        if not keep:
            raise _TriedOut
    return result


class _Bar:
    """Progress over bytes: a half of each file is reading it, the other writing its orders."""

    def __init__(
        self,
        tell: Callable[[int, int], None] | None,
        paths: Sequence[Path],
        stop: Callable[[], bool] | None,
    ) -> None:
        self._tell, self._stop = tell, stop
        self._total = 2 * sum(_size(path) for path in paths)
        self._done = self._unwritten = 0

    def add(self, read: int) -> None:
        self._unwritten += read
        self._show(read)

    def share(self, orders: int) -> Callable[[int], None]:
        """What is told of orders written: each stands for its share of the bytes read."""
        size, self._unwritten = self._unwritten, 0
        return lambda written: self._show(size * written // orders)

    def end(self) -> None:
        self._tell_of(self._total)

    def _show(self, more: int) -> None:
        if self._stop and self._stop():
            raise _Stopped
        self._tell_of(min(self._done + more, self._total))

    def _tell_of(self, done: int) -> None:
        self._done = done
        if self._tell:
            self._tell(self._done, self._total)


def _size(path: Path) -> int:
    with suppress(OSError, Unusable):  # what is wrong with it is told when it is read
        return sum(one.stat().st_size for one in (files_in(path) if path.is_dir() else (path,)))
    return 0
