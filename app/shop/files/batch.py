"""The orders of a file, read and checked, as many at a time as one transaction takes, and what is counted."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from app.shop.files.aside import Kept
from app.shop.files.findings import LISTED, UNMAPPED, Finding, Unusable
from app.shop.files.outside import NOT_TOLD, Format, OutsideOrder
from app.shop.files.plan import Verdict
from app.shop.files.recognise import Input
from app.shop.files.report import FileReport
from app.shop.rules.money import LARGEST_MINOR

AT_ONCE = 20_000
"""Orders and lines of one transaction: a file of less comes in whole or not at all."""
BRIEFLY = 500
"""As many where others wait to write meanwhile: a tenth of a second, a fifth longer in all."""

Parts = list[OutsideOrder]
"""What a file has under one number: more than one order where it was bought from several shops."""


@dataclass(slots=True)
class Batch:
    """Usable orders of a file by outside number; `again` are later states of orders in batches before.

    `last` says that with these the file is through.
    """

    report: FileReport
    kind: Format
    orders: dict[str, Parts] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    size: int = 0
    last: bool = False

    def enter(self, parts: Parts) -> None:
        """Take an order; of one that stands in the file twice, its later state."""
        number = parts[0].number
        there = self.orders.get(number)
        if there is None or _twice(self.report, parts[0], _Stand.of(there[0])):
            self.orders[number] = parts
            self.size += sum(1 + len(part.lines) for part in parts)

    def compare(self, before: Kept) -> None:
        """Leave out what an earlier batch had in a later state; `before` then knows this batch too."""
        for number, told in before.of(self.orders).items():
            if _twice(self.report, self.orders[number][0], _Stand(*json.loads(told))):
                self.again.add(number)
            else:
                del self.orders[number]
        before.keep({number: _Stand.of(parts[0]).told for number, parts in self.orders.items()})


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where in a file an order stands, and when that was true."""

    row: int
    file: str | None
    updated_at: int

    @classmethod
    def of(cls, order: OutsideOrder) -> "_Stand":
        return cls(order.row, order.file, order.times.updated_at or 0)

    @property
    def told(self) -> str:
        return json.dumps([self.row, self.file, self.updated_at])


def _twice(report: FileReport, order: OutsideOrder, before: _Stand) -> bool:
    """Whether an order that stood in the file `before` is later now; the report is told of the earlier."""
    now = _Stand.of(order)
    later = now.updated_at >= before.updated_at
    earlier = before if later else now
    report.skip(Finding("order_twice", value=order.number, row=earlier.row, file=earlier.file))
    return later


def batches(one: Input, *, whole: bool, personal: bool, briefly: bool = False) -> Iterator[Batch]:
    """Read a file; what cannot be used, and why, is in its report. `briefly`: in small batches."""
    most = min(AT_ONCE, BRIEFLY) if briefly else AT_ONCE
    if one.kind is None:
        return
    with Kept() as before:
        batch = Batch(one.report, one.kind)
        for parts in _orders(one, one.kind, whole=whole, personal=personal):
            if batch.size >= most:
                batch.compare(before)
                yield batch
                batch = Batch(one.report, one.kind)
            batch.enter(parts)
        batch.compare(before)
        batch.last = True
        yield batch


def _orders(one: Input, kind: Format, *, whole: bool, personal: bool) -> Iterator[Parts]:
    """The orders of a file as far as it can be read."""
    try:
        read = kind.read(one.source, whole)
        for (_, row), several in groupby(read, key=lambda order: (order.number, order.row)):
            parts = [order if personal else replace(order, personal=NOT_TOLD) for order in several]
            if all(map(_exact, parts)):
                yield parts
            else:
                one.report.skip(Finding("amount_too_large", row=row, file=parts[0].file))
    except Unusable as error:
        one.report.problems.append(error.finding)
    except OSError as error:
        one.report.problems.append(Finding("not_readable", value=error.strerror))


def _exact(order: OutsideOrder) -> bool:
    """Whether every amount is one that other programs keep exactly too."""
    lines = (amount for line in order.lines for amount in (line.total_minor, line.discount_minor))
    amounts = (order.total_minor, *lines, *(amount for _, amount in order.prices))
    return all(abs(amount) <= LARGEST_MINOR for amount in amounts)


def count(batch: Batch, verdicts: Mapping[str, Sequence[Verdict]], kept: Counter[Verdict]) -> None:
    """Enter into its file's report what became of each order of a batch; `kept` are those left to stay."""
    file = batch.report
    for number, told in verdicts.items():
        if number in batch.again:
            pass
        elif all(verdict is Verdict.NEW for verdict in told):
            file.new += 1
        elif Verdict.NEW in told or Verdict.CHANGED in told:
            file.changed += 1
        else:
            file.same += 1
        kept.update({Verdict.OLDER, Verdict.ELSEWHERE, Verdict.FOREIGN}.intersection(told))
        _flag(file, batch.orders[number], conflict=Verdict.CONFLICT in told)


def _flag(file: FileReport, parts: Sequence[OutsideOrder], *, conflict: bool) -> None:
    flags = dict.fromkeys(flag for part in parts for flag in part.flags)
    if conflict:
        flags[Finding("changed_here", "status", parts[0].status)] = None
    file.flagged += bool(flags)
    file.flags.update({flag.code for flag in flags})
    file.unmapped.update(flag for flag in flags if flag.code in UNMAPPED)
    for flag in flags:
        if flag.code in LISTED:
            file.tell(replace(flag, row=parts[0].row, file=parts[0].file))
