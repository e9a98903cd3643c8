"""Taking outside files in: as many orders at a time as one transaction takes; a small file is one batch."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypedDict, TypeVar, Unpack

from app.shop.access import for_owner
from app.shop.files.aside import Kept
from app.shop.files.batch import Batch, batches, count
from app.shop.files.beside import beside
from app.shop.files.bring_in import bring_in
from app.shop.files.findings import Finding, Unusable
from app.shop.files.plan import Verdict
from app.shop.files.recognise import Input, inputs
from app.shop.files.report import Report
from app.shop.files.source import Choices, files_in
from app.shop.reads.importing import importable_shops
from app.shop.retry import anew
from app.shop.shop import Actor, Shop
from app.shop.sql import Work

_OF_ORDERS = {"shop_not_told", "no_time_zone"}
"""What a file leaves open of its orders: nobody misses it where none is read."""

T = TypeVar("T")
Written = dict[str, list[Verdict]]
Write = Callable[[Callable[[Work], Written]], Written]
"""Does something within a transaction."""


class Options(TypedDict, total=False):
    """How files are taken in, as `take_in` says."""

    shop_handle: str | None
    personal: bool
    dry_run: bool
    choices: Choices | None
    progress: Callable[[int, int], None] | None
    stop: Callable[[], bool] | None


@for_owner
def take_in(shop: Shop, paths: Sequence[Path], **options: Unpack[Options]) -> Report:
    """Bring the orders of `paths` in, or up to date, and tell what became of them.

    Each file comes in wholly or not, one that is too big for a transaction in several: taken in again after
    it was interrupted, what is here already is the same, and the rest comes. A dry run does all of it in one
    transaction, which is then taken back. In a store that is served to many the turns are small, and a dry
    run is of a copy, as nobody else writes meanwhile.

    With `shop_handle` all orders go to that shop; `choices` tell what files leave open. Names, phones and
    addresses are stored only with `personal`. `progress` is told how much of how much is done; as soon as
    `stop` says so, what is under way is given up, and the report tells of what came in before. Raises Invalid
    where a handle cannot name a shop, and StoreTrouble where the store cannot be written.
    """
    return _take_in(shop, None, paths, **options)


def take_in_as(shop: Shop, actor: Actor, paths: Sequence[Path], **options: Unpack[Options]) -> Report:
    """As `take_in`, for a person: raises Refused where they may not.

    Where the store is served to many, what a member's file has of shops that are not theirs is left out.
    """
    return _take_in(shop, importable_shops(shop, actor), paths, **options)


def _take_in(
    shop: Shop,
    within: frozenset[int] | None,
    paths: Sequence[Path],
    *,
    shop_handle: str | None = None,
    personal: bool = False,
    dry_run: bool = False,
    choices: Choices | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Report:

    def run(write: Write) -> Report:
        bar = _Bar(progress, stop, paths)
        with Kept() as seen, closing(inputs(paths, bar.add, choices or Choices())) as found:
            go = _Run(write, bar, seen, shop_handle, within, personal=personal, briefly=shop.served)
            go.report.dry_run = dry_run
            try:
                for one in found:
                    go.take(one)
            except _Stopped:
                go.report.stopped = True
            else:
                bar.end()
        return go.report

    if dry_run:
        with beside(shop) as aside:
            return _attempt(aside, lambda work: run(lambda do: do(work)), keep=False)
    return run(partial(_attempt, shop, keep=True))


class _Stopped(Exception):
    """Ends an import whose `stop` said so, and the transaction that is under way with it."""


@dataclass(slots=True)
class _Run:
    """One go over all files; `seen` has the number of lines of each order that is here now."""

    write: Write
    bar: "_Bar"
    seen: Kept
    shop_handle: str | None
    within: frozenset[int] | None
    """The shops whose orders may come in; None: any."""
    personal: bool
    briefly: bool
    """Whether others wait to write meanwhile."""
    report: Report = field(default_factory=Report)

    def take(self, one: Input) -> None:
        """Bring one file in, batch by batch."""
        self.report.files.append(one.report)
        if self.within is not None and one.kind is not None and one.kind.bring_in:
            # It tells of itself who did what, and when.
            one.report.problems.append(Finding("platforms_alone"))
            return
        left: Counter[Verdict] = Counter()
        try:
            for batch in batches(
                one, whole=self.shop_handle is not None, personal=self.personal, briefly=self.briefly
            ):
                shop = one.shop if self.shop_handle is None else self.shop_handle
                count(batch, self._written(batch, shop), left)
                self._add_up(batch)
                self.bar.written()
            if not (one.report.read or one.report.problems):
                one.report.notes.append(Finding("no_orders_told"))
        except _Stopped:
            one.report.notes.append(Finding("stopped"))
            raise
        finally:
            moot = {"shop_not_told"} if one.shop else _OF_ORDERS if not one.report.read else set()
            one.report.notes = [note for note in one.report.notes if note.code not in moot]
            one.report.notes += [Finding(str(why), value=str(number)) for why, number in left.items()]
            one.report.close()

    def _written(self, batch: Batch, shop_handle: str | None) -> Written:
        do, done = batch.kind.bring_in or bring_in, self.bar.share(batch)
        return self.write(partial(do, batch.kind, batch.orders, shop_handle, self.within, done))

    def _add_up(self, batch: Batch) -> None:
        lines = {
            f"{batch.kind.origin}/{number}": sum(len(part.lines) for part in parts)
            for number, parts in batch.orders.items()
        }
        before = {key: int(told) for key, told in self.seen.of(lines).items()}
        more = {key: told for key, told in lines.items() if told > before.get(key, -1)}
        self.report.orders += len(lines) - len(before)
        self.report.lines_of_orders += sum(told - before.get(key, 0) for key, told in more.items())
        self.seen.keep({key: str(told) for key, told in more.items()})


class _TriedOut(Exception):
    """Ends a transaction that is only to show what it would do."""


def _attempt(shop: Shop, do: Callable[[Work], T], *, keep: bool) -> T:
    """Do it in one transaction, kept or not, and anew where somebody was faster."""
    return anew(lambda: _once(shop, do, keep=keep))


def _once(shop: Shop, do: Callable[[Work], T], *, keep: bool) -> T:
    with suppress(_TriedOut), shop.change() as work:
        result = do(work)
        if not keep:
            raise _TriedOut
    return result


class _Bar:
    """Progress over bytes: a half of each file is reading it, the other writing its orders.

    Whoever tells of progress is stopped here, where `stop` says so.
    """

    def __init__(
        self,
        tell: Callable[[int, int], None] | None,
        stop: Callable[[], bool] | None,
        paths: Sequence[Path],
    ) -> None:
        self._tell, self._stop = tell, stop
        self._total = 2 * sum(_size(path) for path in paths)
        self._done = self._unwritten = self._due = 0

    def add(self, read: int) -> None:
        self._unwritten += read
        self._show(self._done + read)

    def share(self, batch: Batch) -> Callable[[int], None]:
        """What is told of orders of a batch that were written: each stands for its share of the bytes read.

        While more may be to come of what was read, that is a half of them.
        """
        size = self._unwritten if batch.last else self._unwritten // 2
        self._unwritten -= size
        self._due = self._done + size
        start, orders = self._done, len(batch.orders)
        # Where orders have several parts, more are written than the file has.
        return lambda written: self._show(start + size * min(written, orders) // orders)

    def written(self) -> None:
        """A batch is through, whatever of it was written."""
        self._done = self._due

    def end(self) -> None:
        if self._tell:
            self._tell(self._total, self._total)

    def _show(self, done: int) -> None:
        self._done = min(max(self._done, done), self._total)
        if self._stop and self._stop():
            raise _Stopped
        if self._tell:
            self._tell(self._done, self._total)


def _size(path: Path) -> int:
    with suppress(OSError, Unusable):  # what is wrong with it is told when it is read
        return sum(one.stat().st_size for one in (files_in(path) if path.is_dir() else (path,)))
    return 0
